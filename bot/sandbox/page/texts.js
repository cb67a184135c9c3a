// The page's texts: the server gives them, nothing for people is written in these files.

let texts = {};

export function setTexts(map) {
  texts = map ?? {};
}

/** The text of `key` with its {{ name }} placeholders filled; the key itself when the text is missing. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
