// What the page knows of a group: who is in it, its topics, and all that was said there.

import { kindName } from "./media.js";
import { AccountState } from "./state.js";
import { t } from "./texts.js";

/** What is said outside the topics has this for its topic. */
export const GENERAL = 0;

export function topicOf(message) {
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** Whether somebody says something with it; what Telegram itself notes, such as a new topic, isn't shown. */
export function isSaid(message) {
  return (message.text ?? message.caption) !== undefined || kindName(message) !== "";
}

export class GroupState extends AccountState {
  load(group) {
    super.load(group);
    this.all = this.all.filter(isSaid);
  }

  update(group) {
    super.update({ title: `${t("demo.group.role")} · ${group.title}`, first_name: group.title, started: true });
    this.people = group.people ?? this.people;
    this.topics = group.topics;
    this.acting ??= group.members[0];
    if (!this.topics.some(({ id }) => id === this.topic)) this.topic = GENERAL;
  }

  /** Everybody's topics, the newest first; what is closed comes last. */
  get topicList() {
    const newestFirst = [...this.topics].sort((a, b) => a.closed - b.closed || b.id - a.id);
    return [{ id: GENERAL, name: t("demo.group.general"), closed: false }, ...newestFirst];
  }

  get messages() {
    return this.all.filter((message) => topicOf(message) === this.topic);
  }

  isOwn(message) {
    return message.from?.id === this.acting;
  }

  lastEditable() {
    return undefined;
  }
}
