// What a message carries besides text: photo, voice, place, sticker, file, contact.

import { fileUrl } from "./api.js";
import { el, iconButton } from "./dom.js";
import { coordinates, duration, fullName, size } from "./format.js";
import { icon } from "./icons.js";
import { placeAt } from "./places.js";
import { t } from "./texts.js";

/** The elements for what `message` carries; `open(url, description)` shows a photo large. */
export function renderMedia(message, open) {
  if (message.photo?.length) return photo(message, open);
  if (message.voice ?? message.audio) return voice(message.voice ?? message.audio);
  if (message.location) return location(message.location);
  if (message.sticker) return el("p.sticker", {}, message.sticker.emoji ?? "");
  if (message.document) return file(message.document);
  if (message.contact) return contact(message.contact);
  return null;
}

/** What the message is, in a few words: for quotes and for the screen reader. */
export function summary(message) {
  const words = message.text ?? message.caption;
  const kind = kindName(message);
  return [kind, words].filter(Boolean).join(": ") || t("demo.chat.unknown");
}

export function kindName(message) {
  if (message.photo?.length) return t("demo.chat.photo");
  if (message.voice ?? message.audio) return t("demo.chat.voice");
  if (message.location) return t("demo.chat.location");
  if (message.sticker) return t("demo.chat.sticker", { emoji: message.sticker.emoji ?? "" });
  if (message.document) return t("demo.chat.file");
  if (message.contact) return t("demo.chat.contact");
  return "";
}

function photo(message, open) {
  const largest = message.photo.reduce((best, one) => (one.width > best.width ? one : best));
  const description = message.caption ?? t("demo.chat.photo");
  const url = fileUrl(largest.file_id);
  const image = el("img", {
    src: url,
    alt: description,
    width: largest.width,
    height: largest.height,
    loading: "lazy",
  });
  return el(
    "button.photo",
    { type: "button", "aria-label": t("demo.chat.open_photo"), onclick: () => open(url, description) },
    image,
  );
}

function location(place) {
  const name = placeAt(place)?.name;
  return el(
    "div.place",
    {},
    el("div.place-drawing", { "aria-hidden": "true" }, icon("pin")),
    el("div.place-words", {}, name ? el("b", {}, name) : null, el("span", {}, coordinates(place))),
  );
}

function file(document) {
  const name = document.file_name ?? t("demo.chat.file");
  return el(
    "a.file",
    { href: fileUrl(document.file_id), download: name },
    el("span.file-icon", {}, icon("file")),
    el(
      "span.file-words",
      {},
      el("b", {}, name),
      document.file_size ? el("span", {}, size(document.file_size)) : null,
    ),
  );
}

function contact(person) {
  return el(
    "div.file",
    {},
    el("span.file-icon", {}, icon("contact")),
    el("span.file-words", {}, el("b", {}, fullName(person)), el("span", {}, person.phone_number)),
  );
}

const BARS = 28;
let playing = null;

function voice(recording) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = fileUrl(recording.file_id);
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : (recording.duration ?? 0));

  const time = el("span.voice-time", {}, duration(length()));
  const bars = el("div.bars", { "aria-hidden": "true" });
  for (let i = 0; i < BARS; i += 1) bars.append(el(`i.height-${barHeight(recording.file_unique_id ?? "", i)}`));
  const seek = el("input.seek", { type: "range", min: 0, max: 100, value: 0, "aria-label": t("demo.chat.seek") });
  const play = iconButton("play", t("demo.chat.play"), icon("play"));

  const show = () => {
    const label = audio.paused ? t("demo.chat.play") : t("demo.chat.pause");
    play.replaceChildren(icon(audio.paused ? "play" : "pause"));
    play.setAttribute("aria-label", label);
    play.title = label;
    const part = length() ? audio.currentTime / length() : 0;
    [...bars.children].forEach((bar, i) => bar.classList.toggle("played", part > 0 && i / BARS <= part));
    if (document.activeElement !== seek || !audio.paused) seek.value = String(Math.round(part * 100));
    time.textContent = duration(audio.currentTime > 0 ? audio.currentTime : length());
  };
  play.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    return audio.play().catch(() => {
      time.textContent = t("demo.chat.cannot_play");
    });
  });
  seek.addEventListener("input", () => {
    audio.currentTime = (Number(seek.value) / 100) * length();
  });
  for (const name of ["play", "pause", "timeupdate", "loadedmetadata"]) audio.addEventListener(name, show);
  audio.addEventListener("ended", () => {
    audio.currentTime = 0;
    show();
  });
  return el("div.voice", {}, play, el("div.wave", {}, bars, seek), time);
}

/** One of eight heights, always the same for the same recording. */
function barHeight(seed, i) {
  let hash = 17 + i * 31;
  for (const letter of seed.slice(0, 12)) hash = (hash * 33 + letter.charCodeAt(0) * (i + 3)) % 9973;
  return 1 + (hash % 8);
}
