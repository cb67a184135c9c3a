"""The Bot API's methods, one module a subject. Each is a function from world and checked parameters to the result."""

from bot.sandbox.methods import answering, editing, profile, sending, topics, webhooks
from bot.sandbox.methods.common import Method

METHODS: dict[str, Method] = {
    **sending.METHODS,
    **editing.METHODS,
    **answering.METHODS,
    **profile.METHODS,
    **topics.METHODS,
    **webhooks.METHODS,
}
