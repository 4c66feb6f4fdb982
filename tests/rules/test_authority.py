import csv
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from rules.appearance import Source, prevailing
from rules.authority import AUTHORITY, Fact, load_authority
from rules.strict_toml import DataFileError

ON = date(2026, 10, 28)
with (Path(__file__).parent / "tables" / "authority.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row.values()))
def test_who_prevails_until_a_person_decides(row):
    stated = {source: row[source.value] or None for source in Source}
    standing = load_authority().of(row["fact"], on=ON).standing(stated, proven=row["proven"] == "yes")
    assert standing.source.value == row["prevails"]
    assert standing.value == row[row["prevails"]]
    assert [source.value for source, _ in standing.conflicts] == row["others"].split()


def test_of_appearances_the_table_says_what_the_rule_does():
    rule = load_authority().of("appearance", on=ON)
    for words in product((None, "出庭", "未出庭"), repeat=3):
        stated = dict(zip(Source, words, strict=True))
        assert rule.standing(stated) == prevailing(stated)


def test_every_fact_is_there_cited_with_days_and_somebody_who_may_contest():
    table = load_authority()
    assert {one.fact for one in table.versions} == set(Fact)
    assert all(one.citation and one.contested_by and one.contest_days == 5 for one in table.versions)
    assert all(one.tolerance_days == 0 for one in table.versions)
    assert table.material_days == 3
    assert table.of("receipt", on=date(2017, 1, 1)).version == 1


def test_an_unknown_fact_is_refused():
    with pytest.raises(KeyError):
        load_authority().of("weather", on=ON)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-10-28", "2026-10-28", True),
        ("2026-10-28", "2026-10-29", False),
        ("postponed", "2026-10-28", False),
        ("出庭", "出庭", True),
        ("出庭", "未出庭", False),
    ],
)
def test_days_and_words_agree_or_not(one, other, same):
    assert load_authority().of("hearing_day", on=ON).agree(one, other) is same


def changed(tmp_path, old, new, *, count=1):
    path = tmp_path / "authority.toml"
    path.write_text(AUTHORITY.read_text("utf-8").replace(old, new, count), encoding="utf-8")
    return path


def test_a_tolerance_lets_near_days_agree(tmp_path):
    path = changed(tmp_path, "tolerance_days = 0", "tolerance_days = 1", count=9)
    rule = load_authority(path).of("receipt", on=ON)
    assert rule.agree("2026-10-28", "2026-10-29")
    assert rule.agree("2026-10-29", "2026-10-28")
    assert not rule.agree("2026-10-28", "2026-10-30")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "appearance"', 'key = "weather"', "不认识的事实“weather”"),
        ('label = "开庭日期"', 'label = "开庭日"', "名称应为“开庭日期”"),
        ('order = ["court", "office", "agency"]', 'order = ["court", "agency"]', "写全法院、司法局、机关"),
        ('order = ["court", "office", "agency"]', 'order = ["court", "court", "agency"]', "不重复"),
        ('contested_by = ["agency"]', 'contested_by = ["mayor"]', "不认识的陈述方“mayor”"),
        ('contested_by = ["agency"]', "contested_by = []", "至少一方"),
        ("tolerance_days = 0", "tolerance_days = -1", "不能为负"),
        ("contest_days = 5", "contest_days = 0", "至少为 1"),
        ("material_days = 3", "material_days = 0", "至少为 1"),
        ("version = 1", "version = 2", "从 1 起连续"),
        ("tolerance_days = 0", "tolerance_days = 0\nmood = 1", "不认识的键 mood"),
    ],
)
def test_what_the_table_must_not_say_is_refused_with_its_place(tmp_path, old, new, says):
    with pytest.raises(DataFileError, match=says):
        load_authority(changed(tmp_path, old, new))


def test_a_changed_rule_is_a_further_version_from_the_day_after(tmp_path):
    further = (
        '[[fact]]\nkey = "effect"\nlabel = "是否生效"\nversion = 2\nvalid_from = {first}\ncitation = "新规定"\n'
        'order = ["agency", "court", "office"]\ntolerance_days = 0\ncontested_by = ["court"]\ncontest_days = 5\n\n'
    )
    ended = 'label = "是否生效"\nversion = 1\nvalid_from = 2018-01-01\nvalid_to = 2026-12-31'
    path = changed(tmp_path, 'label = "是否生效"\nversion = 1\nvalid_from = 2018-01-01', ended)
    text = path.read_text("utf-8")
    path.write_text(text + "\n" + further.format(first="2027-01-01"), encoding="utf-8")
    table = load_authority(path)
    assert [table.of("effect", on=day).version for day in (date(2026, 12, 31), date(2027, 1, 1))] == [1, 2]
    path.write_text(text + "\n" + further.format(first="2027-01-02"), encoding="utf-8")
    with pytest.raises(DataFileError, match="紧接上一版"):
        load_authority.__wrapped__(path)


def test_a_further_version_counts_from_its_day_and_leaves_the_others():
    table = load_authority()
    other = replace(table.of("outcome", on=ON), version=2, valid_from=date(2026, 11, 1), contest_days=9)
    further = table.with_versions([other])
    days = (date(2026, 10, 31), date(2026, 11, 1))
    assert [further.of("outcome", on=day).contest_days for day in days] == [5, 9]
    assert [further.of("effect", on=day).contest_days for day in days] == [5, 5]
    assert table.of("outcome", on=days[1]).contest_days == 5
