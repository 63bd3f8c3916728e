"""What the server writes: users, guilds, channels and messages as Discord's JSON."""

from __future__ import annotations

from tests.wire.model import Attachment, Channel, Guild, Json, Member, Message, MessageFlag, Overwrite, Role, User


def user(one: User) -> Json:
    """Write a user."""
    return {
        "id": str(one.id),
        "username": one.name,
        "global_name": None if one.bot else one.name.title(),
        "discriminator": "0000" if one.bot else "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "bot": one.bot,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }


def member(one: Member, *, with_user: bool = True, permissions: int | None = None) -> Json:
    """Write a member; in an interaction with the permissions in its channel."""
    written: Json = {
        "roles": [str(role) for role in one.roles],
        "joined_at": one.joined_at,
        "nick": one.nick,
        "avatar": None,
        "banner": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
    }
    if with_user:
        written["user"] = user(one.user)
    if permissions is not None:
        written["permissions"] = str(int(permissions))
    return written


def role(one: Role) -> Json:
    """Write a role."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(int(one.permissions)),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def overwrite(one: Overwrite) -> Json:
    """Write an overwrite."""
    return {"id": str(one.id), "type": one.kind, "allow": str(int(one.allow)), "deny": str(int(one.deny))}


def channel(one: Channel) -> Json:
    """Write a channel of any kind."""
    last = str(one.last_message_id) if one.last_message_id else None
    written: Json = {"id": str(one.id), "type": int(one.kind), "last_message_id": last, "flags": 0}
    if one.guild_id is None:
        return written | {"recipients": [user(recipient) for recipient in one.recipients]}
    parent = str(one.parent_id) if one.parent_id else None
    written |= {"guild_id": str(one.guild_id), "name": one.name, "parent_id": parent, "rate_limit_per_user": 0}
    if one.is_thread:
        return written | _thread(one)
    return written | {
        "position": 0,
        "nsfw": False,
        "topic": None,
        "permission_overwrites": [overwrite(entry) for entry in one.overwrites.values()],
    }


def _thread(one: Channel) -> Json:
    return {
        "owner_id": str(one.owner_id),
        "message_count": len(one.messages),
        "total_message_sent": len(one.messages),
        "member_count": len(one.thread_members),
        "thread_metadata": {
            "archived": one.archived,
            "locked": one.locked,
            "auto_archive_duration": 1440,
            "archive_timestamp": one.created_at,
            "create_timestamp": one.created_at,
        },
    }


def thread_member(one: Channel, user_id: int) -> Json:
    """Write that somebody is in a thread."""
    return {"id": str(one.id), "user_id": str(user_id), "join_timestamp": one.created_at, "flags": 1}


def guild(one: Guild) -> Json:
    """Write a guild as REST gives it."""
    nothing = dict.fromkeys((
        "icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id",
        "afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code",
        "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data",
    ))  # fmt: skip
    zero = dict.fromkeys((
        "system_channel_flags", "verification_level", "default_message_notifications", "mfa_level",
        "explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level",
    ), 0)  # fmt: skip
    limits = {"max_members": 500_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25}
    no = dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False)
    return {
        **nothing, **zero, **limits, **no,
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "region": "deprecated",
        "afk_timeout": 300,
        "preferred_locale": one.locale,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(entry) for entry in one.roles.values()],
    }  # fmt: skip


def gateway_guild(one: Guild, bot_id: int, joined_at: str) -> Json:
    """Write a guild as the gateway gives it: without privileged intents the bot is its only member."""
    channels = [entry for entry in one.channels.values() if not entry.deleted]
    return guild(one) | {
        "joined_at": joined_at,
        "large": len(one.members) > 250,
        "member_count": len(one.members),
        "members": [member(one.members[bot_id])],
        "channels": [channel(entry) for entry in channels if not entry.is_thread],
        "threads": [channel(entry) for entry in channels if entry.is_thread and not entry.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(one: Attachment, cdn: str) -> Json:
    """Write an attachment."""
    url = cdn + one.path
    written: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.content),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
    }
    if one.description is not None:
        written["description"] = one.description
    return written


def message(one: Message, cdn: str, users: dict[int, User]) -> Json:
    """Write a message as REST and interactions give it."""
    written: Json = {
        "id": str(one.id),
        "type": one.kind,
        "channel_id": str(one.channel.id),
        "author": user(one.author),
        "content": one.content,
        "timestamp": one.timestamp,
        "edited_timestamp": one.edited,
        "tts": False,
        "mention_everyone": one.pings_everyone,
        "mentions": [user(users[ping]) for ping in sorted(one.pings)],
        "mention_roles": [str(ping) for ping in sorted(one.role_pings)],
        "attachments": [attachment(entry, cdn) for entry in one.attachments],
        "embeds": one.embeds,
        "components": one.components,
        "pinned": one.pinned,
        "flags": int(one.flags | (MessageFlag.HAS_THREAD if one.thread else 0)),
    }
    if one.nonce is not None:
        written["nonce"] = one.nonce
    if one.interaction is not None:
        written["interaction_metadata"] = one.interaction
    if one.webhook_id is not None:
        written["webhook_id"] = written["application_id"] = str(one.webhook_id)
    if one.reply_to is not None:
        written |= _reply(one.reply_to, cdn, users)
    if one.thread is not None:
        written["thread"] = channel(one.thread)
    return written


def _reply(to: Message, cdn: str, users: dict[int, User]) -> Json:
    reference = {"type": 0, "channel_id": str(to.channel.id), "message_id": str(to.id)}
    if to.channel.guild_id is not None:
        reference["guild_id"] = str(to.channel.guild_id)
    inner = None if to.deleted else message(to, cdn, users)
    if inner is not None:
        inner.pop("referenced_message", None)
    return {"message_reference": reference, "referenced_message": inner}
