// Text with entities (offsets in UTF-16 units, as JavaScript counts) as elements.

import { el } from "./dom.js";
import { t } from "./texts.js";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  mention: "span.mention",
  text_mention: "span.mention",
  hashtag: "span.mention",
  cashtag: "span.mention",
};

/**
 * A fragment. `act` has command(text), called when a bot command is chosen, and
 * start(payload) → boolean, called for a link that starts this bot.
 */
export function renderText(text, entities, act) {
  const sorted = (entities ?? [])
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return renderRange(text, 0, text.length, sorted, act);
}

function renderRange(text, start, end, entities, act) {
  const fragment = document.createDocumentFragment();
  const queue = [...entities];
  let position = start;
  while (queue.length) {
    const entity = queue.shift();
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    fragment.append(text.slice(position, from));
    const inside = [];
    const rests = [];
    while (queue.length && queue[0].offset < to) {
      const child = queue.shift();
      inside.push(child);
      // Telegram never overlaps entities halfway; if one does, its rest goes on behind this one.
      const rest = child.offset + child.length - to;
      if (rest > 0) rests.push({ ...child, offset: to, length: rest });
    }
    queue.unshift(...rests);
    const content = renderRange(text, from, to, inside, act);
    fragment.append(wrap(entity, text.slice(from, to), content, act));
    // A block ends its line by itself.
    position = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to;
  }
  fragment.append(text.slice(position, end));
  return fragment;
}

function wrap(entity, text, content, act) {
  switch (entity.type) {
    case "pre":
      return el("pre", { "data-language": entity.language }, el("code", {}, content));
    case "expandable_blockquote":
      return expandable(content);
    case "spoiler":
      return spoiler(content);
    case "bot_command":
      return el("button.link", { type: "button", onclick: () => act.command(text) }, content);
    case "text_link":
      return link(entity.url, content, act);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, content, act);
    case "email":
      return link(`mailto:${text}`, content, act);
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`, content, act);
    default:
      return el(PLAIN_TAGS[entity.type] ?? "span", {}, content);
  }
}

/** The payload of a link that starts a bot (…/NAME?start=PAYLOAD), else null. */
export function startPayload(address, botUsername) {
  try {
    const url = new URL(address);
    const isTelegram = url.hostname === "t.me" || url.hostname === "telegram.me";
    const isThisBot = url.pathname.slice(1).toLowerCase() === (botUsername ?? "").toLowerCase();
    return isTelegram && isThisBot ? (url.searchParams.get("start") ?? "") : null;
  } catch {
    return null;
  }
}

function link(address, content, act) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el("span", {}, content);
  }
  if (!SAFE_SCHEMES.has(url.protocol)) return el("span", {}, content);
  return el(
    "a",
    {
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => act.start(url.href) && event.preventDefault(),
    },
    content,
  );
}

function spoiler(content) {
  const cover = el("span.spoiler", { role: "button", tabindex: 0, "aria-label": t("demo.chat.spoiler") });
  cover.append(el("span", { "aria-hidden": "true" }, content));
  const reveal = () => {
    cover.classList.add("open");
    cover.removeAttribute("role");
    cover.removeAttribute("aria-label");
    cover.firstElementChild.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
  return cover;
}

function expandable(content) {
  const quote = el("blockquote.folded", {}, content);
  const toggle = el("button.link.fold", { type: "button", "aria-expanded": "false" }, t("demo.chat.more"));
  toggle.addEventListener("click", () => {
    const isFolded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!isFolded));
    toggle.textContent = isFolded ? t("demo.chat.more") : t("demo.chat.less");
  });
  return el("div", {}, quote, toggle);
}
