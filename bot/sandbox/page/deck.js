// The columns next to each other; on a phone one at a time, with tabs and swiping.

import { el, isNarrow, wantsCalm } from "./dom.js";
import { heading, initials, tone } from "./format.js";
import { t } from "./texts.js";

export class Deck {
  constructor() {
    this.columns = [];
    this.current = 0;
    this.tabs = el("div.tabs", { role: "tablist", "aria-label": t("demo.page.people") });
    this.scroller = el("div.deck");
    this.element = el("main.stage", {}, this.tabs, this.scroller);
    this.tabs.addEventListener("keydown", (event) => this.key(event));
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    isNarrow.addEventListener("change", () => this.show(this.current, { smoothly: false }));
  }

  /** Shows these columns instead of the ones before. */
  set(columns) {
    this.columns = columns;
    this.scroller.replaceChildren(...columns.map((column) => column.element));
    this.tabs.replaceChildren(...columns.map((column, i) => this.tab(column, i)));
    this.show(Math.min(this.current, columns.length - 1), { smoothly: false });
  }

  tab(column, i) {
    const { role, name } = heading(column.state);
    column.tab = el(
      "button.tab",
      {
        type: "button",
        role: "tab",
        id: `tab-${column.state.id}`,
        "aria-controls": column.element.id,
        onclick: () => this.show(i),
      },
      el(`span.avatar.${tone(column.state.id)}`, { "aria-hidden": "true" }, initials(name)),
      el(
        "span.tab-words",
        {},
        el("b", {}, column.state.last_name ? column.state.first_name : name),
        el("span", {}, role),
      ),
      el("span.badge", { hidden: true }),
    );
    return column.tab;
  }

  /** Brings a column in view; on a phone it becomes the only one in reach. */
  show(index, { smoothly = true } = {}) {
    this.current = index;
    this.mark();
    const column = this.columns[index];
    if (!column) return;
    const behavior = smoothly && !wantsCalm.matches ? "smooth" : "instant";
    if (isNarrow.matches) this.scroller.scrollTo({ left: index * this.scroller.clientWidth, behavior });
    else column.element.scrollIntoView({ inline: "nearest", block: "nearest", behavior });
  }

  goTo(column) {
    this.show(this.columns.indexOf(column));
    column.composer.focus();
  }

  mark() {
    const narrow = isNarrow.matches;
    this.columns.forEach((column, i) => {
      const isCurrent = i === this.current;
      column.isShown = !narrow || isCurrent;
      column.isAlone = narrow && isCurrent;
      column.element.inert = narrow && !isCurrent;
      if (narrow) {
        column.element.setAttribute("role", "tabpanel");
        column.element.setAttribute("aria-labelledby", column.tab.id);
      } else {
        column.element.removeAttribute("role");
        column.element.removeAttribute("aria-labelledby");
      }
      column.tab.setAttribute("aria-selected", String(isCurrent));
      column.tab.tabIndex = isCurrent ? 0 : -1;
      if (narrow && isCurrent) column.setUnread(0);
    });
  }

  scrolled() {
    if (!isNarrow.matches) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const index = Math.round(this.scroller.scrollLeft / this.scroller.clientWidth);
      if (index === this.current || !this.columns[index]) return;
      this.current = index;
      this.mark();
      this.columns[index].tab.scrollIntoView({ block: "nearest", inline: "center" });
    }, 90);
  }

  key(event) {
    const goal = {
      ArrowRight: this.current + 1,
      ArrowLeft: this.current - 1,
      Home: 0,
      End: this.columns.length - 1,
    }[event.key];
    if (goal === undefined || !this.columns[goal]) return;
    event.preventDefault();
    this.show(goal);
    this.columns[goal].tab.focus();
  }

  /** Shows a column's number of new messages on its tab. */
  showUnread(column) {
    const badge = column.tab?.querySelector(".badge");
    if (!badge) return;
    badge.hidden = column.unread === 0;
    badge.textContent = String(column.unread);
    badge.title = t("demo.chat.new_messages", { count: column.unread });
  }
}
