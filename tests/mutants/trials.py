"""A pytest plugin: the tests once, to see which lines each of them runs; then, for each mutant, those tests.

A change inside a function is made in a fork of this process, where all is imported, collected and the database
filled. What survives there, and every change on module level, is tried again in a process that imports the
module changed.
"""

import functools
import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage
from django.db import connection, connections
from hypothesis import Phase, settings

from tests.mutants.changes import Mutant, mutated

SECONDS = 20  # of tests tried against one mutant, as long as they took without it
COPY, CHOSEN = Path("var/mutant.sqlite3"), Path("var/mutant-tests.txt")
QUIETLY = ["-q", "-p", "no:warnings", "-p", "no:randomly", "-p", "no:cacheprovider"]
PLUGINS = ["-p", "no:hypothesispytest", "-p", "tests.mutants.planted"]
ANEW = [sys.executable, "-m", "pytest", "-x", *QUIETLY, "--reuse-db", *PLUGINS]
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path("var/mutant-pycache").resolve())}
settings.register_profile("mutants", database=None, derandomize=True, phases=[Phase.explicit, Phase.generate])


class Trials:
    """Which of the mutants the collected tests notice."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants, self.survivors = mutants, list[Mutant]()
        self.seconds: dict[str, float] = {}
        self.coverage = Coverage(data_file=None, config_file=False, include=[m.path for m in mutants])
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.say = session.config.pluginmanager.getplugin("terminalreporter").write_line
        self.items = {item.nodeid: item for item in session.items}
        files = {str(Path(mutant.path).resolve()) for mutant in self.mutants}
        cached = [thing for thing in gc.get_objects() if type(thing) is functools._lru_cache_wrapper]
        self.caches = [thing for thing in cached if _file_of(thing.__wrapped__) in files]
        self._watch(session.items)
        connections.close_all()
        self.survivors = [mutant for mutant in self.mutants if not self._noticed(mutant)]
        return True

    def _watch(self, items: list[pytest.Item]) -> None:
        """Every test once; the last one leaves what the session holds standing, the database above all."""
        self.coverage.start()
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            self._forget()
            self.coverage.switch_context(item.nodeid)
            began = perf_counter()
            if _fails(item, following):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            self.seconds[item.nodeid] = perf_counter() - began
        self.coverage.stop()

    def _noticed(self, mutant: Mutant) -> bool:
        killed = bool(mutant.function and self._in_a_fork(mutant)) or self._imported_anew(mutant)
        if not killed:
            self.say(f"{mutant.path} · {mutant.function} · {mutant.line} · {mutant.change}")
        return killed

    def _tests(self, mutant: Mutant, lines: range) -> set[str]:
        """Tests that ran one of the lines."""
        by_line = self.coverage.get_data().contexts_by_lineno(str(Path(mutant.path).resolve()))
        return {test for line in lines for test in by_line.get(line, ()) if test}

    def _chosen(self, mutant: Mutant, tests: set[str]) -> list[str]:
        """Those of the package's own folder first, then the quickest, as long as there is time."""
        own = f"tests/{Path(mutant.path).parent}"
        ordered = sorted(tests, key=lambda test: (not test.startswith(own), self.seconds[test]))
        spent = 0.0
        return [test for test in ordered if (spent := spent + self.seconds[test]) < SECONDS]

    def _in_a_fork(self, mutant: Mutant) -> bool:
        """Only a failing test or the alarm kills; whatever else goes wrong is left to the next trial."""
        tests = self._chosen(mutant, self._tests(mutant, range(mutant.first, mutant.last + 1)))
        limit = 10 + 5 * sum(self.seconds[test] for test in tests)
        _copy_database()
        if not (child := os.fork()):
            try:
                signal.alarm(int(limit))
                self._change(mutant)
                os._exit(self._any_fails([self.items[test] for test in tests]))
            finally:
                os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (1, -signal.SIGALRM)

    def _change(self, mutant: Mutant) -> None:
        """The functions of the module get their changed code, wherever they are known under whatever name."""
        path = str(Path(mutant.path).resolve())
        module = compile(mutated(mutant.path, mutant.number), path, "exec")
        changed = {_place(code): code for code in _codes(module) if code.co_qualname == mutant.function}
        # `type`, because `isinstance` would wake what Django loads lazily.
        for function in [thing for thing in gc.get_objects() if type(thing) is FunctionType]:
            function.__code__ = changed.get(_place(function.__code__), function.__code__)
        self._forget()

    def _any_fails(self, items: list[pytest.Item]) -> bool:
        connection.settings_dict["NAME"] = str(COPY)
        items[0].session._setupstate.teardown_exact(items[0])
        return any(
            _fails(item, following) for item, following in zip(items, [*items[1:], items[0]], strict=True)
        )

    def _forget(self) -> None:
        """What the modules keep in caches was computed before the change, or by another test."""
        for cached in self.caches:
            cached.cache_clear()

    def _imported_anew(self, mutant: Mutant) -> bool:
        """Nothing shows who reads a table, so all tests count that stand in a file with one that ran the module."""
        files = {test.partition("::")[0] for test in self._tests(mutant, range(1, 10_000))}
        tests = self._chosen(mutant, {test for test in self.items if test.partition("::")[0] in files})
        CHOSEN.write_text("\n".join(tests), "utf-8")
        _copy_database()
        change = {"MUTANT": f"{mutant.path}:{mutant.number}", "CHOSEN_TESTS": str(CHOSEN)}
        environment = os.environ | COMPILED | change | {"TEST_DATABASE": str(COPY)}
        try:
            done = subprocess.run(
                [*ANEW, *sorted(files)],
                env=environment,
                capture_output=True,
                timeout=6 * SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def _fails(item: pytest.Item, following: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of all classes and functions of a module."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _file_of(function: object) -> str:
    return function.__code__.co_filename if isinstance(function, FunctionType) else ""


def _copy_database() -> None:
    """A database of its own for each mutant, with nothing left of the last one; none where no test asks for one."""
    for left in COPY.parent.glob(f"{COPY.name}*"):
        left.unlink()
    if Path(connection.settings_dict["NAME"]).exists():
        shutil.copy(connection.settings_dict["NAME"], COPY)
