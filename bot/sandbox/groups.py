"""Groups: chats of several people. The bot is in them, was in them, or never heard of them."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.sandbox.accounts import Account, User

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
"""What an administrator may be allowed: https://core.telegram.org/bots/api#chatmemberadministrator"""
ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
FIRST_SUPERGROUP = -1_000_000_000_000
"""Supergroups have the number -100… in front of their own."""

Status = Literal["never", "left", "member", "administrator", "kicked"]
"""What the bot is in a group; "never": it doesn't know that there is one."""


@dataclass
class Topic:
    """A topic of a forum; its id is that of the service message it began with."""

    id: int
    name: str
    creator_id: int
    icon_color: int = ICON_COLORS[0]
    closed: bool = False


@dataclass
class Group:
    """A group or, once it was upgraded, the supergroup that took its place."""

    id: int
    title: str
    owner_id: int
    members: list[int]
    """The accounts in it, the owner included."""
    kind: Literal["group", "supergroup"] = "group"
    is_forum: bool = False
    bot: Status = "never"
    rights: list[str] = field(default_factory=list)
    """The bot's, while it is an administrator."""
    migrated_to: int | None = None
    next_message_id: int = 1
    """Supergroups number their own messages; groups have the bot's numbers."""
    topics: dict[int, Topic] = field(default_factory=dict)

    def chat(self) -> dict[str, Any]:
        """The Bot API Chat."""
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "title": self.title, "type": self.kind, **forum}

    @property
    def has_bot(self) -> bool:
        """Is the bot in it now?"""
        return self.bot in ("member", "administrator")

    def may(self, right: str) -> bool:
        """Is the bot an administrator with this right?"""
        return self.bot == "administrator" and right in self.rights

    def bot_member(self, bot: User) -> dict[str, Any]:
        """The Bot API ChatMember that the bot is."""
        member: dict[str, Any] = {"user": bot, "status": "left" if self.bot == "never" else self.bot}
        if self.bot == "administrator":
            member |= {right: right in self.rights for right in RIGHTS}
            member |= {"can_be_edited": False, "is_anonymous": False, "can_manage_chat": True}
            if self.kind == "group":
                del member["can_manage_topics"]
        elif self.bot == "kicked":
            member["until_date"] = 0
        return member

    def as_json(self) -> dict[str, Any]:
        """All of it, to keep."""
        return asdict(self)


def from_json(kept: dict[str, Any]) -> Group:
    """The other way round; JSON has made words of the topics' numbers."""
    topics = {int(key): Topic(**topic) for key, topic in kept["topics"].items()}
    return Group(**{**kept, "topics": topics})


Chat = Account | Group
"""Where messages are: somebody's private chat with the bot, or a group."""
