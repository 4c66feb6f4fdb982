"""How fast a large schedule is read, checked, planned and confirmed, and how much memory that takes.

Yardsticks, in the same process: the bare reading of all cells by openpyxl; the dry run of django-import-export over
the same rows on the same models; the bulk insert of as many bare cases as the workbook has rows, and of as
many bare rows as a confirmation writes.
"""

import os
import random
from datetime import date
from io import BytesIO
from typing import Any

import django
from openpyxl import Workbook, load_workbook

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.apps import apps
from django.db import transaction

from bench.import_export import import_dry
from bench.measuring import Result, best, fresh_database, peak_megabytes
from cases.law import Law, current_law
from cases.models import Case, Dispute, Source
from courts.models import Upload
from courts.notifications.confirmation import confirm
from courts.uploads.planning import examine, month_of, new_upload, plan_upload
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import CourtCode, Organisation

ROWS, CURVE = 5000, (500, 2000, 5000, 10_000, 19_900)
READ_LIMIT, PLAN_LIMIT, IMPORT_LIMIT, CONFIRM_LIMIT, WRITE_LIMIT, MEMORY_LIMIT = 2.0, 4.0, 0.2, 6.0, 4.0, 300
COURT, MONTH = "鲁1602", "2026-10"
HEADERS = (
    "案号", "审理程序", "案由", "原告", "被诉行政机关", "第三人", "开庭日期", "开庭时间", "法庭", "开庭方式",
    "承办法官", "书记员", "联系电话", "是否通知负责人出庭", "合并审理组", "备注",
)  # fmt: skip
CAUSES = ("行政处罚", "政府信息公开", "工伤保险资格或者待遇认定", "强制拆除房屋或者设施", "不履行职责")
SURNAMES, NAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚"


def main() -> None:
    """Measure in fresh databases and print."""
    with fresh_database():
        for result in measure(ROWS):
            print(result)
    print(f"peak memory of all this: {peak_megabytes():.0f} MB (limit {MEMORY_LIMIT})")
    with fresh_database():
        _import_export()
    print("per row, in ms: rows, read and check, confirm")
    for rows in CURVE:
        with fresh_database():
            checking, confirming = per_row(rows)
            print(f"  {rows:6d}  {checking:.3f}  {confirming:.3f}")


def measure(rows: int) -> list[Result]:
    """Read and check, plan, confirm. Expects a migrated database with the reference data."""
    content, court, author, law = build_workbook(rows), _court(), Author(this_moment()), current_law()
    reading, _ = best(3, lambda: _read_cells(content))
    checking, _ = best(3, lambda: examine(content, _new(court, author), law, author.on))
    planning, upload = best(2, lambda: _plan(content, court, author, law))
    inserting, _ = best(3, lambda: _insert_cases(rows, court, author))
    before = _count_rows()
    confirming, _ = best(1, lambda: confirm(upload, author=author, law=law))
    written = _count_rows() - before
    writing, _ = best(2, lambda: _insert_cases(written, court, author))
    cells = f"of {rows} rows, against reading the cells"
    return [
        Result(f"read and check {cells}", checking, reading, READ_LIMIT),
        Result(f"read, check and plan {cells}", planning, reading, PLAN_LIMIT),
        Result(f"confirm {rows} rows, against inserting {rows} cases", confirming, inserting, CONFIRM_LIMIT),
        Result(f"confirm, against inserting the {written} rows it writes", confirming, writing, WRITE_LIMIT),
    ]


def per_row(rows: int) -> tuple[float, float]:
    """Milliseconds per row: to read and check, and to confirm."""
    content, court, author, law = build_workbook(rows), _court(), Author(this_moment()), current_law()
    checking, _ = best(1, lambda: examine(content, _new(court, author), law, author.on))
    upload = _plan(content, court, author, law)
    confirming, _ = best(1, lambda: confirm(upload, author=author, law=law))
    return checking / rows * 1000, confirming / rows * 1000


def _import_export() -> None:
    content, court, author, law = build_workbook(ROWS), _court(), Author(this_moment()), current_law()
    checking, _ = best(2, lambda: examine(content, _new(court, author), law, author.on))
    importing, _ = best(1, lambda: import_dry(content, court, author))
    name = f"read and check {ROWS} rows, against a dry run of django-import-export"
    print(Result(name, checking, importing, IMPORT_LIMIT))


def build_workbook(rows: int) -> bytes:
    """A schedule with 16 columns, as a court would send it, but for a whole life's work."""
    chance = random.Random(3632)
    agencies = list(
        Organisation.objects.agencies().within("371602").filter(valid_to=None).values_list("name", flat=True)
    )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("排庭")
    sheet.append(HEADERS)
    for serial in range(1, rows + 1):
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


def _court() -> Organisation:
    return CourtCode.objects.select_related("court__region").get(code=COURT).court


def _new(court: Organisation, author: Author) -> Upload:
    return new_upload(name="排庭.xlsx", court=court, month=month_of(MONTH), author=author)


def _plan(content: bytes, court: Organisation, author: Author, law: Law) -> Upload:
    return plan_upload(content, name="排庭.xlsx", court=court, month=month_of(MONTH), author=author, law=law)


def _read_cells(content: bytes) -> int:
    """What any program must do to see the cells at all."""
    book = load_workbook(BytesIO(content), read_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _insert_cases(rows: int, court: Organisation, author: Author) -> None:
    """So many bare rows, in one transaction that is then undone."""
    with transaction.atomic():
        source = Source.objects.create(kind="court", organisation=court, stated_at=author.at)
        dispute = Dispute.objects.create(opened_at=author.at)
        Case.objects.bulk_create(
            Case(
                dispute=dispute, key=f"2020|鲁1602||行初|{serial}", number=f"（2020）鲁1602行初{serial}号", year=2020,
                type_code="行初", serial=serial, court=court, instance="first", cause="行政处罚", plaintiffs="张某",
                filed_on=date(2020, 1, 1), source=source,
            )
            for serial in range(1, rows + 1)
        )  # fmt: skip
        transaction.set_rollback(True)


def _count_rows() -> int:
    """Rows in all tables of cases and notifications."""
    return sum(
        model._default_manager.count()
        for app in ("cases", "courts")
        for model in apps.get_app_config(app).get_models()
    )


if __name__ == "__main__":
    main()
