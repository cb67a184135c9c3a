// The buttons under a message.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

/** The rows of buttons of a message, or null. A pressed button is busy until `done(messageId)` or the answer. */
export function inlineKeyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    "div.inline-rows",
    { role: "group", "aria-label": t("demo.chat.buttons") },
    rows.map((row) =>
      el(
        "div.inline-row",
        {},
        row.map((button) => inlineButton(button, message, act)),
      ),
    ),
  );
}

function inlineButton(button, message, act) {
  if (button.url) {
    return el(
      "a.inline.url",
      {
        href: button.url,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: (event) => act.start(button.url) && event.preventDefault(),
      },
      button.text,
      icon("external"),
    );
  }
  return el(
    "button.inline",
    {
      type: "button",
      "data-callback": button.callback_data,
      onclick: ({ currentTarget }) => act.press(button, currentTarget, message),
    },
    button.text,
  );
}

const LONGEST_BUSY_MS = 10_000;

/** Which pressed buttons still wait for the bot's answer. */
export class Presses {
  constructor() {
    this.busy = new Map();
    this.early = new Set();
  }

  /** Marks `element` busy; `asking` resolves to the callback_query_id. */
  async start(element, asking) {
    if (element.classList.contains("busy")) return;
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
    const clear = () => {
      element.classList.remove("busy");
      element.removeAttribute("aria-busy");
    };
    try {
      const id = (await asking()).callback_query_id;
      if (this.early.delete(id)) return clear();
      this.busy.set(id, clear);
      setTimeout(() => this.done(id), LONGEST_BUSY_MS);
    } catch (error) {
      clear();
      throw error;
    }
  }

  /** The bot has answered this press (perhaps before the page heard its id). */
  done(id) {
    const clear = this.busy.get(id);
    if (clear) clear();
    else this.early.add(id);
    this.busy.delete(id);
  }
}
