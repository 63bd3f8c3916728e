"""Digests: their schedules and their deliveries, which change together."""

from __future__ import annotations

from bot.store.digest_deliveries import DigestDeliveries
from bot.store.digest_schedules import DigestSchedules


class Digests(DigestSchedules, DigestDeliveries):
    """Keeps what moderators schedule and post, and what became of it."""
