"""Where a year is kept: a database of its own on the server that DATABASE_URL names, else SQLite in a folder."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

SUFFIX = "_year"


def url_of_year(url: str) -> str:
    """The same server, a database beside the named one; empty stays empty."""
    if not url:
        return ""
    named = urlsplit(url)
    return urlunsplit(named._replace(path=f"/{named.path.strip('/') or 'binzhou'}{SUFFIX}"))


@contextmanager
def own_database(url: str) -> Iterator[None]:
    """The database of the year, empty at the beginning and gone at the end."""
    if not url:
        yield
        return
    _make_anew(url)
    try:
        yield
    finally:
        _close()
        _run(url, "DROP DATABASE IF EXISTS {}")


def _make_anew(url: str) -> None:
    _run(url, "DROP DATABASE IF EXISTS {}")
    _run(url, "CREATE DATABASE {}")


def _run(url: str, statement: str) -> None:
    """On the server's own database: none is made or dropped from within."""
    import psycopg2
    from psycopg2 import sql

    named = urlsplit(url)
    server = psycopg2.connect(urlunsplit(named._replace(scheme="postgresql", path="/postgres")))
    server.autocommit = True
    with closing(server), server.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(named.path.strip("/"))))


def _close() -> None:
    from django.db import connections

    connections.close_all()


def size() -> int:
    """Bytes that the database takes."""
    from django.db import connection

    asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    if connection.vendor == "postgresql":
        asked = "SELECT pg_database_size(current_database())"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])
