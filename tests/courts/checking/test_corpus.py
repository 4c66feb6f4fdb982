"""Every workbook of the corpus gets its verdict on the way that a clerk's file takes: page, check, plan, receipt."""

import re
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.intake.row_facts import RowFacts
from cases.models import AppearanceStatement, Case
from courts.models import Upload
from courts.notifications.confirmation import confirm
from courts.tasks import check
from organisations.authors import Author
from organisations.models import Organisation, Post, User
from organisations.roles import Role
from tests.courts.corpus import ANY, ENTRIES, WARNINGS, packed, parts_of
from tests.lib.test_workbooks import PROBE

ALL = list(ENTRIES.values())
UPLOADED = [each for each in ALL if each.kind == "auto"]
READ = [each for each in UPLOADED if not each.verdict.refused]
MARKED = [each for each in READ if each.verdict.issues and each.fault in {"X08", "X14", "X16", "X20", "X25"}]
MARKED += [ENTRIES[name] for name in ("excel.xlsx", "libreoffice.xlsx", "wps.xlsx", "excel_97.xls")]
# What takes most to look at is read once more in a process whose memory is measured.
HEAVY = (
    "million_rows.xlsx", "million_blank_rows.xlsx", "rows.xlsx", "cells.xlsx", "lying_size.xlsx", "images.xlsx",
    "hundred_thousand_strings.xlsx", "ten_thousand_styles.xlsx", "many_merged.xlsx", "seven_bad_of_500.xlsx",
    "excel_97.xls",
)  # fmt: skip
CALLING = ("external_link.xlsx", "connections.xlsx", "formulas.xlsx", "external_doctype.xlsx")
FACTS = {
    "numbers": lambda row: row.numbers[0].display,
    "series": lambda row: len(row.numbers),
    "kinds": lambda row: row.kind,
    "days": lambda row: row.day.isoformat(),
    "hours": lambda row: row.hearing["time"].isoformat("minutes"),
    "plaintiffs": lambda row: row.case.get("plaintiffs"),
    "phones": lambda row: row.case.get("phone"),
    "attended": lambda row: row.appearance["attended"],
    "heads": lambda row: row.appearance["head_name"],
    "ranks": lambda row: row.appearance["head_rank"],
}
COUNTS = ("accepted", "held", "ignored")


def named(entries):
    return pytest.mark.parametrize("each", entries, ids=[each.name for each in entries])


@cache
def content_of(name):
    return ENTRIES[name].make()


@pytest.fixture
def clerk(world, today, client_of):
    """A browser in which a clerk of the court is signed in."""
    person = User.objects.create_user("clerk", name="林书记")
    Post.objects.create(user=person, organisation=world.court, role=Role.COURT_CLERK)
    return client_of(person)


@pytest.fixture
def upload(clerk, send):
    """Send a workbook of the corpus through the page: what was kept of it, and the page that told of it."""

    def sent(each):
        if each.before:
            send.apply(each.before())
        answer = clerk.post("/court/2026-10/", {"file": SimpleUploadedFile(each.name, content_of(each.name))})
        assert answer.status_code == 302
        check(Upload.objects.latest("pk").pk)  # a large one waits for the background
        page = clerk.get(answer.url)
        assert page.status_code == 200
        return SimpleNamespace(kept=Upload.objects.latest("pk"), page=page.content.decode())

    return sent


def issues_of(kept, expected):
    """The issues found; an error whose code is left open stands for whichever was found in that row."""
    left_open = {row: column for code, row, column in expected if code == ANY}
    found = {(issue["code"], issue["row"], issue["column"]) for issue in kept.report["issues"]}
    return sorted(
        {
            (ANY, row, left_open[row]) if row in left_open and code not in WARNINGS else (code, row, column)
            for code, row, column in found
        }
    )


def counts_of(kept):
    return {name: sum(sheet[name] for sheet in kept.report["sheets"]) for name in ("rows_read", *COUNTS)}


def expected_counts(verdict, found):
    told = {name: getattr(verdict, name) for name in COUNTS}
    told["ignored"] = found["ignored"] if verdict.ignored is None else verdict.ignored
    return {"rows_read": sum(told.values()), **told}


def assert_refused(sent, verdict):
    assert (sent.kept.state, sent.kept.report) == (Upload.State.REFUSED, {})
    assert sent.kept.refusal_code in verdict.refused
    # Only a workbook that could be read is kept: somebody may still say which column is which.
    assert sent.kept.file is None or sent.kept.refusal_code == "no_known_sheet"
    assert sent.kept.refusal in sent.page
    assert re.search("[\u4e00-\u9fff]", sent.kept.refusal)
    for pattern in verdict.says:
        assert re.search(pattern, sent.kept.refusal), pattern


def assert_read(sent, verdict):
    assert (sent.kept.state, sent.kept.refusal_code) == (Upload.State.PLANNED, "")
    assert issues_of(sent.kept, verdict.issues) == sorted(verdict.issues)
    found = counts_of(sent.kept)
    assert found == expected_counts(verdict, found)
    for name, number in verdict.statuses.items():
        assert sum(sheet[name] for sheet in sent.kept.report["sheets"]) == number
    assert all(f"第 {row} 行" in sent.page for _, row, _ in verdict.issues)


def test_every_fault_of_the_catalogue_has_a_workbook():
    assert {each.fault for each in ALL} == {f"X{number:02}" for number in range(1, 26)}
    assert len(ALL) >= 60


def test_openpyxl_reads_with_defusedxml():
    assert openpyxl.DEFUSEDXML


@named(UPLOADED)
def test_an_uploaded_workbook_gets_its_verdict_and_changes_nothing(upload, each):
    organisations = Organisation.objects.count()
    sent = upload(each)
    assert Organisation.objects.count() == organisations
    assert each.before or not Case.objects.exists()
    if each.verdict.refused:
        assert_refused(sent, each.verdict)
        return
    assert_read(sent, each.verdict)
    facts = [RowFacts.from_json(told) for told in sent.kept.rows["facts"]]
    for name, expected in each.verdict.facts.items():
        assert tuple(FACTS[name](row) for row in facts) == expected


@named([each for each in ALL if each.kind != "auto"])
def test_a_workbook_of_another_kind_than_wanted_is_refused(send, each):
    kept = send(content_of(each.name), kind=each.kind)
    assert kept.refusal_code in each.verdict.refused


@named([each for each in READ if each.verdict.says])
def test_the_page_says_what_is_odd(upload, each):
    main = upload(each).page.partition("<main")[2].replace(each.name, "")
    for pattern in each.verdict.says:
        assert re.search(pattern, main), pattern


@named([each for each in READ if each.fault == "X19"])
def test_names_are_kept_byte_for_byte(upload, law, each):
    """In the facts checked, and in the database after the confirmation."""
    kept = upload(each).kept
    facts = [RowFacts.from_json(told) for told in kept.rows["facts"]]
    confirm(kept, author=Author(kept.uploaded_at), law=law)
    [(fact, names)] = each.verdict.facts.items()
    if fact == "heads":
        stored = AppearanceStatement.objects.order_by("pk").values_list("head_name", flat=True)
    else:
        stored = Case.objects.order_by("serial").values_list("plaintiffs", flat=True)
    assert [FACTS[fact](row).encode() for row in facts] == [name.encode() for name in names]
    assert [name.encode() for name in stored] == [name.encode() for name in names]


@named(MARKED)
def test_a_workbook_with_faults_comes_back_marked(upload, clerk, each):
    answer = clerk.get(f"/court/uploads/{upload(each).kept.pk}/marked/")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_good_rows_are_taken_where_a_few_are_bad(upload, law):
    kept = upload(ENTRIES["seven_bad_of_500.xlsx"]).kept
    confirm(kept, author=Author(kept.uploaded_at), law=law)
    assert Case.objects.count() == 493


@named([ENTRIES[name] for name in CALLING])
def test_nobody_outside_is_called(send, each):
    """The addresses in the workbook are made to point at a listener of ours, which nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = b"127.0.0.1:%d" % listener.getsockname()[1]
        parts = {n: c.replace(b"127.0.0.1", address) for n, c in parts_of(content_of(each.name)).items()}
        assert bool(send(packed(parts)).refusal_code) == bool(each.verdict.refused)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_reading_takes_less_than_300_megabytes(tmp_path):
    paths = [tmp_path / name for name in HEAVY]
    for path in paths:
        path.write_bytes(content_of(path.name))
    command = [sys.executable, "-c", PROBE, *map(str, paths)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300
