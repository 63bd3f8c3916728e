"""What goes wrong between the program and its database, in a sentence for the operator."""

from __future__ import annotations

import os
import socket
import ssl

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# Primary result codes of SQLite: https://www.sqlite.org/rescode.html
_SQLITE = {
    3: "may not be read or written ({}); check the rights of its file and folder",
    5: "has been locked by another program for too long; end that program, then try again",
    6: "has been locked by another program for too long; end that program, then try again",
    8: "may not be written ({}); check the rights of its file and folder",
    11: "is damaged ({}); restore it from a backup",
    13: "cannot grow ({}); make room on its disk",
    14: "cannot be opened ({}); check that its folder exists and may be written",
    26: "is not a database of SQLite ({}); restore it from a backup, or name another file in database.url",
}
# Error codes of PostgreSQL, or their first two characters: their class.
_POSTGRESQL = {
    "08": "lost its connection; try again in a moment",
    "28": "refuses the user or the password; check database.url",
    "3D": "is not on that server; create it, or check database.url",
    "40": "was busy with a transaction that stood in the way; try again",
    "42501": "does not let the user do this; grant the user rights on the schema",
    "53": "has no connection or no room left; try again, or raise the server's limits",
    "55P03": "has been locked by another program for too long; end that program, then try again",
    "57P": "is on a server that is starting or stopping; try again in a moment",
}


class StoreFault(Exception):  # noqa: N818 - the house's word for what an operator has to mend
    """A database that cannot be used, in a sentence for the operator: never a password, never what people wrote."""


def fault(name: str, error: Exception) -> StoreFault:
    """Put an error of the database called ``name`` in a sentence; a note names the statement, without its values."""
    if isinstance(error, DBAPIError):
        found = StoreFault(f"the database {name} {_reason(error.orig or error)}")
        if error.statement:
            found.add_note(f"while running: {error.statement}")
        return found
    return StoreFault(f"the database {name} {_reason(error)}")


def _reason(error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, "failed ({})").format(error)
    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if found := _POSTGRESQL.get(state[:length]):
            return found
    match error:
        case PoolTimeoutError():
            return "has had no free connection for too long; try again in a moment"
        case OSError():
            return f"does not answer ({_why(error)}); check that its server runs and that database.url is right"
        case TypeError():
            return f"has a word in its database.url that the driver does not know ({error}); leave it out"
        case _:  # the text of other errors may repeat values, so their names must do
            return f"failed ({type(error).__name__}{state and ' '}{state}); its own log may say more"


def _why(error: OSError) -> str:
    match error:
        case TimeoutError():
            return "no reply in time"
        case socket.gaierror():
            return "unknown host"
        case ssl.SSLError():
            return "no agreement on encryption"
        case OSError(errno=int(number)):
            return os.strerror(number).lower()
        case _:
            return "no connection"
