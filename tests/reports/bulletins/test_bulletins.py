"""通报: drafts follow the data, issued papers never change, and everything in them can be proved."""

import json
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pypdfium2
import pytest
from django.core.management import call_command

from cases.models import AppearanceStatement, Case, SeriesGroup
from organisations.files import read
from organisations.models import AuditEntry
from reports.bulletins.bulletins import BulletinRefused, draft_bulletin, hash_of, issue_bulletin, issuer_of
from reports.bulletins.verification import altered, moved
from reports.models import Bulletin
from rules.report_periods import parse_report_period

Q3 = parse_report_period("2026Q3")


def text_of(bulletin):
    pages = pypdfium2.PdfDocument(BytesIO(read(bulletin.pdf)))
    return "".join(re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in pages)


def words(bulletin):
    return "".join(block.get("text", "") for block in bulletin.snapshot["document"]["blocks"])


def later(author, **time):
    return type(author)(at=author.at + timedelta(**time), post=author.post)


@pytest.fixture
def facts(world):
    world.all_told(4, 5, 6, 7, 8, 9)
    world.heard(1, "市公安局")
    absent = world.heard(2, "区住建局", attended=False, verdict="负责人未出庭，未见书面说明。")
    Case.objects.filter(pk=absent.pk).update(plaintiffs="欧阳克勤、王小明等3人、滨州大河置业有限公司")
    world.heard(3, on="06-01", attended=False)
    world.decided(4, "J-REVOKE", lost=True)
    world.decided(5, "R-WITHDRAW-CHANGED")
    world.owes(6)
    return world


@pytest.fixture
def draft(facts, author, law):
    return draft_bulletin("quarterly", Q3, facts.city, author, law)


def test_the_sentences_carry_the_figures_and_the_change_in_points(draft):
    told = words(draft)
    assert (
        "开庭审理2件，负责人出庭应诉1件，出庭应诉率为50.0%（1/2），本期或2026年第二季度不足10件，不作比较"
        in told
    )
    assert "败诉2件，败诉率为66.7%（2/3），2026年第二季度无可比数据" in told
    assert "被告改变行政行为后原告撤诉1件" in told
    assert "应履行的生效裁判义务1项，已履行0项，履行率为0.0%（0/1）" in told


def test_a_series_is_told_beside_the_cases_and_only_where_there_is_one(facts, draft, author, law):
    assert "合并审理的按组计" not in words(draft)
    together = [facts.heard(11), facts.heard(12, attended=False), facts.heard(13, attended=False)]
    group = SeriesGroup.objects.create(court=facts.court, label="11、12、13")
    Case.objects.filter(pk__in=[case.pk for case in together]).update(series=group)
    told = words(draft_bulletin("quarterly", Q3, facts.city, author, law))
    assert "出庭应诉率为40.0%（2/5）" in told
    assert "合并审理的按组计，出庭应诉率为66.7%（2/3）。" in told
    assert "合并审理的按组计，败诉率" not in told


def test_what_is_not_counted_is_told_with_its_reason(facts, author, law):
    facts.hearing(facts.case(8), state="postponed")
    facts.owes(9, certainty="open")
    told = words(draft_bulletin("quarterly", Q3, facts.city, author, law))
    assert "另有1件不计入：延期开庭1件。" in told
    assert "另有1项不计入：有无履行内容待确认1项。" in told


def test_a_quarterly_bulletin_has_its_seven_sections_and_three_annexes(draft):
    document = draft.snapshot["document"]
    assert [block["text"] for block in document["blocks"] if block["kind"] == "heading1"] == [
        "一、总体情况",
        "二、负责人出庭应诉",
        "三、履行生效裁判",
        "四、应诉报告和裁判备案",
        "五、败诉情况",
        "六、存在的问题",
        "七、工作要求",
    ]
    assert [annex["title"] for annex in document["attachments"]] == [
        "2026年第三季度行政应诉工作排名表",
        "负责人未出庭案件清单",
        "逾期未履行、未按期报告备案清单",
    ]


def test_the_rows_of_the_area_table_add_up_to_its_total(draft):
    tables = [block for block in draft.snapshot["document"]["blocks"] if block["kind"] == "table"]
    *areas, total = next(table["rows"] for table in tables if "负责人出庭应诉情况" in table["caption"])
    assert [sum(int(row[column]) for row in areas) for column in (1, 2, 5)] == [
        int(total[c]) for c in (1, 2, 5)
    ]


def test_natural_persons_are_masked_in_the_snapshot_and_in_the_pdf(draft):
    printed = text_of(draft)
    assert "欧阳某" in printed
    assert "滨州大河置业有限公司" in printed
    for name in ("欧阳克勤", "王小明", "张三丰"):
        assert name not in printed
        assert name not in str(draft.snapshot)


def test_drafting_twice_on_the_same_data_gives_the_same_hash_and_the_same_bytes(draft, facts, author, law):
    again = draft_bulletin("quarterly", Q3, facts.city, later(author, minutes=5), law)
    assert (again.pk, again.snapshot_hash, again.pdf_id) == (draft.pk, draft.snapshot_hash, draft.pdf_id)


def test_a_draft_follows_the_data(draft, facts, author, law):
    facts.heard(9)
    again = draft_bulletin("quarterly", Q3, facts.city, author, law)
    assert again.pk == draft.pk
    assert again.snapshot_hash != draft.snapshot_hash
    assert "开庭审理3件" in words(again)


def test_issuing_gives_number_and_date_and_is_audited(draft, author):
    issued = issue_bulletin(draft, " 滨司通[2026]12号", later(author, days=1))
    document = issued.snapshot["document"]
    assert (issued.state, issued.number, document["number"]) == (
        "issued",
        "滨司通〔2026〕12号",
        "滨司通〔2026〕12号",
    )
    assert (document["date_text"], document["draft"]) == ("2026年10月16日", False)
    assert "滨司通〔2026〕12号" in text_of(issued)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["bulletin.draft", "bulletin.issue"]


def test_an_issued_bulletin_is_not_issued_again_and_drafting_makes_a_new_one(draft, facts, author, law):
    issued = issue_bulletin(draft, "滨司通〔2026〕12号", author)
    with pytest.raises(BulletinRefused, match="不能再次印发"):
        issue_bulletin(issued, "滨司通〔2026〕13号", author)
    facts.heard(9)
    fresh = draft_bulletin("quarterly", Q3, facts.city, author, law)
    kept = Bulletin.objects.get(pk=issued.pk)
    assert fresh.pk != issued.pk
    assert (kept.snapshot_hash, kept.pdf_id, kept.number) == (
        issued.snapshot_hash,
        issued.pdf_id,
        issued.number,
    )


def test_a_draft_that_changed_since_it_was_read_is_not_issued(draft, facts, author, law):
    facts.heard(9)
    draft_bulletin("quarterly", Q3, facts.city, author, law)
    with pytest.raises(BulletinRefused, match="草稿在您查看之后又更新过，没有印发"):
        issue_bulletin(draft, "滨司通〔2026〕12号", author)
    assert Bulletin.objects.get().state == "draft"


def test_a_number_is_checked_and_used_once(draft, facts, author, law):
    with pytest.raises(BulletinRefused, match="请填写文号"):
        issue_bulletin(draft, "12", author)
    issue_bulletin(draft, "滨司通〔2026〕12号", author)
    another = draft_bulletin("quarterly", Q3, facts.city, author, law)
    with pytest.raises(BulletinRefused, match="已被使用"):
        issue_bulletin(another, "滨司通〔2026〕12号", author)


def test_a_character_no_font_prints_is_named_and_nothing_is_kept(facts, author, law):
    Case.objects.filter(serial=2).update(plaintiffs="\U0010fffd某人")
    with pytest.raises(BulletinRefused, match="\U0010fffd"):
        draft_bulletin("quarterly", Q3, facts.city, author, law)
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("kind", "period", "issuer", "annexes"),
    [
        ("monthly", "2026-09", "滨州市人民政府办公室", 2),
        ("ranking", "2026Q3", "中共滨州市委督查室", 2),
        ("half_year", "2026H1", "滨州市司法局", 2),
        ("annual", "2026", "滨州市司法局", 2),
    ],
)
def test_each_kind_has_its_issuer_and_a_paper(facts, author, law, kind, period, issuer, annexes):
    made = draft_bulletin(kind, parse_report_period(period), facts.city, author, law)
    assert (made.issuer.name, len(made.snapshot["document"]["attachments"])) == (issuer, annexes)
    assert altered(made) == moved(made) == []


def test_a_kind_refuses_a_period_that_is_not_its_own(facts, author, law):
    with pytest.raises(BulletinRefused, match="季通报的期间须写作 2026Q3 的样式，现为 2026-09"):
        draft_bulletin("quarterly", parse_report_period("2026-09"), facts.city, author, law)


def test_a_county_bulletin_is_the_countys_own(facts, author, law):
    assert issuer_of("quarterly", facts.county).code == "371602-SF"
    made = draft_bulletin("quarterly", Q3, facts.county, author, law)
    assert "全区行政机关被诉案件开庭审理1件" in words(made)


def verify(name):
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_bulletin", str(name), stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue() + err.getvalue()
    return 0, out.getvalue()


def test_verification_agrees_with_an_issued_bulletin_by_number_and_by_file(draft, author, tmp_path):
    issued = issue_bulletin(draft, "滨司通〔2026〕12号", author)
    file = tmp_path / "bulletin.pdf"
    file.write_bytes(read(issued.pdf))
    assert verify("滨司通〔2026〕12号")[0] == verify(file)[0] == 0


def test_what_was_told_since_is_listed_and_is_no_alteration(draft, author):
    issue_bulletin(draft, "滨司通〔2026〕12号", author)
    assert verify("滨司通〔2026〕12号")[1].strip().endswith("数字与现有数据一致。")
    late = AppearanceStatement.objects.filter(attended=False)
    number = late.order_by("pk")[0].hearing.case.number
    late.update(attended=True, counts=True)
    code, told = verify("滨司通〔2026〕12号")
    assert code == 0
    assert told.startswith("文件完整：")
    assert f"负责人出庭应诉率：通报为 1/2，按现有数据为 2/2（分子增加 {number}）。" in told


def _frozen(bulletin, measures):
    bulletin.snapshot["figures"]["measures"] = measures
    bulletin.snapshot_hash = hash_of(bulletin.snapshot)
    bulletin.save()
    return bulletin


def test_verification_proves_a_bulletin_older_than_a_measure(draft):
    older = _frozen(draft, draft.snapshot["figures"]["measures"][1:])
    assert altered(older) == moved(older) == []


def test_verification_names_a_frozen_measure_that_is_defined_no_more(draft):
    gone = {"key": "gone_rate", "label": "旧指标", "numerator": 1, "denominator": 2}
    frozen = _frozen(draft, [gone])
    assert (altered(frozen), moved(frozen)) == ([], ["旧指标：通报为 1/2，现已没有这项指标。"])


def test_verification_names_a_changed_snapshot(draft):
    draft.snapshot["figures"]["measures"][0]["numerator"] = 2
    draft.save()
    assert hash_of(draft.snapshot) != draft.snapshot_hash
    assert altered(draft)[0] == "快照与其散列不一致：内容在拟稿或印发之后被改动过。"


def test_verification_names_a_changed_pdf(draft, tmp_path):
    content = read(draft.pdf)
    draft.pdf.path.write_bytes(content[:-9] + b" " + content[-8:])
    assert any("与入库时不一致" in told for told in altered(draft))
    file = tmp_path / "changed.pdf"
    file.write_bytes(content + b" ")
    assert verify(file) == (1, "文件与平台保存的任何一份通报都不一致：内容被改动过，或者不是本平台生成。\n")


def test_verification_cannot_use_what_is_no_bulletin(world, tmp_path):
    file = tmp_path / "note.pdf"
    file.write_text("通报")
    assert verify(file)[0] == verify("滨司通〔2026〕99号")[0] == 2


def drafted(out, *more):
    args = ["--kind", "quarterly", "--period", "2026Q3", "--region", "371600", "--out", str(out), "--json"]
    told = StringIO()
    call_command("draft_bulletin", *args, *more, stdout=told)
    return json.loads(told.getvalue())


def test_the_command_drafts_and_writes_the_pdf(facts, tmp_path):
    out = tmp_path / "q.pdf"
    told = drafted(out)
    made = Bulletin.objects.get()
    assert out.read_bytes() == read(made.pdf)
    assert (told["id"], told["pdf_sha256"], told["out"]) == (made.pk, made.pdf_id, str(out))


def test_a_dry_run_tells_the_same_and_writes_nothing(facts, tmp_path, files_dir):
    out = tmp_path / "q.pdf"
    tried = drafted(out, "--dry-run")
    assert (list(files_dir.rglob("*")), out.exists(), Bulletin.objects.exists()) == ([], False, False)
    assert not AuditEntry.objects.exists()
    made = drafted(out)
    assert [tried[key] for key in ("title", "pdf_sha256")] == [made[key] for key in ("title", "pdf_sha256")]
    assert (tried["id"], tried["out"]) == (None, None)
