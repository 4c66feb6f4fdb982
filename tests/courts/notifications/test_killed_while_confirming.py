"""A process killed while it confirms leaves the record as it was, and the next one has the full effect."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings

from tests.courts.confirming_process import POINTS

ROOT = Path(__file__).parents[3]
START = "import django; django.setup(); from tests.courts.confirming_process import main; main()"
ON_EMBEDDED = pytest.mark.skipif(not settings.EMBEDDED, reason="the embedded run kills on SQLite")
ON_SERVER = pytest.mark.skipif(settings.EMBEDDED, reason="DATABASE_URL names no PostgreSQL server")
NUMBERS = count(1)


class Embedded:
    """An SQLite file in a data folder of its own."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, *act):
        """Do an act of `confirming_process` in a new process."""
        told = os.environ | self.environment() | {"DJANGO_SETTINGS_MODULE": "binzhou_litigation.settings"}
        return subprocess.run(
            [sys.executable, "-c", START, *act], cwd=ROOT, env=told, capture_output=True, text=True
        )

    def environment(self):
        # An empty DATABASE_URL also keeps one of a .env file away.
        return {"DATA_DIR": str(self.folder), "DATABASE_URL": ""}

    def copy(self, folder):
        shutil.copytree(self.folder, folder)
        return type(self)(folder)

    def close(self):
        shutil.rmtree(self.folder)


class OnServer(Embedded):
    """A database of its own on the PostgreSQL server; files lie in the folder."""

    def __init__(self, folder, template="template0"):
        super().__init__(folder)
        self.name = f"killed_{os.getpid()}_{next(NUMBERS)}"
        self.url = urlsplit(os.environ["DATABASE_URL"])
        self._on_server(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')

    def environment(self):
        return super().environment() | {"DATABASE_URL": self.url._replace(path=self.name).geturl()}

    def copy(self, folder):
        shutil.copytree(self.folder, folder)
        return OnServer(folder, template=self.name)

    def close(self):
        super().close()
        self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _on_server(self, statement):
        server = self.url._replace(path="postgres", query="").geturl()
        with closing(psycopg2.connect(server)) as connection:
            connection.autocommit = True  # no database is made within a transaction
            connection.cursor().execute(statement)


# All tests of one store share its template: hence one worker, and a scope that keeps them together.
STORES = [
    pytest.param(Embedded, id="sqlite", marks=[ON_EMBEDDED, pytest.mark.xdist_group("killed on sqlite")]),
    pytest.param(
        OnServer, id="postgresql", marks=[ON_SERVER, pytest.mark.xdist_group("killed on postgresql")]
    ),
]


@pytest.fixture(scope="session", params=STORES)
def template(request, tmp_path_factory):
    """A migrated database in which an upload waits for its confirmation; made once."""
    store = request.param(tmp_path_factory.mktemp("template"))
    with closing(store):
        prepared = store.run("prepare")
        assert prepared.returncode == 0, prepared.stderr
        yield store


@pytest.fixture(scope="session")
def undisturbed(template, tmp_path_factory):
    """What a confirmation does that nobody kills."""
    store = template.copy(tmp_path_factory.mktemp("undisturbed") / "data")
    with closing(store):
        yield confirmed(store)


@pytest.fixture(scope="module", params=POINTS)
def killed(request, template, undisturbed, tmp_path_factory):
    """A store whose confirmation was killed at the point, and the process of it."""
    store = template.copy(tmp_path_factory.mktemp("killed") / "data")
    with closing(store):
        process = store.run("kill", request.param, str(undisturbed["inserts"]))
        yield process, confirmed(store)


def confirmed(store):
    """What is there before and after a confirmation in a new process."""
    process = store.run("confirm")
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


# Killed before anything was written, nobody's wish is known: the clerk presses again.
@pytest.fixture(scope="module", params=POINTS[1:])
def restarted(request, template, undisturbed, tmp_path_factory):
    """What the tick after a restart makes of a confirmation that was killed at the point."""
    store = template.copy(tmp_path_factory.mktemp("restarted") / "data")
    with closing(store):
        store.run("kill", request.param, str(undisturbed["inserts"]))
        process = store.run("finish")
        assert process.returncode == 0, process.stderr
        yield json.loads(process.stdout)


def test_after_a_restart_it_is_finished_without_the_clerk(restarted, undisturbed):
    assert restarted["finished"] == 1
    timeless = {what: told for what, told in restarted["effect"].items() if what != "held"}
    assert timeless == {what: told for what, told in undisturbed["effect"].items() if what != "held"}


def test_the_process_died_of_the_signal(killed):
    process, _ = killed
    assert process.returncode == -signal.SIGKILL, process.stderr


def test_every_row_of_every_table_and_every_file_is_as_before(killed, undisturbed):
    _, again = killed
    assert again["before"] == undisturbed["before"]


def test_confirming_again_has_the_full_effect(killed, undisturbed):
    _, again = killed
    assert again["effect"] == undisturbed["effect"]
    assert again["inserts"] == undisturbed["inserts"]


def test_the_effect_is_of_every_kind(undisturbed):
    """Else a confirmation that does nothing would pass."""
    effect = undisturbed["effect"]
    assert undisturbed["before"]["tables"] != undisturbed["after"]["tables"]
    assert effect["broken audit"] == []
    assert all(effect[what] for what in effect if what != "broken audit")
    assert len(effect["notifications"]) == 4
