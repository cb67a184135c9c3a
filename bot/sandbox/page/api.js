// What a Telegram app asks of its server.

async function call(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
  return response.json();
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function getState() {
  return call("/client/state", { cache: "no-store" });
}

export function fileUrl(fileId) {
  return `/client/files/${encodeURIComponent(fileId)}`;
}

/** `content` is {text} | {location} | {sticker} | {contact}, with reply_to_message_id when it replies. */
export function sendMessage(accountId, content) {
  return post(`/client/accounts/${accountId}/messages`, content);
}

/** `kind` is "photo", "voice" or "document"; `duration`, of a voice, is in whole seconds. */
export function sendFile(accountId, kind, file, { caption, replyTo, duration } = {}) {
  const form = new FormData();
  form.append(kind, file, file.name);
  if (caption) form.append("caption", caption);
  if (duration) form.append("duration", String(duration));
  if (replyTo) form.append("reply_to_message_id", String(replyTo));
  return call(`/client/accounts/${accountId}/messages`, { method: "POST", body: form });
}

export function editMessage(accountId, messageId, text) {
  return post(`/client/accounts/${accountId}/edits`, { message_id: messageId, text });
}

/** Resolves to {callback_query_id}. */
export function press(accountId, messageId, data) {
  return post(`/client/accounts/${accountId}/press`, { message_id: messageId, data });
}

/** `content` is {account_id, text}, with topic_id and reply_to_message_id where there are. */
export function sendToGroup(groupId, content) {
  return post(`/client/groups/${groupId}/messages`, content);
}

/** Resolves to {callback_query_id}. */
export function pressInGroup(groupId, accountId, messageId, data) {
  return post(`/client/groups/${groupId}/press`, { account_id: accountId, message_id: messageId, data });
}

export function setBlocked(accountId, blocked) {
  return post(`/client/accounts/${accountId}/block`, { blocked });
}
