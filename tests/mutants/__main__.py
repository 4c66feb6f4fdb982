"""Do the tests notice a change of the rules? Every small change is one mutant; a test that fails kills it.

    python -m tests.mutants               all packages
    python -m tests.mutants rules/names.py    one package or module

Who survives is printed. `tests/mutants.toml` names those that change nothing anyone could notice, and why.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from time import perf_counter

import pytest

from tests.mutants.changes import Mutant, mutants_of
from tests.mutants.trials import QUIETLY, Trials

# What is mutated, and the tests that could notice it.
PACKAGES = {
    "rules": ["tests/rules", "tests/courts/checking/test_written_periods.py"],
    "organisations/access.py": ["tests/organisations", "tests/cases/case_list"],
    "cases/deadlines": ["tests/cases"],
    "courts/checking": ["tests/courts"],
    "reports/figures": ["tests/reports/figures", "tests/reports/scoring"],
}
SLOW = ["--ignore", "tests/rules/test_every_rule_by_brute_force.py"]
EQUIVALENT = Path("tests/mutants.toml")


def main(asked: list[str]) -> int:
    """One process per package, so that each begins with nothing imported."""
    if len(asked) == 1:
        return _try(asked[0])
    codes = [
        subprocess.run([sys.executable, "-m", "tests.mutants", one], check=False).returncode
        for one in asked or PACKAGES
    ]
    return int(any(codes))


def _try(what: str) -> int:
    paths = [what] if what.endswith(".py") else sorted(map(str, Path(what).glob("*.py")))
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    known = {key for key in _known() if key[0] in paths}
    if gone := known - {_key(mutant) for mutant in mutants}:
        print(*(f"{EQUIVALENT}: no such mutant any more: {key}" for key in gone), sep="\n")
        return 1
    tried = [mutant for mutant in mutants if _key(mutant) not in known]
    trials = Trials(tried)
    began = perf_counter()
    tests = next(tests for package, tests in PACKAGES.items() if what.startswith(package))
    os.environ |= {"DATABASE_URL": "", "REDIS_URL": ""}
    if code := pytest.main([*QUIETLY, *SLOW, "--create-db", *tests], plugins=[trials]):
        return int(code)
    survived, equivalent = len(trials.survivors), len(mutants) - len(tried)
    print(
        f"{what}: {len(mutants)} mutants, {len(tried) - survived} killed, {survived} survived,"
        f" {equivalent} equivalent, {(perf_counter() - began) / 60:.0f} minutes"
    )
    return int(survived > 0)


def _known() -> set[tuple[str, ...]]:
    rows = tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"] if EQUIVALENT.exists() else []
    return {(row["path"], row["function"], row["line"], row["change"]) for row in rows}


def _key(mutant: Mutant) -> tuple[str, ...]:
    return mutant.path, mutant.function, mutant.line, mutant.change


sys.exit(main(sys.argv[1:]))
