"""Someone else was faster: told with what they saved, so that nobody's work is overwritten."""

from collections.abc import Mapping
from typing import Any


class Overtaken(Exception):
    """What was opened has been saved by somebody else since; `theirs` holds it by field, `revision` its number."""

    def __init__(self, theirs: Mapping[str, Any], revision: int, who: str = "") -> None:
        super().__init__("这份内容刚被他人改过。")
        self.theirs, self.revision, self.who = theirs, revision, who
