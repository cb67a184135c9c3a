"""What Telegram asks of keyboards beyond their types."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request

Markup = dict[str, Any]

NOT_ACTIONS = {"text", "icon_custom_emoji_id", "style"}
MOST_BUTTONS = 100
LONGEST_CALLBACK_DATA = 64  # bytes
STYLES = {"danger", "success", "primary"}


def check_markup(markup: Markup) -> None:
    """Refuse (400) an inline or reply keyboard that Telegram would refuse."""
    if "inline_keyboard" in markup:
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        for button in buttons:
            _check_inline_button(button)
    elif "keyboard" in markup:
        buttons = [button for row in markup["keyboard"] for button in row]
        if not buttons:
            raise bad_request("reply keyboard must have at least one button")
        for button in buttons:
            _check_reply_button(button)
    else:
        buttons = []
        if not (markup.get("remove_keyboard") or markup.get("force_reply")):
            raise bad_request("object expected as reply markup")
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        raise bad_request("input field placeholder must have 1-64 characters")


def inline_only(markup: Markup | None) -> Markup | None:
    """The part of a reply_markup that belongs to the message itself: an inline keyboard with buttons."""
    rows = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    return {"inline_keyboard": rows} if rows else None


def _check_inline_button(button: Markup) -> None:
    actions = sorted(button.keys() - NOT_ACTIONS)
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: exactly one action is allowed, got {', '.join(actions)}"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    if "web_app" in button and urlsplit(button["web_app"]["url"]).scheme != "https":
        raise bad_request(
            f"inline keyboard button Web App URL '{button['web_app']['url']}' is invalid: Only HTTPS links are allowed"
        )
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("invalid button style specified")


def _check_url(url: str) -> None:
    refusal = f"inline keyboard button URL '{url}' is invalid: "
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        raise bad_request(f"{refusal}Wrong HTTP URL") from None
    if parts.scheme in ("tg", "ton"):
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(f"{refusal}Unsupported URL protocol")
    if "." not in host and ":" not in host:  # localhost, too: Telegram has no use for it
        raise bad_request(f"{refusal}Wrong HTTP URL")


def _check_reply_button(button: Markup) -> None:
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    requests = sorted(button.keys() - NOT_ACTIONS)
    if len(requests) > 1:
        raise bad_request(f"can't parse keyboard button: only one request is allowed, got {', '.join(requests)}")
