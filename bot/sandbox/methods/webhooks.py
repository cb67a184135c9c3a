"""Methods that say how the bot wants its updates."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.common import Parameters
from bot.sandbox.webhook import DEFAULT_CONNECTIONS, Target
from bot.sandbox.world import World

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET_TOKEN = 256


def set_webhook(world: World, parameters: Parameters) -> bool:
    """Push updates to this address from now on; an empty one ends it."""
    secret = parameters.get("secret_token", "")
    if len(secret) > LONGEST_SECRET_TOKEN:
        raise bad_request("secret token is too long")
    if not SECRET_TOKEN.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.get("max_connections", DEFAULT_CONNECTIONS)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be 1-100")
    if parameters["url"]:
        _check_url(parameters["url"])
    _drop_if_asked(world, parameters)
    world.updates.allow(parameters.get("allowed_updates"))
    world.webhook.set(Target(parameters["url"], secret, connections))
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    """Back to getUpdates."""
    _drop_if_asked(world, parameters)
    world.webhook.set(Target())
    return True


def get_webhook_info(world: World, parameters: Parameters) -> dict[str, Any]:
    """How it goes with the webhook."""
    target = world.webhook.target
    info: dict[str, Any] = {
        "url": target.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if target.url:
        info["max_connections"] = target.max_connections
    if target.last_error_date is not None:
        info |= {
            "last_error_date": target.last_error_date,
            "last_error_message": target.last_error_message,
        }
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _drop_if_asked(world: World, parameters: Parameters) -> None:
    if parameters.get("drop_pending_updates"):
        world.updates.drop()


def _check_url(url: str) -> None:
    """Telegram wants https; towards this machine the sandbox is content with http."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if not host or parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: invalid URL specified")
    if parts.scheme == "http" and not _is_loopback(host):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
