// What to try first: five steps that remember that they are done.

import { el, isNarrow } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

const DONE_KEY = "stuur-demo-steps";
const OPEN_KEY = "stuur-demo-guide-open";

/** The steps; `column` is the place of the person they are for, counted from the left. */
function steps() {
  return [
    {
      name: "initiative",
      column: 0,
      title: t("demo.guide.initiative.title"),
      text: t("demo.guide.initiative.body"),
    },
    { name: "question", column: 0, title: t("demo.guide.question.title"), text: t("demo.guide.question.body") },
    { name: "answer", column: 2, title: t("demo.guide.answer.title"), text: t("demo.guide.answer.body") },
    { name: "update", column: 4, title: t("demo.guide.update.title"), text: t("demo.guide.update.body") },
    { name: "restart", column: null, title: t("demo.guide.restart.title"), text: t("demo.guide.restart.body") },
  ];
}

export class Guide {
  /** `columns()` are the page's columns, `goTo(column)` brings one in view and puts the focus in it. */
  constructor({ columns, goTo }) {
    this.columns = columns;
    this.goTo = goTo;
    this.done = new Set(read(DONE_KEY, []));
    this.steps = steps();
    this.build();
    this.fit();
    isNarrow.addEventListener("change", () => this.fit());
  }

  /** On a phone it starts closed, as the chat needs the room; elsewhere as it was left. */
  fit() {
    this.isOpen = !isNarrow.matches && read(OPEN_KEY, true);
    this.show();
  }

  build() {
    this.progress = el("span.guide-count", {});
    this.next = el("span.guide-next", {});
    this.toggle = el(
      "button.guide-toggle",
      { type: "button", "aria-controls": "guide-steps", onclick: () => this.setOpen(!this.isOpen) },
      el("b", {}, t("demo.guide.title")),
      this.next,
      this.progress,
      icon("chevron"),
    );
    this.list = el(
      "ol.guide-steps",
      { id: "guide-steps" },
      this.steps.map((step, i) => this.step(step, i)),
    );
    this.element = el("section.guide", { "aria-label": t("demo.guide.title") }, this.toggle, this.list);
  }

  step(step, i) {
    const box = el("input", { type: "checkbox", id: `step-${step.name}` });
    box.checked = this.done.has(step.name);
    box.addEventListener("change", () => {
      if (box.checked) this.done.add(step.name);
      else this.done.delete(step.name);
      write(DONE_KEY, [...this.done]);
      this.show();
    });
    const column = step.column === null ? undefined : this.columns()[step.column];
    step.element = el(
      "li.step",
      { "data-step": step.name },
      el("span.tick", {}, box, el("span.tick-number", { "aria-hidden": "true" }, String(i + 1)), icon("check")),
      el(
        "div.step-words",
        {},
        el("label", { for: box.id }, step.title),
        el("p", {}, step.text),
        column
          ? el(
              "button.link",
              { type: "button", onclick: () => this.leadTo(column) },
              t("demo.guide.go", { person: column.state.first_name || column.label }),
            )
          : null,
      ),
    );
    return step.element;
  }

  leadTo(column) {
    if (isNarrow.matches) this.setOpen(false);
    this.goTo(column);
  }

  setOpen(isOpen) {
    this.isOpen = isOpen;
    if (!isNarrow.matches) write(OPEN_KEY, isOpen);
    this.show();
  }

  show() {
    const first = this.steps.find((step) => !this.done.has(step.name));
    for (const step of this.steps) {
      step.element.classList.toggle("done", this.done.has(step.name));
      step.element.classList.toggle("next", step === first);
    }
    this.next.textContent = first ? first.title : t("demo.guide.all_done");
    this.progress.textContent = t("demo.guide.progress", { done: this.done.size, all: this.steps.length });
    this.list.hidden = !this.isOpen;
    this.element.classList.toggle("open", this.isOpen);
    this.toggle.setAttribute("aria-expanded", String(this.isOpen));
  }
}

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage the page only forgets.
  }
}
