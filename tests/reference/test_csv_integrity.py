"""The committed reference tables agree with one another before any loader reads them."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from organisations.models import usual_group
from organisations.querysets import SUED_KINDS

ROOT = Path(__file__).parents[2]
ORGANISATION_DATA = ROOT / "organisations" / "data"
CASE_DATA = ROOT / "cases" / "data"
SPECIAL_OFFICES = {
    "government",
    "legal_office",
    "political_legal",
    "supervision",
    "assessment",
    "government_office",
}
KINDS = SPECIAL_OFFICES | {
    "department",
    "township",
    "subdistrict",
    "zone_committee",
    "authorised_body",
    "vertical",
}
CHINESE_NAME = re.compile(r"[\u4e00-\u9fa5]+")
ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})?")


def read(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


REGIONS = read(ORGANISATION_DATA / "regions.csv")
REGION_KIND = {row["code"]: row["kind"] for row in REGIONS}
COURTS = read(ORGANISATION_DATA / "courts.csv")
COURT_CODES = read(ORGANISATION_DATA / "court_codes.csv")
COURT_AREAS = read(ORGANISATION_DATA / "court_areas.csv")
ORGANISATIONS = read(ORGANISATION_DATA / "organisations.csv")
ALIASES = read(ORGANISATION_DATA / "aliases.csv")
CAUSES = read(CASE_DATA / "causes.csv")
DOMAINS = read(CASE_DATA / "domains.csv")
BY_CODE = {row["code"]: row for row in ORGANISATIONS}
REGION_CODES = {row["code"] for row in REGIONS}
COURT_CODE_SET = {row["code"] for row in COURTS}


def period(row):
    return row["valid_from"] or "0000-00-00", row["valid_to"] or "9999-99-99"


def overlap(one, other):
    (from_one, to_one), (from_other, to_other) = period(one), period(other)
    return from_one <= to_other and from_other <= to_one


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize(
    "path", [*sorted(ORGANISATION_DATA.glob("*.csv")), *sorted(CASE_DATA.glob("*.csv"))], ids=lambda p: p.name
)
def test_tables_are_utf8_with_lf_and_full_rows(path):
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    width = {len(row) for row in csv.reader(raw.decode("utf-8").splitlines())}
    assert len(width) == 1


@pytest.mark.parametrize(
    ("rows", "key"),
    [(REGIONS, "code"), (COURTS, "code"), (ORGANISATIONS, "code"), (CAUSES, "code"), (DOMAINS, "key")],
    ids=["regions", "courts", "organisations", "causes", "domains"],
)
def test_codes_are_unique(rows, key):
    assert repeated(row[key] for row in rows) == []


def test_the_city_has_seven_counties_and_three_zones():
    kinds = Counter(row["kind"] for row in REGIONS if row["parent"] == "371600")
    assert kinds == {"county": 7, "zone": 3}
    assert next(row["kind"] for row in REGIONS if row["code"] == "371600") == "city"


def test_zone_codes_are_marked_as_our_own():
    assert {row["note"] for row in REGIONS if row["kind"] == "zone"} == {"平台自编码"}


def test_every_region_but_the_province_has_a_parent_that_exists():
    assert {row["parent"] for row in REGIONS if row["kind"] != "province"} <= REGION_CODES
    assert [row["code"] for row in REGIONS if not row["parent"]] == ["370000"]


def test_ten_courts_report_through_the_intermediate_court():
    assert Counter(row["level"] for row in COURTS) == {"high": 1, "intermediate": 1, "basic": 8}
    assert {row["superior"] for row in COURTS if row["level"] == "basic"} == {"鲁16"}
    assert {row["region"] for row in COURTS} <= REGION_CODES


def test_a_former_court_code_leads_to_one_known_court():
    assert {row["court"] for row in COURT_CODES} <= COURT_CODE_SET
    assert repeated(row["code"] for row in COURT_CODES) == []
    assert COURT_CODE_SET.isdisjoint(row["code"] for row in COURT_CODES)
    leads = {row["code"]: row["court"] for row in COURT_CODES}
    assert (leads["鲁1624"], leads["鲁1626"], leads["滨中"]) == ("鲁1603", "鲁1681", "鲁16")


def test_every_county_and_zone_has_exactly_one_basic_court():
    basic = {row["code"] for row in COURTS if row["level"] == "basic"}
    areas = [row["region"] for row in COURT_AREAS if row["court"] in basic]
    assert sorted(areas) == sorted(row["code"] for row in REGIONS if row["kind"] in {"county", "zone"})


def test_jurisdiction_over_zones_without_a_court_is_marked_unconfirmed():
    notes = {row["region"]: row["note"] for row in COURT_AREAS}
    assert (notes["371672"], notes["371673"]) == ("管辖法院待确认", "管辖法院待确认")


def test_organisations_refer_only_to_what_exists():
    assert {row["region"] for row in ORGANISATIONS} <= REGION_CODES
    assert {row["superior"] for row in ORGANISATIONS} - {""} <= BY_CODE.keys()
    assert {row["successor"] for row in ORGANISATIONS} - {""} <= BY_CODE.keys()
    assert {row["domain"] for row in ORGANISATIONS} <= {row["key"] for row in DOMAINS}


def test_organisations_use_known_kinds_and_levels():
    assert {row["kind"] for row in ORGANISATIONS} == KINDS
    assert {row["level"] for row in ORGANISATIONS} == {"municipal", "county", "township"}


def test_organisation_codes_start_with_the_city_or_a_division():
    assert [c for c in BY_CODE if not re.fullmatch(r"(BZ|3716\d\d)-[A-Z]+(-[A-Z]+)?", c)] == []


def test_names_are_chinese_and_unique():
    names = [row[field] for row in ORGANISATIONS for field in ("name", "short_name")]
    assert [name for name in names if not CHINESE_NAME.fullmatch(name)] == []
    assert repeated(row["name"] for row in ORGANISATIONS) == []
    assert repeated(row["short_name"] for row in ORGANISATIONS) == []


@pytest.mark.parametrize("rows", [ORGANISATIONS, ALIASES, COURT_CODES, COURTS], ids=len)
def test_validity_is_iso_and_does_not_end_before_it_begins(rows):
    assert all(ISO_DATE.fullmatch(row[field]) for row in rows for field in ("valid_from", "valid_to"))
    assert [row for row in rows if period(row)[0] > period(row)[1]] == []


def test_an_organisation_ends_exactly_when_it_has_a_successor():
    assert [row["code"] for row in ORGANISATIONS if bool(row["valid_to"]) != bool(row["successor"])] == []


def test_succession_ends_at_an_organisation_of_today():
    for row in ORGANISATIONS:
        seen = {row["code"]}
        while row["successor"]:
            row = BY_CODE[row["successor"]]
            assert row["code"] not in seen
            seen.add(row["code"])
        assert row["valid_to"] == ""


def test_a_successor_starts_no_later_than_the_day_after_the_end():
    gaps = [
        row["code"]
        for row in ORGANISATIONS
        if row["successor"] and BY_CODE[row["successor"]]["valid_from"] > next_day(row["valid_to"])
    ]
    assert gaps == []


def next_day(day):
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def test_superiors_form_no_circle():
    for row in ORGANISATIONS:
        seen = {row["code"]}
        while row["superior"]:
            row = BY_CODE[row["superior"]]
            assert row["code"] not in seen
            seen.add(row["code"])


def test_uncertain_reform_dates_say_so():
    assert [r["code"] for r in ORGANISATIONS if r["valid_to"] and "日期待核" not in r["note"]] == []


@pytest.mark.parametrize("region", [r["code"] for r in REGIONS if r["kind"] in {"city", "county"}])
def test_city_and_every_county_have_each_special_office_once(region):
    offices = [row["kind"] for row in ORGANISATIONS if row["region"] == region and not row["valid_to"]]
    assert {kind: offices.count(kind) for kind in SPECIAL_OFFICES} == dict.fromkeys(SPECIAL_OFFICES, 1)


@pytest.mark.parametrize("region", [r["code"] for r in REGIONS if r["kind"] == "zone"])
def test_every_zone_has_a_committee_and_a_legal_office(region):
    kinds = Counter(row["kind"] for row in ORGANISATIONS if row["region"] == region)
    assert (kinds["zone_committee"], kinds["legal_office"]) == (1, 1)


def test_the_city_has_at_least_55_departments_of_today():
    current = [
        row
        for row in ORGANISATIONS
        if row["level"] == "municipal" and row["kind"] in {"department", "vertical"} and not row["valid_to"]
    ]
    assert len(current) >= 55


@pytest.mark.parametrize("region", [r["code"] for r in REGIONS if r["kind"] == "county"])
def test_every_county_has_its_bureaus_and_towns(region):
    current = [row for row in ORGANISATIONS if row["code"].startswith(region) and not row["valid_to"]]
    kinds = Counter(row["kind"] for row in current)
    assert kinds["department"] >= 25
    assert kinds["township"] + kinds["subdistrict"] >= 10


def test_every_organisation_that_can_be_sued_has_a_group_and_no_other_has():
    groups = {row["code"]: usual_group(row["kind"], REGION_KIND[row["region"]]) for row in ORGANISATIONS}
    sued = {row["code"] for row in ORGANISATIONS if row["kind"] in SUED_KINDS}
    assert {code for code, group in groups.items() if group} == sued
    of_today = {row["code"] for row in ORGANISATIONS if not row["valid_to"]}
    counted = Counter(group for code, group in groups.items() if code in of_today)
    assert (counted["counties"], counted["zones"]) == (7, 3)
    assert counted["departments"] + counted["vertical"] >= 55


def test_an_alias_leads_to_one_organisation_at_any_time():
    named = [{**row, "organisation": row["code"]} for row in ORGANISATIONS]
    texts = {}
    for row in [*named, *ALIASES]:
        texts.setdefault(row["name"], []).append(row)
    shared = [pair for rows in texts.values() for pair in combinations(rows, 2) if overlap(*pair)]
    assert shared == []


def test_aliases_are_many_and_refer_to_organisations():
    assert len(ALIASES) >= 400
    assert {row["organisation"] for row in ALIASES} <= BY_CODE.keys()
    assert {row["kind"] for row in ALIASES} == {"short", "former", "variant"}
    assert [row for row in ALIASES if not CHINESE_NAME.fullmatch(row["name"])] == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("市自规局", "BZ-ZRZY"),
        ("滨城区住建局", "371602-ZJ"),
        ("滨城公安分局", "371602-GA"),
        ("邹平县国土资源局", "371626-GT"),
        ("邹平市国土资源局", "371681-GT"),
        ("国家税务总局惠民县税务局", "371621-SWS"),
        ("滨州市公安局开发区分局", "371671-GA"),
        ("邹平县魏桥镇人民政府", "371681-WEIQIAO"),
    ],
)
def test_names_as_courts_write_them_are_known(written, code):
    found = {row["organisation"] for row in ALIASES if row["name"] == written}
    found |= {row["code"] for row in ORGANISATIONS if row["name"] == written}
    assert found == {code}


def test_every_short_name_is_also_an_alias_or_the_name():
    known = {(row["organisation"], row["name"]) for row in ALIASES}
    known |= {(row["code"], row["name"]) for row in ORGANISATIONS}
    assert [row["code"] for row in ORGANISATIONS if (row["code"], row["short_name"]) not in known] == []


def test_causes_form_the_tree_of_2021():
    levels = Counter(row["level"] for row in CAUSES)
    assert (levels["1"], levels["2"]) == (1, 22)
    assert levels["3"] >= 130
    by_code = {row["code"]: row for row in CAUSES}
    depths = {(row["level"], by_code[row["parent"]]["level"]) for row in CAUSES if row["parent"]}
    assert depths == {("2", "1"), ("3", "2")}
    assert {row["valid_from"] for row in CAUSES} == {"2021-01-01"}


def test_cause_names_are_unique_under_their_parent():
    assert repeated((row["parent"], row["name"]) for row in CAUSES) == []


def test_management_domains_are_about_twenty_in_order():
    assert [int(row["position"]) for row in DOMAINS] == list(range(1, 25))
