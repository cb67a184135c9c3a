// The "+" of the composer: photo, place, voice, sticker, file.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { examplePlaces, parseCoordinates } from "./places.js";
import { menuItem, Popup } from "./popup.js";
import { examplePhoto } from "./sample_photo.js";
import { EXAMPLE_VOICE_SECONDS, exampleVoice } from "./sample_voice.js";
import { t } from "./texts.js";

const STICKERS = ["👍", "❤️", "😀", "🎉", "🙏", "🌳", "☀️", "🚲", "😕", "👋", "🏡", "💡"];

/**
 * Makes the menu of `anchor`. `act` has attach(kind, file), send(content), sendFile(kind, file) and insert(text).
 * `openPlaces()` is returned too: a keyboard's "share location" button opens the same panel.
 */
export function attachMenu(anchor, host, act) {
  const photoInput = filePicker("image/*", (file) => act.attach("photo", file));
  const fileInput = filePicker("", (file) =>
    act.attach(file.type.startsWith("image/") ? "photo" : "document", file),
  );
  host.append(photoInput, fileInput);

  const places = new Popup({
    anchor: el("button"),
    host,
    label: t("demo.place.title"),
    role: "dialog",
    name: "places",
    build: (close) => placePanel((location) => (close(), act.send({ location }))),
  });
  const stickers = new Popup({
    anchor: el("button"),
    host,
    label: t("demo.sticker.title"),
    role: "dialog",
    name: "stickers",
    build: (close) => stickerPanel(act, close),
  });
  const openPlaces = (returnTo = anchor) => places.open({ returnTo });

  const menu = new Popup({
    anchor,
    host,
    label: t("demo.attach.title"),
    build: (close) => {
      const item = (label, iconName, choose) => menuItem(label, iconName, () => (close(), choose()));
      return el(
        "div",
        {},
        item(t("demo.attach.photo"), "photo", () => photoInput.click()),
        item(t("demo.attach.example_photo"), "picture", async () =>
          act.attach("photo", await examplePhoto(t("demo.attach.photo_name"))),
        ),
        item(t("demo.attach.location"), "pin", () => openPlaces()),
        item(t("demo.attach.voice"), "microphone", () =>
          act.sendFile("voice", exampleVoice(t("demo.attach.voice_name")), { duration: EXAMPLE_VOICE_SECONDS }),
        ),
        item(t("demo.attach.sticker"), "smile", () => stickers.open({ returnTo: anchor })),
        item(t("demo.attach.file"), "file", () => fileInput.click()),
      );
    },
  });
  return { menu, openPlaces };
}

function filePicker(accept, choose) {
  const input = el("input", { type: "file", accept: accept || null, hidden: true });
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.value = "";
    if (file) choose(file);
  });
  return input;
}

function placePanel(choose) {
  const message = el("p.problem", { role: "alert", hidden: true }, t("demo.place.unreadable"));
  const typed = el("input", {
    type: "text",
    inputmode: "text",
    placeholder: t("demo.place.example"),
    autocomplete: "off",
  });
  const form = el(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const location = parseCoordinates(typed.value);
        if (location) choose(location);
        message.hidden = Boolean(location);
      },
    },
    el("label", {}, el("span", {}, t("demo.place.coordinates")), typed),
    el("button.primary", { type: "submit" }, t("demo.place.send")),
    message,
  );
  const spots = examplePlaces().map(({ name, latitude, longitude }) =>
    el("button.item", { type: "button", onclick: () => choose({ latitude, longitude }) }, icon("pin"), name),
  );
  return el("div", {}, el("h3", {}, t("demo.place.title")), spots, form);
}

function stickerPanel(act, close) {
  const grid = (choose, label) =>
    el(
      "div.grid",
      { role: "group", "aria-label": label },
      STICKERS.map((emoji) => el("button", { type: "button", onclick: () => choose(emoji) }, emoji)),
    );
  const send = (emoji) => (close(), act.send({ sticker: emoji }));
  return el(
    "div",
    {},
    el("h3", {}, t("demo.sticker.send")),
    grid(send, t("demo.sticker.send")),
    el("h3", {}, t("demo.sticker.insert")),
    grid((emoji) => act.insert(emoji), t("demo.sticker.insert")),
  );
}
