"""行政行为种类: the second level of 案由 (法发〔2020〕44号), found in the words in which a court names the cause."""

from functools import cache

from cases.models import Cause
from cases.record.reference_data import DATA
from organisations.reference import read_csv

LEVEL = 2
LENGTH = 4  # of the code of a kind: 010103 罚款 is one of 0101 行政处罚


class ActKinds:
    """The kinds by code, and the words that name them; one query."""

    def __init__(self) -> None:
        causes = list(
            Cause.objects.filter(level__gte=LEVEL).order_by("code").values_list("code", "level", "name")
        )
        self.names = {code: name for code, level, name in causes if level == LEVEL}
        self._words = {name: code for code, _, name in causes} | _other_words()

    def find(self, cause: str) -> str | None:
        """The code of the kind: by the longest known words in the text, the last of those; None without any."""
        text = "".join(cause.split())
        found = [(len(word), text.rindex(word), code) for word, code in self._words.items() if word in text]
        return max(found)[2][:LENGTH] if found else None


@cache
def _other_words() -> dict[str, str]:
    """What courts write beside the names of the catalogue."""
    return {row["word"]: row["code"] for row in read_csv(DATA / "cause_words.csv")}
