// What the page knows of one account: its messages in order, its commands, its keyboard.

export class AccountState {
  constructor(account) {
    this.id = account.id;
    this.all = [];
    this.load(account);
  }

  /** Takes everything from the server; the messages are replaced as a whole. */
  load(account) {
    this.update(account);
    this.replyKeyboard = account.reply_keyboard ?? null;
    this.all = [...(account.messages ?? [])].sort((a, b) => a.message_id - b.message_id);
  }

  /** Takes who the account is and whether it has started or blocked the bot. */
  update(account) {
    for (const field of ["first_name", "last_name", "username", "title"]) this[field] = account[field] ?? "";
    this.started = Boolean(account.started);
    this.blocked = Boolean(account.blocked);
    this.commands = account.commands ?? this.commands ?? [];
  }

  /** Those that are on the screen. */
  get messages() {
    return this.all;
  }

  isOwn(message) {
    return message.from?.id === this.id;
  }

  find(messageId) {
    return this.all.find((message) => message.message_id === messageId);
  }

  /** Adds a message at its place, or replaces it. True when it is new. */
  put(message) {
    let place = this.all.length;
    while (place > 0 && this.all[place - 1].message_id > message.message_id) place -= 1;
    const isKnown = this.all[place - 1]?.message_id === message.message_id;
    if (isKnown) this.all[place - 1] = message;
    else this.all.splice(place, 0, message);
    return !isKnown;
  }

  remove(messageIds) {
    this.all = this.all.filter((message) => !messageIds.includes(message.message_id));
  }

  /** The person's last text message: the one that may be edited. */
  lastEditable() {
    return this.messages.findLast((message) => this.isOwn(message) && message.text !== undefined);
  }

  /** The bot's question that wants a reply, when it is the last message. */
  waitingForReply() {
    const last = this.messages.at(-1);
    return last?.reply_markup?.force_reply && !this.isOwn(last) ? last : undefined;
  }
}
