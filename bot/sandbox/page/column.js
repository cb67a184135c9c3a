// One person's phone: the chat with the bot, with all that happens in it.

import { showAlert } from "./alert.js";
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { startPayload } from "./entities.js";
import { fullName, heading, initials, tone } from "./format.js";
import { icon } from "./icons.js";
import { Presses } from "./inline_keyboard.js";
import { summary } from "./media.js";
import { menuItem, Popup } from "./popup.js";
import { AccountState } from "./state.js";
import { t } from "./texts.js";
import { Timeline } from "./timeline.js";

const TYPING_MS = 5000;
const TOAST_MS = 4000;
const ANNOUNCE_AFTER_MS = 500;
const LONGEST_ANNOUNCEMENT = 300;

export class Column {
  /** `bot` is shared by all columns and may change; `openPhoto(url, description)` shows a photo large. */
  constructor(account, bot, { openPhoto, unreadChanged, pressed }) {
    this.state = this.makeState(account);
    this.bot = bot;
    this.unreadChanged = unreadChanged;
    this.pressed = pressed;
    this.unread = 0;
    this.isShown = true;
    this.queue = Promise.resolve();
    this.presses = new Presses();
    this.announcements = [];
    this.timeline = new Timeline(this.state, {
      command: (text) => this.send({ text: text.replace(/@\w+$/, "") }),
      start: (url) => this.startByLink(url),
      press: (button, element, message) => this.press(button, element, message),
      reply: (message) => this.composer.startReply(message),
      edit: (message) => this.composer.startEdit(message),
      openPhoto,
    });
    this.composer = new Composer(this.state, {
      send: (content) => this.send(content),
      sendFile: (kind, file, options) => this.enqueue(() => api.sendFile(this.state.id, kind, file, options)),
      edit: (messageId, text) => this.enqueue(() => api.editMessage(this.state.id, messageId, text)),
      unblock: () => this.setBlocked(false),
      unsupported: () => this.toast(t("demo.chat.unsupported")),
    });
    this.build();
    this.refresh();
    this.timeline.sync();
    this.askForReply({ focus: false });
  }

  get kind() {
    return "account";
  }

  makeState(account) {
    return new AccountState(account);
  }

  build() {
    this.badge = el("span.badge", { hidden: true });
    this.name = el("h2", {});
    this.role = el("p.role", {});
    this.avatar = el(`span.avatar.${tone(this.state.id)}`, { "aria-hidden": "true" });
    this.botName = el("b", {});
    this.status = el("span.status", {});
    this.toasts = el("div.toasts", { role: "status" });
    this.live = el("p.sr-only", { role: "status" });
    const more = iconButton("small.more", t("demo.menu.title"), icon("more"));
    const menuHost = el("div.menu-host");
    this.head = el(
      "header.chat-head",
      {},
      el("span.bot-avatar", { "aria-hidden": "true" }, icon("wheel")),
      el("div.chat-title", {}, this.botName, this.status),
      more,
      menuHost,
    );
    this.parts = [this.head, this.timeline.element, this.composer.element];
    this.phone = el("div.phone", {}, ...this.parts, this.toasts);
    this.element = el(
      "section.column",
      { [`data-${this.kind}`]: this.state.id, id: `${this.kind}-${this.state.id}` },
      el("header.person", {}, this.avatar, el("div.person-words", {}, this.role, this.name), this.badge),
      this.phone,
      this.live,
    );
    this.menu = new Popup({
      anchor: more,
      host: menuHost,
      label: t("demo.menu.title"),
      build: (close) => this.menuItems(close),
    });
    for (const type of ["pointerenter", "pointerdown", "focusin"]) {
      this.element.addEventListener(type, () => this.isAttended() && this.setUnread(0));
    }
  }

  menuItems(close) {
    return this.walkItems(
      close,
      this.state.blocked
        ? menuItem(t("demo.menu.unblock"), "check", () => (close(), this.setBlocked(false)))
        : menuItem(t("demo.menu.block"), "block", () => (close(), this.setBlocked(true))),
    );
  }

  walkItems(close, ...more) {
    const item = (label, iconName, choose) => menuItem(label, iconName, () => (close(), choose()));
    return el(
      "div",
      {},
      item(
        t("demo.menu.first"),
        "up",
        () => this.state.messages[0] && this.timeline.jump(this.state.messages[0].message_id),
      ),
      item(t("demo.menu.last"), "down", () => this.timeline.toBottom()),
      ...more,
    );
  }

  /** Shows who this is and whether the bot is started or blocked. */
  refresh() {
    const { role, name } = heading(this.state);
    this.label = role ? `${role}: ${name}` : name;
    this.element.setAttribute("aria-label", this.label);
    this.role.textContent = role;
    this.name.textContent = name;
    this.avatar.textContent = initials(name);
    this.showBot();
    this.composer.refresh();
  }

  showBot() {
    const { bot } = this;
    this.botName.textContent = fullName(bot);
    this.setStatus();
    this.timeline.about.replaceChildren(
      el("span.bot-avatar.large", { "aria-hidden": "true" }, icon("wheel")),
      el("h3", {}, t("demo.chat.about", { bot: fullName(bot) })),
      el("p", {}, bot.description || bot.short_description || ""),
    );
  }

  setStatus(isTyping = false) {
    this.status.textContent = this.state.blocked
      ? t("demo.chat.blocked")
      : isTyping
        ? t("demo.chat.typing")
        : t("demo.chat.bot");
    this.status.classList.toggle("is-typing", isTyping);
  }

  // What the person does

  /** Runs what is sent one after another, in the order of the clicks. True when it arrived. */
  enqueue(action) {
    const result = this.queue.then(action).then(
      (answer) => {
        if (answer?.message_id !== undefined) this.received(answer);
        return true;
      },
      (error) => {
        console.error(error);
        this.toast(t("demo.chat.not_sent"));
        return false;
      },
    );
    this.queue = result;
    return result;
  }

  send(content) {
    return this.enqueue(() => api.sendMessage(this.state.id, content));
  }

  setBlocked(blocked) {
    return this.enqueue(() => api.setBlocked(this.state.id, blocked));
  }

  /** The person who acts here. */
  get actor() {
    return this.state.id;
  }

  /** Opens the chat of who acts with the bot. */
  startByLink(url) {
    const payload = startPayload(url, this.bot.username);
    if (payload === null) return false;
    const text = `/start ${payload}`.trim();
    this.enqueue(() => api.sendMessage(this.actor, { text }).then(() => undefined));
    return true;
  }

  askPress(message, data) {
    return api.press(this.state.id, message.message_id, data);
  }

  async press(button, element, message) {
    if (button.callback_data !== undefined) {
      this.pressed(this.actor, this);
      const ask = () => this.askPress(message, button.callback_data);
      await this.enqueue(() => this.presses.start(element, ask));
    } else if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text).then(
        () => this.toast(t("demo.chat.copied")),
        () => this.toast(t("demo.chat.unsupported")),
      );
    } else this.toast(t("demo.chat.unsupported"));
  }

  // What the server tells

  load(account, bot) {
    this.bot = bot;
    this.state.load(account);
    this.refresh();
    this.timeline.sync();
    this.setTyping(false);
    this.askForReply({ focus: false });
  }

  apply(event) {
    switch (event.event) {
      case "message":
      case "edited":
        return this.received(event.message);
      case "deleted":
        this.state.remove(event.message_ids);
        return this.timeline.remove(event.message_ids);
      case "typing":
        return this.setTyping(true);
      case "toast":
        return event.show_alert ? this.alert(event.text) : this.toast(event.text);
      case "pressed_done":
        return this.presses.done(event.callback_query_id);
      case "commands":
        this.state.commands = event.commands ?? [];
        return undefined;
      case "account":
        this.state.update(event.account);
        return this.refresh();
      case "reply_keyboard":
        this.state.replyKeyboard = event.reply_keyboard;
        this.composer.keyboard.set(null); // the same keyboard sent again opens again
        return this.composer.refresh();
      default:
        return undefined;
    }
  }

  received(message) {
    const known = this.state.find(message.message_id);
    // The answer to our own request may come after a newer edit by event.
    if (known && (known.edit_date ?? 0) > (message.edit_date ?? 0)) return;
    if (known && JSON.stringify(known) === JSON.stringify(message)) return;
    const isNew = this.state.put(message);
    this.show(message, isNew);
    if (!isNew || this.state.isOwn(message)) return;
    this.setTyping(false);
    this.askForReply({ focus: this.element.contains(document.activeElement) });
    if (!this.isAttended()) this.setUnread(this.unread + 1);
    this.announce(message);
  }

  show(message, isNew) {
    this.timeline.show(message, { isNew });
  }

  askForReply({ focus }) {
    const question = this.state.waitingForReply();
    if (question && !this.composer.editing) this.composer.startReply(question, { focus });
    this.composer.setPlaceholder();
  }

  setTyping(isTyping) {
    clearTimeout(this.typingEnds);
    this.timeline.setTyping(isTyping);
    this.setStatus(isTyping);
    if (isTyping) this.typingEnds = setTimeout(() => this.setTyping(false), TYPING_MS);
  }

  toast(text) {
    if (!text) return;
    const toast = el("p.toast", {}, text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  alert(text) {
    showAlert(text, { phone: this.phone, covered: this.parts, name: fullName(this.bot) });
  }

  // Attention

  /** Whether the person behind the screen surely sees this column. */
  isAttended() {
    const isHere = this.element.matches(":hover") || this.element.contains(document.activeElement);
    return document.visibilityState === "visible" && this.isShown && (isHere || this.isAlone);
  }

  setUnread(count) {
    if (count === this.unread) return;
    this.unread = count;
    this.badge.hidden = count === 0;
    this.badge.textContent = String(count);
    this.badge.title = t("demo.chat.new_messages", { count });
    this.element.classList.toggle("calls", count > 0);
    this.unreadChanged(this);
  }

  /** Says what came in: the words when the person is in this column, else only that something came. */
  announce(message) {
    this.announcements.push(message);
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      const messages = this.announcements.splice(0);
      const words = messages.map(summary).join(" ").slice(0, LONGEST_ANNOUNCEMENT);
      this.live.textContent = this.element.contains(document.activeElement)
        ? words
        : t("demo.chat.announce", { person: this.label, count: messages.length });
    }, ANNOUNCE_AFTER_MS);
  }
}
