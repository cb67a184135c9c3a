// Puts the page together and keeps it up to date.

import { Column } from "./column.js";
import { Connection } from "./connection.js";
import { Deck } from "./deck.js";
import { el, iconButton, isTouch } from "./dom.js";
import { GroupColumn } from "./group_column.js";
import { Guide } from "./guide.js";
import { icon } from "./icons.js";
import { setTexts, t } from "./texts.js";

let page = null;
/** In which column each person last pressed a button: there they see the answer. */
const pressedIn = new Map();

/** Everything around the columns; built once the texts are here. */
function buildPage() {
  const deck = new Deck();
  const lightbox = el("dialog.lightbox", { "aria-label": t("demo.chat.photo") });
  const closePhoto = iconButton("round", t("demo.chat.close"), icon("close"), { onclick: () => lightbox.close() });
  lightbox.addEventListener("click", ({ target }) => target === lightbox && lightbox.close());
  const lost = el("div.lost", { role: "status" });
  const guideHost = el("div.guide-host");
  const top = el(
    "header.top",
    {},
    el("span.brand", { "aria-hidden": "true" }, icon("wheel")),
    el("div.top-words", {}, el("h1", {}, t("demo.page.title")), el("p", {}, t("demo.page.subtitle"))),
  );
  document.documentElement.lang = t("demo.page.language");
  const app = document.getElementById("app");
  app.removeAttribute("aria-busy");
  app.replaceChildren(lost, top, guideHost, deck.element, lightbox);
  return {
    deck,
    guideHost,
    lost,
    openPhoto(url, description) {
      lightbox.replaceChildren(el("img", { src: url, alt: description }), closePhoto);
      lightbox.showModal();
    },
  };
}

function load(state) {
  setTexts(state.texts);
  page ??= buildPage();
  const { deck } = page;
  const groups = state.groups.map((group) => ({
    ...group,
    people: state.accounts.filter(({ id }) => group.members.includes(id)),
  }));
  const chats = [...state.accounts, ...groups];
  const known = deck.columns.map((column) => column.state.id).join();
  if (known === chats.map(({ id }) => id).join()) {
    chats.forEach((chat, i) => deck.columns[i].load(chat, state.bot));
    return;
  }
  const options = {
    openPhoto: page.openPhoto,
    unreadChanged: showUnread,
    pressed: (accountId, column) => pressedIn.set(accountId, column),
  };
  pressedIn.clear();
  const columns = [
    ...state.accounts.map((account) => new Column(account, state.bot, options)),
    ...groups.map((group) => new GroupColumn(group, state.bot, options)),
  ];
  deck.set(columns);
  const guide = new Guide({ columns: () => deck.columns, goTo: (column) => deck.goTo(column) });
  page.guideHost.replaceChildren(guide.element);
  columns.forEach((column) => column.timeline.toBottom());
  showUnread();
}

function apply(event) {
  const { columns } = page.deck;
  if (event.event === "bot") {
    for (const column of columns) {
      column.bot = event.bot;
      column.showBot();
    }
    return;
  }
  if (event.event.startsWith("group")) {
    // Each member is told; what is known already is not shown again.
    const id = event.chat_id ?? event.group.id;
    const kind = event.event.replace("group_", "");
    columns.find((column) => column.state.id === id)?.apply({ ...event, event: kind });
    return;
  }
  const own = columns.find((column) => column.state.id === event.account_id);
  const isAnswer = event.event === "toast" || event.event === "pressed_done";
  ((isAnswer && pressedIn.get(event.account_id)) || own)?.apply(event);
}

function showUnread(column) {
  if (column) page.deck.showUnread(column);
  const count = page.deck.columns.reduce((sum, one) => sum + one.unread, 0);
  document.title = count ? `(${count}) ${t("demo.page.title")}` : t("demo.page.title");
}

function connectionChanged(isConnected) {
  if (!page) return;
  page.lost.textContent = isConnected ? "" : t("demo.page.lost");
  document.body.classList.toggle("is-lost", !isConnected);
}

// Where a phone's own keyboard covers the page instead of making it smaller, keep the composer above it.
window.visualViewport?.addEventListener("resize", () => {
  const { height, scale } = window.visualViewport;
  const isCovered = isTouch.matches && scale === 1 && height < window.innerHeight - 1;
  document.getElementById("app").style.height = isCovered ? `${height}px` : "";
  if (isCovered) window.scrollTo(0, 0);
});

document.addEventListener("visibilitychange", () => {
  for (const column of page?.deck.columns ?? []) if (column.isAttended()) column.setUnread(0);
});

new Connection({ load, apply, changed: connectionChanged }).open();
