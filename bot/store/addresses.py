"""The address of the database: what the configuration calls ``database.url``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.faults import StoreFault

_SQLITE = "sqlite+aiosqlite"
_POSTGRESQL = "postgresql+asyncpg"
_DRIVERS = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}
_KNOWN = "write sqlite:///folder/file.sqlite3 or postgresql://user:password@host/name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is: the url with its driver, and a name for it that holds no password."""

    url: URL
    name: str

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return Path(self.url.database or "")

    @property
    def is_sqlite(self) -> bool:
        """Whether SQLite keeps it."""
        return self.url.drivername == _SQLITE

    def number(self, key: str, default: float) -> float:
        """Give a number of the url's query; raises StoreFault when it is none."""
        given = self.url.query.get(key, default)
        try:
            return float(given)  # type: ignore[arg-type]  # a key given twice is a tuple: TypeError
        except (TypeError, ValueError):
            raise StoreFault(f"database.url: {key} takes a number") from None


def sqlite_url(path: Path) -> str:
    """Write the url of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def parse_address(text: str) -> Address:
    """Read a url; raises StoreFault, without repeating it: it may hold a password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreFault(f"database.url cannot be read; {_KNOWN}") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise StoreFault(f"database.url: {url.drivername}:// is no database that this program knows; {_KNOWN}")
    url = url.set(drivername=driver)
    if driver == _POSTGRESQL:
        return Address(_translated(url), _server(url))
    if url.host or url.username or "uri" in url.query or url.database in {None, "", ":memory:"}:
        raise StoreFault(
            "database.url: SQLite takes three slashes and the path of a file: sqlite:///folder/file.sqlite3"
        )
    return Address(url, str(url.database))


def _server(url: URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{host if isinstance(host, str) else ','.join(host)}{port}/{url.database or ''}"


def _translated(url: URL) -> URL:
    """Translate what libpq's urls say and asyncpg calls otherwise."""
    mode = url.query.get("sslmode")
    return url if mode is None else url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
