// Building elements in one line.

/**
 * el("button.inline", { type: "button", onclick: press }, "Ja"): an element with classes, attributes,
 * listeners (on…) and children. Attributes that are null, undefined or false are left out.
 */
export function el(selector, attributes = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that only shows an icon: `label` is its name and its tooltip. */
export function iconButton(selector, label, iconElement, attributes = {}) {
  return el(
    `button.${selector}`,
    { type: "button", "aria-label": label, title: label, ...attributes },
    iconElement,
  );
}

export const isNarrow = window.matchMedia("(max-width: 759px)");
export const isTouch = window.matchMedia("(pointer: coarse)");
export const wantsCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
