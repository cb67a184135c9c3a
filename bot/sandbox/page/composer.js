// Where a person writes: text, reply, edit, something attached, commands, the bot's keyboard.

import { attachMenu } from "./attach.js";
import { CommandList } from "./commands.js";
import { el, iconButton, isTouch } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { ReplyKeyboard } from "./reply_keyboard.js";
import { t } from "./texts.js";

const HIGHEST_PX = 160;

export class Composer {
  /**
   * `act` has send(content), sendFile(kind, file, options), edit(messageId, text): promises of true when it
   * arrived; unblock() and unsupported().
   */
  constructor(state, act) {
    this.state = state;
    this.act = act;
    this.replyTo = null;
    this.editing = null;
    this.attached = null;
    this.build();
    this.typed();
    this.refresh();
  }

  build() {
    this.textarea = el("textarea", { rows: 1, "data-composer": true, "aria-label": t("demo.composer.label") });
    this.sendButton = iconButton("send", t("demo.composer.send"), icon("send"), {
      "data-send": true,
      onclick: () => this.submit(),
    });
    const attach = iconButton("round.attach", t("demo.attach.title"), icon("attach"));
    this.slash = iconButton("small", t("demo.commands.title"), icon("slash"), { "data-commands": true });
    const toggle = iconButton("small", t("demo.keyboard.toggle"), icon("keyboard"));
    this.popups = el("div.popups");
    this.banner = el("div.banner", { hidden: true });
    this.strip = el("div.banner.strip", { hidden: true });
    this.field = el("div.field", {}, this.textarea, this.slash, toggle);
    this.row = el("div.compose-row", {}, attach, this.field, this.sendButton);
    this.gate = el("button.gate.primary", { type: "button", hidden: true });

    this.attach = attachMenu(attach, this.popups, {
      attach: (kind, file) => this.setAttached({ kind, file }),
      send: (content) => this.act.send(content),
      sendFile: (kind, file, options) => this.act.sendFile(kind, file, options),
      insert: (text) => this.insert(text),
    });
    this.commands = new CommandList({
      textarea: this.textarea,
      button: this.slash,
      getCommands: () => this.state.commands,
      choose: (text) => this.sendCommand(text),
    });
    this.popups.append(this.commands.element);
    this.keyboard = new ReplyKeyboard({
      toggle,
      person: () => this.state,
      act: {
        send: (content) => this.act.send(content),
        askPlace: (element) => this.attach.openPlaces(element),
        unsupported: () => this.act.unsupported(),
        leave: () => this.focus(),
      },
    });
    this.element = el(
      "footer.composer",
      {},
      this.popups,
      this.banner,
      this.strip,
      this.row,
      this.gate,
      this.keyboard.element,
    );

    this.slash.addEventListener("click", () => {
      if (this.commands.isOpen) return this.commands.close();
      this.commands.open();
      if (!isTouch.matches) this.textarea.focus();
    });
    this.textarea.addEventListener("input", () => this.typed());
    this.textarea.addEventListener("keydown", (event) => this.key(event));
    this.textarea.addEventListener("paste", (event) => this.paste(event));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.element.contains(relatedTarget)) this.commands.close();
    });
  }

  /** Follows the account: started, blocked, its keyboard. */
  refresh() {
    const { started, blocked } = this.state;
    const hadFocus = document.activeElement === this.gate;
    const isOpen = started && !blocked;
    this.row.hidden = !isOpen;
    this.gate.hidden = isOpen;
    this.gate.textContent = blocked ? t("demo.composer.unblock") : t("demo.composer.start");
    this.gate.toggleAttribute("data-start", !blocked);
    this.gate.onclick = () => (blocked ? this.act.unblock() : this.act.send({ text: "/start" }));
    this.keyboard.set(isOpen ? this.state.replyKeyboard : null);
    this.setPlaceholder();
    if (hadFocus && isOpen) this.focus();
  }

  focus() {
    (this.row.hidden ? this.gate : this.textarea).focus({ preventScroll: true });
  }

  // Text

  typed() {
    const { textarea } = this;
    textarea.style.height = "auto";
    // Not shown yet, it has no height to follow.
    if (textarea.scrollHeight) textarea.style.height = `${Math.min(textarea.scrollHeight, HIGHEST_PX)}px`;
    const isEmpty = !textarea.value.trim() && !this.attached;
    this.sendButton.classList.toggle("idle", isEmpty);
    this.slash.hidden = Boolean(textarea.value) && !textarea.value.startsWith("/");
    if (!this.attached && !this.editing) this.commands.follow(textarea.value);
  }

  setText(text) {
    this.textarea.value = text;
    this.typed();
  }

  insert(text) {
    const { selectionStart, selectionEnd } = this.textarea;
    this.textarea.setRangeText(text, selectionStart, selectionEnd, "end");
    this.typed();
  }

  setPlaceholder() {
    const asked =
      this.state.replyKeyboard?.input_field_placeholder ??
      this.state.waitingForReply()?.reply_markup.input_field_placeholder;
    this.textarea.placeholder = this.attached
      ? t("demo.composer.caption")
      : asked || t("demo.composer.placeholder");
  }

  key(event) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !isTouch.matches) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.textarea.value && !this.attached) {
      const last = this.state.lastEditable();
      if (!last) return;
      event.preventDefault();
      this.startEdit(last);
    } else if (event.key === "Escape") this.cancel();
  }

  paste(event) {
    const image = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!image) return;
    event.preventDefault();
    this.setAttached({ kind: "photo", file: image });
  }

  async submit() {
    const text = this.textarea.value.trim();
    const { attached, editing, replyTo } = this;
    if (!text && !attached) return this.textarea.focus();
    this.cancel();
    this.setText("");
    this.textarea.focus({ preventScroll: true });
    const reply = replyTo?.message_id;
    let arrived;
    if (editing) arrived = text === editing.text || (await this.act.edit(editing.message_id, text));
    else if (attached)
      arrived = await this.act.sendFile(attached.kind, attached.file, { caption: text, replyTo: reply });
    else arrived = await this.act.send({ text, ...(reply ? { reply_to_message_id: reply } : {}) });
    if (arrived || this.textarea.value) return undefined;
    // Nothing that was typed is lost.
    if (editing) this.startEdit(editing);
    else if (replyTo) this.startReply(replyTo);
    if (attached) this.setAttached(attached);
    return this.setText(text);
  }

  sendCommand(text) {
    this.setText("");
    this.act.send({ text });
  }

  // Reply, edit, attachment: one line above the text each

  startReply(message, { focus = true } = {}) {
    this.editing = null;
    this.replyTo = message;
    this.showBanner("reply", t("demo.composer.replying"), message);
    if (focus) this.textarea.focus();
  }

  startEdit(message) {
    this.replyTo = null;
    this.setAttached(null);
    this.editing = message;
    this.setText(message.text);
    this.showBanner("edit", t("demo.composer.editing"), message);
    this.textarea.focus();
  }

  showBanner(iconName, title, message) {
    this.banner.replaceChildren(
      icon(iconName),
      el("div.banner-words", {}, el("b", {}, title), el("span", {}, summary(message))),
      iconButton("small", t("demo.composer.cancel"), icon("close"), {
        onclick: () => (this.cancel(), this.textarea.focus()),
      }),
    );
    this.banner.hidden = false;
  }

  async setAttached(attached) {
    if (attached && this.editing) this.cancel();
    this.attached = attached;
    this.strip.hidden = !attached;
    this.setPlaceholder();
    this.typed();
    if (!attached) return;
    const remove = iconButton("small", t("demo.composer.detach"), icon("close"), {
      onclick: () => (this.setAttached(null), this.textarea.focus()),
    });
    const preview =
      attached.kind === "photo" ? await thumbnail(attached.file) : el("span.file-icon", {}, icon("file"));
    this.strip.replaceChildren(preview, el("div.banner-words", {}, el("b", {}, attached.file.name)), remove);
    this.textarea.focus();
  }

  cancel() {
    if (this.editing) this.setText("");
    this.editing = null;
    this.replyTo = null;
    this.banner.hidden = true;
    if (this.attached) this.setAttached(null);
  }
}

async function thumbnail(file) {
  const canvas = el("canvas.thumbnail", { width: 96, height: 96, "aria-hidden": "true" });
  try {
    const picture = await createImageBitmap(file);
    const side = Math.min(picture.width, picture.height);
    const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
    canvas.getContext("2d").drawImage(picture, x, y, side, side, 0, 0, 96, 96);
  } catch {
    // Not a picture this browser can read: the name says enough.
  }
  return canvas;
}
