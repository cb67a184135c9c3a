// The keyboard under the composer that the bot may put there.

import { el } from "./dom.js";
import { t } from "./texts.js";

// A number that belongs to nobody.
const EXAMPLE_PHONE = "+31600000000";

export class ReplyKeyboard {
  /**
   * `act` has send(content), askPlace(element), unsupported() and leave() (the keyboard goes, with the focus in it);
   * `person()` gives the account.
   */
  constructor({ act, person, toggle }) {
    Object.assign(this, { act, person, toggle });
    this.markup = null;
    this.isOpen = false;
    this.element = el("div.reply-keyboard", {
      role: "group",
      "aria-label": t("demo.keyboard.title"),
      hidden: true,
    });
    toggle.addEventListener("click", () => this.setOpen(!this.isOpen));
    this.set(null);
  }

  /** Shows another keyboard; null takes it away. An equal one stays as it is (open or closed). */
  set(markup) {
    const rows = markup?.keyboard?.length ? markup : null;
    if (rows && JSON.stringify(rows) === JSON.stringify(this.markup)) return;
    this.markup = rows;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(
      ...(rows?.keyboard ?? []).map((row) =>
        el(
          "div.key-row",
          {},
          row.map((key) => this.key(typeof key === "string" ? { text: key } : key)),
        ),
      ),
    );
    this.setOpen(Boolean(rows));
    if (hadFocus) this.act.leave();
  }

  setOpen(isOpen) {
    this.isOpen = isOpen && Boolean(this.markup);
    if (!this.isOpen && this.element.contains(document.activeElement)) this.act.leave();
    this.element.hidden = !this.isOpen;
    this.toggle.hidden = !this.markup;
    this.toggle.setAttribute("aria-expanded", String(this.isOpen));
  }

  key(button) {
    return el(
      "button.key",
      { type: "button", onclick: ({ currentTarget }) => this.press(button, currentTarget) },
      button.text,
    );
  }

  press(button, element) {
    const { id, first_name, last_name } = this.person();
    if (button.request_location) this.act.askPlace(element);
    else if (button.request_contact) {
      this.act.send({
        contact: { phone_number: EXAMPLE_PHONE, first_name, last_name: last_name || undefined, user_id: id },
      });
    } else if (Object.keys(button).every((name) => ["text", "style", "icon_custom_emoji_id"].includes(name))) {
      this.act.send({ text: button.text });
    } else this.act.unsupported();
    if (this.markup?.one_time_keyboard && !button.request_location) this.setOpen(false);
  }
}
