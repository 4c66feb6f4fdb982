"""How fast a large schedule is checked, planned and confirmed, and how much memory that takes.

Yardsticks, in the same process: for check and plan the bare reading of all cells by openpyxl; for the confirmation
the bulk insert of as many bare cases as the workbook has rows. Works in a database of its own.
"""

import gc
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from openpyxl import Workbook, load_workbook

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings

from cases.law import current_law
from cases.models import Case, Dispute, Source
from courts.models import Upload
from courts.notifications import confirm
from courts.uploads import month_of, plan_upload
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import CourtCode, Organisation

ROWS = 5000
CHECK_LIMIT, CONFIRM_LIMIT, MEMORY_LIMIT = 4.0, 6.0, 300
COURT, MONTH = "鲁1602", "2026-10"
HEADERS = (
    "案号", "审理程序", "案由", "原告", "被诉行政机关", "第三人", "开庭日期", "开庭时间", "法庭", "开庭方式",
    "承办法官", "书记员", "联系电话", "是否通知负责人出庭", "合并审理组", "备注",
)  # fmt: skip
CAUSES = ("行政处罚", "政府信息公开", "工伤保险资格或者待遇认定", "强制拆除房屋或者设施", "不履行职责")
SURNAMES, NAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚"


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement beside its yardstick, in seconds, and how many times the yardstick it may take."""

    name: str
    seconds: float
    yardstick: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick

    def __str__(self) -> str:
        words = "within" if self.ratio <= self.limit else "OVER"
        times = f"{self.seconds:.2f} s / {self.yardstick:.2f} s = {self.ratio:.2f}"
        return f"{self.name}: {times} ({words} {self.limit:.0f})"


def main() -> None:
    """Measure in a fresh database and print."""
    with tempfile.TemporaryDirectory() as folder, override_settings(FILES_DIR=Path(folder)):
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            call_command("load_reference_data", stdout=open(os.devnull, "w"))  # noqa: SIM115
            for result in run():
                print(result)
            print(f"peak memory of all this: {peak_megabytes():.0f} MB (limit {MEMORY_LIMIT})")
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def run() -> list[Result]:
    """Check and plan, then confirm. Expects a migrated database with the reference data."""
    content = build_workbook()
    law = current_law()
    author = Author(this_moment())
    court = CourtCode.objects.get(code=COURT).court

    def plan() -> Upload:
        return plan_upload(
            content, name="排庭.xlsx", court=court, month=month_of(MONTH), kind="auto", author=author, law=law
        )

    bare_read, _ = _best(2, lambda: _read_cells(content))
    planned, upload = _best(2, plan)
    bare_insert, _ = _best(2, lambda: _insert_cases(court, author))
    confirmed, _ = _best(1, lambda: confirm(upload, author=author, law=law))
    return [
        Result(f"check and plan {ROWS} rows, against reading the cells", planned, bare_read, CHECK_LIMIT),
        Result(f"confirm {ROWS} rows, against inserting {ROWS} cases", confirmed, bare_insert, CONFIRM_LIMIT),
    ]


def build_workbook() -> bytes:
    """A schedule with a title and 16 columns, as a court would send it, but for a whole life's work."""
    chance = random.Random(3632)
    agencies = list(
        Organisation.objects.agencies().within("371602").filter(valid_to=None).values_list("name", flat=True)
    )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("排庭")
    sheet.append(["滨州市滨城区人民法院2026年10月行政案件排庭表"])
    sheet.append(HEADERS)
    for serial in range(1, ROWS + 1):
        sheet.append(_row(serial, agencies, chance))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(serial: int, agencies: list[str], chance: random.Random) -> list[Any]:
    return [
        f"（2026）鲁1602行初{serial}号",
        "一审普通程序",
        chance.choice(CAUSES),
        _person(chance),
        "、".join(chance.sample(agencies, 1 + (serial % 10 == 0))),
        _person(chance) if serial % 4 == 0 else None,
        date(2026, 10, chance.randint(9, 30)),
        f"{chance.randint(8, 16)}:30",
        f"第{chance.choice('一二三四')}审判法庭",
        "公开",
        _person(chance),
        _person(chance),
        "0543-5552845",
        "是",
        None,
        "已送达" if serial % 3 == 0 else None,
    ]


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(NAMES, 2))


def _read_cells(content: bytes) -> int:
    """What any program must do to see the cells at all."""
    book = load_workbook(BytesIO(content), read_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _insert_cases(court: Organisation, author: Author) -> None:
    """As many bare rows, in one transaction that is then undone."""
    with transaction.atomic():
        source = Source.objects.create(kind="court", organisation=court, stated_at=author.at)
        dispute = Dispute.objects.create(opened_at=author.at)
        Case.objects.bulk_create(
            Case(
                dispute=dispute, key=f"2020|鲁1602||行初|{serial}", number=f"（2020）鲁1602行初{serial}号", year=2020,
                type_code="行初", serial=serial, court=court, instance="first", cause="行政处罚", plaintiffs="张某",
                filed_on=date(2020, 1, 1), source=source,
            )
            for serial in range(1, ROWS + 1)
        )  # fmt: skip
        transaction.set_rollback(True)


def _best(times: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of so many runs, in seconds, and what the last one gave."""
    shortest, given = float("inf"), None
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        given = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, given


def peak_megabytes() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
