// Dates, sizes and names as people read them.

import { t } from "./texts.js";

const cache = new Map();

function formatter(options) {
  const key = JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(document.documentElement.lang, options));
  return cache.get(key);
}

/** "14:03" of seconds since 1970, in the reader's time zone. */
export function clock(seconds) {
  return formatter({ hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
}

/** "dinsdag 24 november 2026 14:03": the whole moment, for a tooltip. */
export function moment(seconds) {
  return formatter({ dateStyle: "full", timeStyle: "short" }).format(seconds * 1000);
}

/** A key that is equal for moments of one day. */
export function dayKey(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "vandaag", "gisteren" or "maandag 3 maart". */
export function dayName(seconds) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return t("demo.chat.today");
  if (dayKey(seconds) === dayKey(now - 86400)) return t("demo.chat.yesterday");
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date().getFullYear();
  return formatter({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: sameYear ? undefined : "numeric",
  }).format(seconds * 1000);
}

/** "0:07" of a number of seconds. */
export function duration(seconds) {
  const whole = Number.isFinite(seconds) ? Math.round(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "12 kB" of a number of bytes. */
export function size(bytes) {
  const style = (value, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(
      value,
    );
  if (bytes < 1000) return style(bytes, "byte");
  return bytes < 1e6 ? style(Math.round(bytes / 1000), "kilobyte") : style(bytes / 1e6, "megabyte");
}

/** "52,0907, 5,1214" with a point as decimal sign, as maps take it. */
export function coordinates(location) {
  return `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
}

export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** Role and name of an account whose title is "Inwoner" or "Inwoner · Fatima". */
export function heading(account) {
  const parts = (account.title ?? "").split(" · ").filter(Boolean);
  const name = fullName(account) || String(account.id);
  return { role: parts[0] ?? "", name: account.last_name ? name : (parts[1] ?? name) };
}

/** At most two letters for an avatar. */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
}

/** One of eight colours, always the same for the same id. */
export function tone(id) {
  return `tone-${Math.abs(Number(id) * 7 + Math.floor(Number(id) / 8)) % 8}`;
}
