// One message as a bubble.

import { el, iconButton } from "./dom.js";
import { renderText } from "./entities.js";
import { clock, fullName, moment } from "./format.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { kindName, renderMedia, summary } from "./media.js";
import { t } from "./texts.js";

/**
 * An <article data-message-id>. `act` has what a bubble can ask for: command(text), start(url), press(button,
 * element, message), reply(message), edit(message), jump(messageId), openPhoto(url, description).
 */
export function renderMessage(message, { isOwn, act }) {
  const who = isOwn ? t("demo.chat.you") : message.from ? fullName(message.from) : "";
  const media = renderMedia(message, act.openPhoto);
  const text = message.text ?? message.caption;
  const replied = message.reply_to_message;
  const bubble = el(
    "div.bubble",
    {},
    message.chat?.title && !isOwn ? el("b.sender", {}, who) : null,
    // Whatever is said in a topic refers to the message with which it began.
    replied && !replied.forum_topic_created ? quote(replied, act) : null,
    media,
    text === undefined
      ? null
      : el("div.text", {}, renderText(text, message.entities ?? message.caption_entities, act)),
    !media && text === undefined ? el("div.text.unknown", {}, t("demo.chat.unknown")) : null,
    stamp(message),
  );
  return el(
    `article.message.${isOwn ? "own" : "theirs"}`,
    {
      "data-message-id": message.message_id,
      tabindex: -1,
      "aria-label": t("demo.chat.message_by", { who, time: clock(message.date) }),
    },
    el("div.row", {}, bubble, tools(message, isOwn, act)),
    inlineKeyboard(message, act),
  );
}

/** The classes a bubble's looks depend on. */
export function looks(message) {
  if (message.sticker) return "is-sticker";
  if (message.photo?.length) return message.caption === undefined ? "is-photo" : "is-photo with-caption";
  if (message.location) return "is-media is-place";
  return kindName(message) ? "is-media" : "";
}

function stamp(message) {
  return el(
    "time.stamp",
    { datetime: new Date(message.date * 1000).toISOString(), title: moment(message.date) },
    message.silent ? el("i", { title: t("demo.chat.silent_why") }, t("demo.chat.silent"), " ") : null,
    message.edit_date ? el("i", {}, t("demo.chat.edited"), " ") : null,
    clock(message.date),
  );
}

function quote(original, act) {
  const who = original.from ? fullName(original.from) : "";
  return el(
    "button.quote",
    { type: "button", title: t("demo.chat.jump"), onclick: () => act.jump(original.message_id) },
    el("b", {}, who),
    el("span", {}, summary(original)),
  );
}

function tools(message, isOwn, act) {
  return el(
    "div.tools",
    {},
    iconButton("tool", t("demo.chat.reply"), icon("reply"), {
      onclick: () => act.reply(message),
      "data-reply": true,
    }),
    isOwn && message.text !== undefined
      ? iconButton("tool.edit", t("demo.chat.edit"), icon("edit"), {
          onclick: () => act.edit(message),
          "data-edit": true,
        })
      : null,
  );
}
