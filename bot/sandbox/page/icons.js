// Our own line icons, drawn on a grid of 24.

const SHAPES = {
  attach: '<path d="M12 5v14M5 12h14"/>',
  send: '<path d="M5 12 4 4.6c-.1-.8.7-1.4 1.4-1l15 7.5c.8.4.8 1.4 0 1.8l-15 7.5c-.7.4-1.5-.2-1.4-1L5 12Zm0 0h7"/>',
  slash: '<path d="M14.5 5 9.5 19"/><rect x="3" y="3" width="18" height="18" rx="6"/>',
  keyboard:
    '<rect x="3" y="6" width="18" height="12" rx="3"/><path d="M7 10h.01M11 10h.01M15 10h.01M17 10h.01M8 14h8"/>',
  reply: '<path d="M10 7 5 12l5 5M5 12h8c3.5 0 6 2.2 6 6"/>',
  edit: '<path d="m5 19 1-4L16 5l3 3L9 18l-4 1Z"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  more: '<path d="M12 6h.01M12 12h.01M12 18h.01" stroke-width="3"/>',
  down: '<path d="M12 5v14m-6-6 6 6 6-6"/>',
  photo:
    '<rect x="3" y="5" width="18" height="14" rx="3"/><circle cx="9" cy="10" r="1.6"/><path d="m5 18 5-5 3 3 3-3 4 4"/>',
  picture: '<path d="M4 19h16M6 19v-7l6-5 6 5v7M10 19v-4h4v4M17 6.5h.01"/>',
  pin: '<path d="M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.8 7 11 7 11Z"/><circle cx="12" cy="10" r="2.4"/>',
  microphone: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"/>',
  smile: '<circle cx="12" cy="12" r="9"/><path d="M8.5 14.5c1.8 2.2 5.2 2.2 7 0M9 9.5h.01M15 9.5h.01"/>',
  file: '<path d="M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z"/><path d="M14 3v5h5"/>',
  contact: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c1.2-4 4-5.5 7.5-5.5s6.3 1.5 7.5 5.5"/>',
  block: '<circle cx="12" cy="12" r="9"/><path d="m6 6 12 12"/>',
  up: '<path d="M12 19V5m-6 6 6-6 6 6"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  chevron: '<path d="m6 9 6 6 6-6"/>',
  external: '<path d="M8 16 17 7M10 7h7v7"/>',
  play: '<path d="M8 5.5v13l11-6.5-11-6.5Z" fill="currentColor"/>',
  pause: '<path d="M8.5 6v12M15.5 6v12" stroke-width="3"/>',
  wheel:
    '<circle cx="12" cy="12" r="5.5"/><circle cx="12" cy="12" r="1.3" fill="currentColor"/><path d="M12 3v6.5M12 14.5V21M3 12h6.5M14.5 12H21M5.7 5.7l2.7 2.7M15.6 15.6l2.7 2.7M18.3 5.7l-2.7 2.7M8.4 15.6l-2.7 2.7"/>',
};

/** An SVG of one of SHAPES; decoration only, the button around it carries the name. */
export function icon(name) {
  const template = document.createElement("template");
  template.innerHTML =
    '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" ' +
    `stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">${SHAPES[name]}</svg>`;
  return template.content.firstElementChild;
}
