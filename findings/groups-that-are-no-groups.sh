#!/usr/bin/env bash
# Tests of one xdist_group run on several workers, and nothing says so.
#
# Versions: pytest 9.2.0 and 9.1.1; pytest-xdist 3.8.0
# Guess: with --dist loadgroup all tests marked xdist_group("archive") run in one worker, so that what they share is
# made once; a pytest that the plugin does not fit would say so at the start.
# Behaviour: the plugin tells the group by a suffix that it writes to the private `_nodeid` of a test. Since pytest
# 9.2.0 the id of a test is made from another attribute: the suffix is lost, every test is its own group, the run is
# green, and a fixture of module scope is set up once per worker. `-v` shows it: names end in @archive or they do not.
#
# Output:
#   pytest 9.1.1: 20 of 20 names carry their group
#   pytest 9.2.0: 0 of 20 names carry their group
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >test_archive.py <<'PYTHON'
import pytest

pytestmark = pytest.mark.xdist_group("archive")


@pytest.mark.parametrize("number", range(20))
def test_box(number):
    assert number < 20
PYTHON

named() {  # named VERSION: how many of the tests that ran carry their group
  python3 -m venv "venv-$1"
  "venv-$1/bin/pip" install --quiet --disable-pip-version-check "pytest==$1" pytest-xdist==3.8.0
  "venv-$1/bin/pytest" -n 2 --dist loadgroup -v test_archive.py >"seen-$1"
  [[ $(grep -c "PASSED" "seen-$1") == 20 ]]
  grep -c "PASSED.*@archive" "seen-$1" || true
}

old=$(named 9.1.1)
new=$(named 9.2.0)
echo "pytest 9.1.1: $old of 20 names carry their group"
echo "pytest 9.2.0: $new of 20 names carry their group"
[[ $old == 20 && $new == 0 ]]
