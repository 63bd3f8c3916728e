"""The database: tables, migrations, one small repository per feature. SQLite by default, PostgreSQL by its url."""
