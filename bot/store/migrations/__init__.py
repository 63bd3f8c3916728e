"""Migrations of the database, run by Alembic inside the transaction that ``bot.store.upgrade`` has begun."""
