// A message of the bot that must be put away; it covers only the phone it came on.

import { el } from "./dom.js";
import { t } from "./texts.js";

/** `covered` are the parts of `phone` that can't be reached meanwhile; `name` is who says it. */
export function showAlert(text, { phone, covered, name }) {
  const before = phone.contains(document.activeElement) ? document.activeElement : null;
  const close = () => {
    cover.remove();
    if (!phone.querySelector(".alert-cover")) for (const part of covered) part.inert = false;
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const button = el("button.primary", { type: "button", onclick: close }, t("demo.chat.close"));
  const words = { role: "alertdialog", "aria-modal": "true", "aria-label": name };
  const cover = el(
    "div.alert-cover",
    { onkeydown: (event) => event.key === "Escape" && close() },
    el("div.alert", words, el("p", {}, text), button),
  );
  for (const part of covered) part.inert = true;
  phone.append(cover);
  if (before) button.focus();
}
