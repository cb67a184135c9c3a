// The list of messages of one column: order, days, scrolling, and walking through it with the keyboard.

import { el, wantsCalm } from "./dom.js";
import { dayKey, dayName } from "./format.js";
import { icon } from "./icons.js";
import { looks, renderMessage } from "./message.js";
import { t } from "./texts.js";

const BOTTOM_SLACK_PX = 48;
const GROUP_SECONDS = 300;
const FOCUSABLE = "a, button, input, [role=button]";

export class Timeline {
  /** `state` is the account's; `act` what a bubble may ask for (see message.js), without jump. */
  constructor(state, act) {
    this.state = state;
    this.act = { ...act, jump: (messageId) => this.jump(messageId) };
    this.nodes = new Map();
    this.days = new Map();
    this.current = null;
    this.isAtBottom = true;
    this.unseen = 0;

    this.about = el("div.about");
    this.typing = el("div.typing", { hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.list = el("div.messages", {}, this.typing);
    this.scroller = el(
      "div.timeline",
      { role: "log", "aria-live": "off", "aria-label": t("demo.chat.messages"), tabindex: -1 },
      this.about,
      this.list,
    );
    this.pill = el(
      "button.pill",
      { type: "button", hidden: true, onclick: () => this.catchUp() },
      el("span"),
      icon("down"),
    );
    this.element = el("div.timeline-frame", {}, this.scroller, this.pill);
    this.showPill(0);

    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.walk(event));
    this.scroller.addEventListener("focusin", ({ target }) => this.setCurrent(target.closest("article")));
    const observer = new ResizeObserver(() => this.isAtBottom && this.toBottom());
    observer.observe(this.scroller);
    observer.observe(this.list);
  }

  /** Shows the state's messages, changing only what differs. */
  sync() {
    const known = new Set(this.state.messages.map((message) => message.message_id));
    for (const id of [...this.nodes.keys()]) if (!known.has(id)) this.drop(id);
    for (const message of this.state.messages) {
      const node = this.nodes.get(message.message_id);
      if (!node || node.source !== JSON.stringify(message)) this.place(message);
    }
    this.arrange();
    if (this.isAtBottom) this.toBottom();
  }

  /** Shows all anew: whose they are has changed. */
  redraw() {
    for (const id of [...this.nodes.keys()]) this.drop(id);
    this.sync();
  }

  /** Shows a new or changed message that just came in. */
  show(message, { isNew }) {
    const isOwn = this.state.isOwn(message);
    this.place(message, { isLive: isNew });
    this.arrange();
    if (!isNew) return;
    if (this.isAtBottom || isOwn) this.toBottom();
    else this.showPill(this.unseen + 1);
    if (!this.scroller.contains(document.activeElement))
      this.setCurrent(this.list.querySelector("article:last-of-type"));
  }

  remove(messageIds) {
    messageIds.forEach((id) => this.drop(id));
    this.arrange();
  }

  setTyping(isTyping) {
    this.typing.hidden = !isTyping;
    if (this.isAtBottom) this.toBottom();
  }

  // Building

  place(message, { isLive = false } = {}) {
    const old = this.nodes.get(message.message_id)?.element;
    const element = renderMessage(message, { isOwn: this.state.isOwn(message), act: this.act });
    looks(message)
      .split(" ")
      .filter(Boolean)
      .forEach((name) => element.classList.add(name));
    if (isLive) element.classList.add("fresh");
    this.nodes.set(message.message_id, { element, source: JSON.stringify(message) });
    this.setReachable(element, false);
    if (old) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(element);
      if (this.current === old) this.setCurrent(element);
      if (hadFocus) element.focus({ preventScroll: true });
      return;
    }
    const next = this.state.messages.find(({ message_id: id }) => id > message.message_id && this.nodes.has(id));
    this.list.insertBefore(element, next ? this.nodes.get(next.message_id).element : this.typing);
  }

  drop(messageId) {
    const node = this.nodes.get(messageId);
    if (!node) return;
    this.nodes.delete(messageId);
    const neighbour = node.element.previousElementSibling?.closest("article") ?? null;
    const hadFocus = node.element.contains(document.activeElement);
    node.element.remove();
    if (this.current === node.element)
      this.setCurrent(neighbour ?? this.list.querySelector("article:last-of-type"));
    if (hadFocus) (this.current ?? this.scroller).focus({ preventScroll: true });
  }

  /** Puts the days in between and joins messages that follow each other closely. */
  arrange() {
    const seen = new Set();
    let previous = null;
    for (const message of this.state.messages) {
      const node = this.nodes.get(message.message_id)?.element;
      if (!node) continue;
      const day = dayKey(message.date);
      const startsDay = !seen.has(day);
      if (startsDay) {
        seen.add(day);
        const label = this.days.get(day) ?? el("div.day", {}, el("span", {}));
        label.firstElementChild.textContent = dayName(message.date);
        this.days.set(day, label);
        if (label.nextElementSibling !== node) this.list.insertBefore(label, node);
      }
      const joins =
        !startsDay && previous?.from?.id === message.from?.id && message.date - previous.date < GROUP_SECONDS;
      node.classList.toggle("joins", joins);
      previous = message;
    }
    for (const [day, label] of this.days) {
      if (seen.has(day)) continue;
      label.remove();
      this.days.delete(day);
    }
    this.about.hidden = this.state.messages.length > 0;
    if (!this.current?.isConnected) this.setCurrent(this.list.querySelector("article:last-of-type"));
    const editable = this.state.lastEditable()?.message_id;
    for (const [id, { element }] of this.nodes) element.classList.toggle("editable", id === editable);
  }

  // Scrolling

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.isAtBottom = scrollHeight - scrollTop - clientHeight < BOTTOM_SLACK_PX;
    if (this.isAtBottom) this.showPill(0);
    this.scroller.classList.toggle("scrolled-up", !this.isAtBottom);
    if (!this.isAtBottom && this.unseen === 0) this.pill.hidden = scrollHeight - scrollTop - clientHeight < 400;
  }

  toBottom({ smoothly = false } = {}) {
    const behavior = smoothly && !wantsCalm.matches ? "smooth" : "instant";
    this.isAtBottom = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
    this.showPill(0);
  }

  catchUp() {
    this.toBottom({ smoothly: true });
    this.setCurrent(this.list.querySelector("article:last-of-type"));
    this.current?.focus({ preventScroll: true });
  }

  showPill(unseen) {
    this.unseen = unseen;
    this.pill.hidden = unseen === 0;
    this.pill.classList.toggle("counts", unseen > 0);
    this.pill.firstElementChild.textContent =
      unseen > 0 ? t("demo.chat.new_messages", { count: unseen }) : t("demo.chat.to_bottom");
  }

  jump(messageId) {
    const node = this.nodes.get(messageId)?.element;
    if (!node) return;
    this.isAtBottom = false;
    node.scrollIntoView({ block: "center", behavior: wantsCalm.matches ? "instant" : "smooth" });
    node.classList.remove("flash");
    void node.offsetWidth; // restarts the animation
    node.classList.add("flash");
    node.focus({ preventScroll: true });
  }

  // Keyboard: arrows walk through the messages, Tab goes through what the current one holds.

  setCurrent(article) {
    if (!article || article === this.current) return;
    if (this.current) this.setReachable(this.current, false);
    this.current = article;
    this.setReachable(article, true);
  }

  setReachable(article, isReachable) {
    article.tabIndex = isReachable ? 0 : -1;
    for (const part of article.querySelectorAll(FOCUSABLE)) part.tabIndex = isReachable ? 0 : -1;
  }

  walk(event) {
    const article = event.target.closest("article");
    if (event.target.matches("input") || event.altKey || event.ctrlKey || event.metaKey) return;
    const articles = [...this.list.querySelectorAll("article")];
    const here = articles.indexOf(article ?? this.current);
    const goal = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: articles.length - 1 }[event.key];
    if (goal === undefined || !articles[goal]) return;
    event.preventDefault();
    this.setCurrent(articles[goal]);
    articles[goal].focus();
  }
}
