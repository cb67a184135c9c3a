// The list of bot commands above the composer: from the "/" button, and while somebody types "/…".

import { el } from "./dom.js";
import { t } from "./texts.js";

let lists = 0;

export class CommandList {
  /** `textarea` keeps the focus while the list is open; `choose(text)` gets "/command". */
  constructor({ textarea, button, getCommands, choose }) {
    Object.assign(this, { textarea, button, getCommands, choose });
    lists += 1;
    this.id = `commands-${lists}`;
    this.active = -1;
    this.element = el("div.popup.commands", {
      role: "listbox",
      id: this.id,
      "aria-label": t("demo.commands.title"),
      hidden: true,
    });
    textarea.setAttribute("aria-autocomplete", "list");
    textarea.setAttribute("aria-controls", this.id);
    button.setAttribute("aria-expanded", "false");
    // The list must not take the focus from the text.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Shows the commands that begin with `typed` ("" shows all). */
  open(typed = "") {
    const commands = this.getCommands().filter(({ command }) => command.startsWith(typed.toLowerCase()));
    this.element.replaceChildren(...commands.map((command, i) => this.option(command, i)));
    if (!commands.length && typed === "") this.element.append(el("p.none", {}, t("demo.commands.none")));
    this.element.hidden = !commands.length && typed !== "";
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.point(commands.length ? 0 : -1);
  }

  close() {
    this.element.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.point(-1);
  }

  /** Follows what is typed: open for "/" and the beginning of a command, else closed. */
  follow(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (typed) this.open(typed[1]);
    else this.close();
  }

  /** Handles a key of the textarea; true when it was for the list. */
  key(event) {
    if (!this.isOpen) return false;
    const options = [...this.element.querySelectorAll("[role=option]")];
    if (event.key === "ArrowDown") this.point((this.active + 1) % options.length);
    else if (event.key === "ArrowUp") this.point((this.active - 1 + options.length) % options.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey && options[this.active] && this.textarea.value) {
      this.textarea.value = `${options[this.active].dataset.command} `;
      this.close();
    } else if (event.key === "Enter" && !event.shiftKey && options[this.active]) {
      options[this.active].click();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  option({ command, description }, i) {
    const choose = () => {
      this.close();
      this.choose(`/${command}`);
    };
    return el(
      "div.option",
      {
        role: "option",
        id: `${this.id}-${i}`,
        "data-command": `/${command}`,
        "aria-selected": "false",
        onclick: choose,
      },
      el("b", {}, `/${command}`),
      el("span", {}, description),
    );
  }

  point(index) {
    this.active = index;
    [...this.element.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = index >= 0 ? this.element.children[index] : null;
    if (option?.id) this.textarea.setAttribute("aria-activedescendant", option.id);
    else this.textarea.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
}
