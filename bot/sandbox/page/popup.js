// A small panel that a button opens: Escape, a click elsewhere or leaving it with Tab closes it.

import { el } from "./dom.js";
import { icon } from "./icons.js";

let opened = null;

export class Popup {
  /**
   * `anchor` is the button, `host` the element the panel comes in, `build(close)` makes its content.
   * A "menu" is walked through with the arrows; a "dialog" with Tab.
   */
  constructor({ anchor, host, label, build, role = "menu", name = "" }) {
    Object.assign(this, { anchor, host, label, build, role, name });
    this.panel = null;
    this.returnTo = anchor;
    anchor.setAttribute("aria-haspopup", role);
    anchor.setAttribute("aria-expanded", "false");
    anchor.addEventListener("click", () => this.toggle());
  }

  toggle() {
    if (this.panel) this.close();
    else this.open();
  }

  open({ returnTo = this.anchor } = {}) {
    opened?.close({ focus: false });
    opened = this;
    this.returnTo = returnTo;
    this.panel = el(`div.popup.${this.role}${this.name ? `.${this.name}` : ""}`, {
      role: this.role,
      "aria-label": this.label,
      tabindex: -1,
    });
    this.panel.append(this.build(() => this.close()));
    this.panel.addEventListener("keydown", (event) => this.key(event));
    this.panel.addEventListener("focusout", ({ relatedTarget }) => {
      const staysIn = !relatedTarget || this.panel?.contains(relatedTarget) || this.anchor.contains(relatedTarget);
      if (!staysIn) this.close({ focus: false });
    });
    this.host.append(this.panel);
    this.anchor.setAttribute("aria-expanded", "true");
    (this.panel.querySelector("button, input, a") ?? this.panel).focus({ preventScroll: true });
  }

  close({ focus = true } = {}) {
    if (!this.panel) return;
    const { panel } = this;
    this.panel = null;
    if (opened === this) opened = null;
    const hadFocus = panel.contains(document.activeElement);
    panel.remove();
    this.anchor.setAttribute("aria-expanded", "false");
    if (focus && hadFocus) this.returnTo.focus({ preventScroll: true });
  }

  key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    if (this.role !== "menu") return;
    const items = [...this.panel.querySelectorAll("[role=menuitem]")];
    const here = items.indexOf(document.activeElement);
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    items.at(goal % items.length)?.focus();
  }
}

document.addEventListener("pointerdown", ({ target }) => {
  if (opened && !opened.panel.contains(target) && !opened.anchor.contains(target)) opened.close({ focus: false });
});

/** One line of a menu. */
export function menuItem(label, iconName, choose) {
  return el(
    "button.item",
    { type: "button", role: "menuitem", tabindex: -1, onclick: choose },
    icon(iconName),
    label,
  );
}
