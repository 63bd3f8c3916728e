"""Rows of digests: read as records; opened, moved, held back and followed by the next.

Whoever changes a schedule and its deliveries locks the schedule first, so that nobody waits in a circle. A claim locks
deliveries alone, and never waits for one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, insert, select, update

from bot.store.digest_records import Delivery, Schedule
from bot.store.tables import digest_deliveries as deliveries
from bot.store.tables import digest_schedules as schedules
from bot.store.tables import is_open

AnyRow = Row[*tuple[object, ...]]

# Of an open delivery that a worker has taken up, a message may be on its way: neither its time nor its channel changes
# then, because the message is known by them.
is_untouched = and_(deliveries.c.state == "due", deliveries.c.claimed_since.is_(None))


def scheduled() -> Select[*tuple[object, ...]]:
    """State the schedules, each with the time of its open delivery."""
    opened = and_(deliveries.c.schedule_id == schedules.c.id, is_open)
    both = schedules.outerjoin(deliveries, opened)
    return select(schedules, deliveries.c.due.label("next_due")).select_from(both)


def to_schedule(row: AnyRow, next_due: datetime | None) -> Schedule:
    """Read a row of schedules."""
    return Schedule(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        pack=row.pack,
        rule=row.rule,
        setting=row.setting,
        role_id=row.role_id,
        author_id=row.user_id,
        state=row.state,
        resume_at=row.resume_at,
        why=row.why,
        created=row.created,
        next_due=next_due,
    )


def to_delivery(row: AnyRow) -> Delivery:
    """Read a row of deliveries."""
    return Delivery(
        id=row.id,
        schedule_id=row.schedule_id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        pack=row.pack,
        due=row.due,
        state=row.state,
        attempts=row.attempts,
        next_try=row.next_try,
        claimed_since=row.claimed_since,
        message_id=row.message_id,
        sent_at=row.sent_at,
        late=row.late,
        why=row.why,
        entries=tuple(row.entries),
        number=row.number,
        role_id=row.role_id,
        setting=row.setting,
    )


def locked(connection: Connection, guild_id: int, schedule_id: int) -> AnyRow | None:
    """Give a server's schedule, locked."""
    here = (schedules.c.guild_id == guild_id, schedules.c.id == schedule_id)
    return connection.execute(select(schedules).where(*here).with_for_update()).one_or_none()


def schedule_of(connection: Connection, delivery_id: int) -> AnyRow | None:
    """Give the schedule of a delivery, locked; None when it never had one, or when it is gone."""
    meant = select(deliveries.c.schedule_id).where(deliveries.c.id == delivery_id).scalar_subquery()
    return connection.execute(select(schedules).where(schedules.c.id == meant).with_for_update()).one_or_none()


def new_delivery(due: datetime) -> dict[str, object]:
    """Give what a delivery has while it waits for its time."""
    return {
        "due": due,
        "next_try": due,
        "state": "due",
        "attempts": 0,
        "wakes": due,
        "late": False,
        "why": "",
        "setting": {},
        "entries": [],
    }


def open_delivery(connection: Connection, schedule: AnyRow, due: datetime) -> None:
    """Open a schedule's next delivery, of which it has none."""
    row = new_delivery(due) | {"schedule_id": schedule.id, "number": schedule.number}
    row |= {"guild_id": schedule.guild_id, "channel_id": schedule.channel_id, "pack": schedule.pack}
    connection.execute(insert(deliveries).values(row | ({} if wakes(schedule) else {"wakes": None})))


def move(connection: Connection, schedule: AnyRow, due: datetime | None) -> None:
    """Bring the open delivery to its schedule's channel and to another time; without one, open one.

    One that is under way stays as it is; the next one takes the time.
    """
    values = {"channel_id": schedule.channel_id}
    if due is not None:
        values |= {"due": due, "next_try": due, "attempts": 0, "why": ""}
    mine = deliveries.c.schedule_id == schedule.id
    moved = connection.execute(update(deliveries).where(mine, is_untouched).values(values)).rowcount > 0
    if due is not None:
        under_way = None if moved else connection.scalar(select(deliveries.c.due).where(mine, is_open))
        # To move what is under way to its own time is no wish for another one at that time.
        if under_way is None or due > under_way:
            later = due if under_way is not None else None
            connection.execute(update(schedules).where(schedules.c.id == schedule.id).values(moved_to=later))
        if not moved and under_way is None and wakes(schedule):
            open_delivery(connection, schedule, due)
    settle(connection, schedule)


def settle(connection: Connection, schedule: AnyRow) -> None:
    """Let what is due wait while its schedule rests, and be claimed while it does not."""
    woken = deliveries.c.next_try if wakes(schedule) else None
    mine = (deliveries.c.schedule_id == schedule.id, deliveries.c.state == "due", is_open)
    connection.execute(update(deliveries).where(*mine).values(wakes=woken))


def follow(connection: Connection, schedule: AnyRow, due: datetime | None, *, counts: bool) -> None:
    """Open the delivery after one that was closed, or end the schedule; ``counts``: it was a digest of its own number.

    The time that an edit asked for meanwhile goes first: the worker's is from the rule before.
    """
    due = schedule.moved_to or due
    values: dict[str, object] = {"moved_to": None, "number": schedule.number + counts}
    if due is None:
        values |= {"state": "ended", "resume_at": None}
    statement = update(schedules).where(schedules.c.id == schedule.id).values(values).returning(schedules)
    after = connection.execute(statement).one()
    if due is not None and after.state != "ended":
        open_delivery(connection, after, due)


def stop(connection: Connection, *meant: ColumnElement[bool], **values: object) -> bool:
    """Let an active or paused schedule rest, as ``values`` say; False when it is none."""
    statement = update(schedules).where(*meant, schedules.c.state.in_(["active", "paused"]))
    stopped = connection.execute(statement.values({"resume_at": None, **values}).returning(schedules)).one_or_none()
    if stopped is not None:
        settle(connection, stopped)
    return stopped is not None


def finish(connection: Connection, schedule_id: int) -> None:
    """End a schedule: what is due is dropped, what is being delivered right now is the last one."""
    values = {"state": "ended", "resume_at": None, "moved_to": None}
    connection.execute(update(schedules).where(schedules.c.id == schedule_id).values(values))
    drop_due(connection, schedule_id)


def drop_due(connection: Connection, schedule_id: int) -> None:
    """Drop the open delivery of a schedule unless it is being delivered right now."""
    mine = (deliveries.c.schedule_id == schedule_id, deliveries.c.state == "due", is_open)
    connection.execute(delete(deliveries).where(*mine))


def wakes(schedule: AnyRow) -> bool:
    """Tell whether what a schedule has open may be claimed: the last one of a schedule that has ended, too."""
    return schedule.state not in {"paused", "disabled"}
