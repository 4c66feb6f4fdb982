"""A pytest plugin: one mutant in place before anything of the project is imported; chosen tests only."""

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest

from tests.mutants.changes import mutated

PATH, NUMBER = os.environ["MUTANT"].rsplit(":", 1)
MODULE = PATH.removesuffix(".py").replace("/", ".")
CHOSEN = set(Path(os.environ["CHOSEN_TESTS"]).read_text("utf-8").splitlines())


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        return compile(mutated(PATH, int(NUMBER)), self.path, "exec")


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != MODULE:
            return None
        return spec_from_file_location(fullname, PATH, loader=_Loader(fullname, str(Path(PATH).resolve())))


sys.meta_path.insert(0, _Finder())


def pytest_configure() -> None:
    from django.conf import settings

    settings.DATABASES["default"]["TEST"]["NAME"] = os.environ["TEST_DATABASE"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A change of a table may rename tests: those that are gone are left out."""
    items[:] = [item for item in items if item.nodeid in CHOSEN]
