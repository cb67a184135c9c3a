// The group in which a team works: one screen for all who are in it. Each of them acts there in their own name.

import * as api from "./api.js";
import { Column } from "./column.js";
import { el } from "./dom.js";
import { fullName } from "./format.js";
import { GENERAL, GroupState, isSaid, topicOf } from "./group_state.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

export class GroupColumn extends Column {
  get kind() {
    return "group";
  }

  makeState(group) {
    return new GroupState(group);
  }

  build() {
    super.build();
    this.element.classList.add("group");
    this.unseen = new Map();
    this.acting = el("select", { onchange: () => this.actAs(Number(this.acting.value)), "data-acting": true });
    this.topics = el("div.topics", { role: "group", "aria-label": t("demo.group.topics") });
    const bar = el("div.group-bar", {}, el("label.acting", {}, t("demo.group.acting"), this.acting), this.topics);
    this.head.after(bar);
    this.parts.push(bar);
  }

  menuItems(close) {
    return this.walkItems(close);
  }

  refresh() {
    super.refresh();
    const { people, acting } = this.state;
    this.acting.replaceChildren(
      ...people.map((one) => el("option", { value: one.id, selected: one.id === acting }, fullName(one))),
    );
    this.showTopics();
  }

  showBot() {
    this.setStatus();
    this.timeline.about.replaceChildren(el("p", {}, t("demo.group.about", { team: this.state.first_name })));
  }

  setStatus(isTyping = false) {
    this.botName.textContent = this.state.topicList.find(({ id }) => id === this.state.topic).name;
    const names = [...this.state.people.map(fullName), fullName(this.bot)];
    this.status.textContent = isTyping ? t("demo.chat.typing") : names.join(", ");
    this.status.classList.toggle("is-typing", isTyping);
  }

  showTopics() {
    const focused = this.topics.contains(document.activeElement) ? document.activeElement.dataset.topic : null;
    this.topics.replaceChildren(
      ...this.state.topicList.map(({ id, name, closed }) => {
        const count = this.unseen.get(id) ?? 0;
        return el(
          "button.topic",
          {
            type: "button",
            "data-topic": id,
            "aria-pressed": String(id === this.state.topic),
            onclick: () => this.open(id),
          },
          el("span", {}, name),
          closed ? el("span.closed", {}, t("demo.group.closed")) : null,
          count ? el("span.badge", { title: t("demo.chat.new_messages", { count }) }, String(count)) : null,
        );
      }),
    );
    if (focused !== null) this.topics.querySelector(`[data-topic="${focused}"]`)?.focus();
  }

  /** Shows what is said in a topic. */
  open(topic) {
    this.state.topic = topic;
    this.unseen.delete(topic);
    this.composer.cancel();
    this.showTopics();
    this.setStatus();
    this.timeline.sync();
    this.timeline.toBottom();
  }

  /** From now on what is done here is done by this member. */
  actAs(accountId) {
    this.state.acting = accountId;
    this.timeline.redraw();
  }

  // What the member does

  send({ text, reply_to_message_id }) {
    const { id, acting, topic } = this.state;
    const place = topic === GENERAL ? {} : { topic_id: topic };
    return this.enqueue(() => api.sendToGroup(id, { account_id: acting, text, reply_to_message_id, ...place }));
  }

  askPress(message, data) {
    return api.pressInGroup(this.state.id, this.state.acting, message.message_id, data);
  }

  get actor() {
    return this.state.acting;
  }

  // What the server tells

  apply(event) {
    if (event.event !== "group") return super.apply(event);
    const { topic } = this.state;
    this.state.update(event.group);
    this.refresh();
    if (this.state.topic !== topic) this.open(this.state.topic);
    return undefined;
  }

  received(message) {
    if (isSaid(message)) super.received(message);
  }

  show(message, isNew) {
    const topic = topicOf(message);
    if (topic === this.state.topic) return super.show(message, isNew);
    if (isNew && !this.state.isOwn(message)) {
      this.unseen.set(topic, (this.unseen.get(topic) ?? 0) + 1);
      this.showTopics();
    }
    return undefined;
  }
}
