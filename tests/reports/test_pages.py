"""The pages: what they show in every state, who may see them, and how often they ask the database."""

from urllib.parse import unquote

import pytest

from organisations.models import AuditEntry
from reports.bulletins.bulletins import draft_bulletin, issue_bulletin
from reports.models import Bulletin, BulletinReading
from rules.report_periods import parse_report_period

Q3 = parse_report_period("2026Q3")
PAGES = [
    "/figures/",
    "/figures/2026Q3/appearance_rate/",
    "/scores/2026Q3/",
    "/scores/2026Q3/?group=departments",
    "/bulletins/",
    "/cockpit/?period=2026Q3",
]


@pytest.fixture
def draft(world, author, law):
    world.heard(1, attended=False, verdict="负责人未出庭，未见书面说明。")
    world.heard(2)
    return draft_bulletin("quarterly", Q3, world.city, author, law)


@pytest.fixture
def issued(draft, author):
    return issue_bulletin(draft, "滨司通〔2026〕12号", author)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_without_any_data_says_so(world, page_of, url):
    assert any(
        word in page_of("city_office_clerk", url) for word in ("本期无", "没有", "还没有", "这一部分没有案件")
    )


# A measure is compared with two other periods, whose gaps are looked at as well.
MOST_QUERIES = {"/figures/2026Q3/appearance_rate/": 52}


@pytest.mark.parametrize("url", PAGES)
def test_queries_do_not_grow_with_the_rows(world, cast, client_of, url, django_assert_max_num_queries):
    for serial in range(1, 9):
        agency = list(world.agencies)[serial % 4]
        world.due(world.heard(serial, agency, attended=serial % 3 != 0), "judgment_filing", agency=agency)
        world.owes(serial + 20)
    client = client_of(cast.city_office_head)
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES.get(url, 36)):
        assert client.get(url).status_code == 200


def test_figures_show_rate_parts_and_definition_and_lead_to_their_cases(world, page_of):
    case = world.heard(1)
    world.heard(2, attended=False)
    page = page_of("city_office_clerk", "/figures/?period=2026Q3")
    assert "50.0%" in page
    assert "（1/2）" in page
    assert "负责人出庭的案号÷" in page
    page = page_of("city_office_clerk", "/figures/2026Q3/appearance_rate/?part=numerator")
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in page


def test_figures_are_of_the_readers_own_region(world, page_of):
    world.heard(1)
    world.heard(2, "区住建局")
    assert "（2/2）" in page_of("city_office_clerk", "/figures/?period=2026Q3")
    assert "（1/1）" in page_of("office_clerk", "/figures/?period=2026Q3")


def test_a_unit_shows_each_lost_point_with_its_case(world, page_of):
    case = world.heard(1, "区住建局", attended=False)
    page = page_of("city_office_clerk", "/scores/2026Q3/371602/")
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in page
    assert "-25.0" in page
    assert "滨城区 · 72.0 分" in page


def test_the_cockpit_says_what_is_missing_in_cases(world, page_of):
    world.all_told(7, 8, 9)
    world.heard(1, attended=False)
    world.heard(2)
    world.owes(3, due="09-05")
    page = page_of("leader", "/cockpit/?period=2026Q3")
    assert "负责人出庭应诉率、履行生效裁判率未到 100%，差在 2 件。" in page
    assert "最长逾期 40 天" in page


def test_the_cockpit_says_that_data_are_missing(world, page_of):
    world.heard(1, attended=False)
    page = page_of("leader", "/cockpit/?period=2026Q3")
    assert "负责人出庭应诉率未到 100%，差在 1 件；负责人出庭应诉率数据不全。" in page
    assert "本期数据不全，不作比较" in page


def test_missing_data_open_to_their_cases(world, page_of):
    world.hearing(world.case(1), "09-01", state="scheduled")
    page = page_of("city_office_clerk", "/coverage/2026Q3/")
    assert "滨城法院 2026-09 排庭 1 件尚无结果" in page
    assert "/coverage/2026Q3/hearing_without_result/?region=371600&amp;court=鲁1602&amp;month=2026-09" in page
    cases = page_of(
        "city_office_clerk", "/coverage/2026Q3/hearing_without_result/?court=鲁1602&month=2026-09"
    )
    assert "（2026）鲁1602行初1号" in cases


def test_a_region_below_is_chosen(world, page_of):
    world.heard(1, "区住建局")
    world.heard(2)
    page = page_of("city_office_clerk", "/figures/2026Q3/appearance_rate/?region=371602")
    assert "（1/1）" in page


def test_a_region_beside_is_not_there(cast, client_of):
    asked = "/figures/2026Q3/appearance_rate/?region=371621"
    assert client_of(cast.office_clerk).get(asked).status_code == 404


@pytest.mark.parametrize("part", ["liaison", "agency_head", "clerk", "system_admin"])
def test_who_may_not_read_figures_gets_403(world, page_of, part):
    for url in ("/figures/", "/figures/2026Q3/appearance_rate/", "/scores/2026Q3/", "/cockpit/"):
        page_of(part, url, 403)


@pytest.mark.parametrize(
    "url", ["/figures/?period=2026Q9", "/figures/2026Q3/rate/", "/scores/2026-13/", "/scores/2026Q3/nobody/"]
)
def test_an_address_that_names_nothing_is_404(world, page_of, url):
    page_of("city_office_clerk", url, 404)


def test_the_bare_ranking_leads_to_the_last_quarter_that_is_over(world, cast, client_of):
    assert client_of(cast.city_office_clerk).get("/scores/").url == "/scores/2026Q3/"


def test_a_draft_is_seen_by_its_drafters_and_leaders_alone(draft, page_of):
    url = f"/bulletins/{draft.pk}/"
    assert "尚未印发" in page_of("city_office_clerk", url)
    assert "印发通报" not in page_of("city_office_clerk", url)
    page_of("leader", url)
    for part in ("liaison", "foreign_office_clerk", "office_head", "assessment"):
        page_of(part, url, 404)


def test_a_countys_bulletin_is_not_for_another_county(world, author, law, page_of):
    made = draft_bulletin("quarterly", Q3, world.county, author, law)
    issue_bulletin(made, "滨城司通〔2026〕1号", author)
    page_of("office_clerk", f"/bulletins/{made.pk}/")
    for url in (f"/bulletins/{made.pk}/", f"/bulletins/{made.pk}.pdf"):
        page_of("foreign_office_clerk", url, 404)


def test_the_page_of_a_bulletin_masks_names(draft, page_of):
    page = page_of("city_office_clerk", f"/bulletins/{draft.pk}/")
    assert "张某" in page
    assert "张三丰" not in page


def test_opening_and_confirming_are_two_facts(issued, cast, client_of):
    client = client_of(cast.liaison)
    assert "确认收悉</button>" in client.get(f"/bulletins/{issued.pk}/").content.decode()
    assert BulletinReading.objects.get().confirmed_at is None
    answer = client.post(f"/bulletins/{issued.pk}/confirm/", follow=True)
    reading = BulletinReading.objects.get()
    assert (reading.post.user, reading.confirmed_at is not None) == (cast.liaison, True)
    assert "确认收悉</button>" not in answer.content.decode()


def test_a_draft_leaves_no_receipt(draft, page_of):
    page_of("leader", f"/bulletins/{draft.pk}/")
    assert not BulletinReading.objects.exists()


def test_the_pdf_has_a_chinese_name_and_each_download_is_audited(issued, cast, client_of):
    answer = client_of(cast.liaison).get(f"/bulletins/{issued.pk}.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "滨司通〔2026〕12号 滨州市司法局关于2026年第三季度全市行政应诉工作情况的通报.pdf" in unquote(
        answer["Content-Disposition"]
    )
    assert AuditEntry.objects.filter(verb="bulletin.download", object_id=str(issued.pk)).count() == 1


def test_drafting_from_the_page(world, cast, client_of):
    world.heard(1)
    answer = client_of(cast.city_office_clerk).post(
        "/bulletins/draft/", {"kind": "quarterly", "period": "2026Q3"}
    )
    made = Bulletin.objects.get()
    assert (answer.url, made.drafted_by.user, made.region_id) == (
        f"/bulletins/{made.pk}/",
        cast.city_office_clerk,
        "371600",
    )


def test_drafting_with_a_period_that_does_not_fit_explains_itself(world, cast, client_of):
    answer = client_of(cast.city_office_clerk).post(
        "/bulletins/draft/", {"kind": "monthly", "period": "2026Q3"}
    )
    assert answer.status_code == 422
    assert "月通报的期间须写作 2026-10 的样式" in answer.content.decode()


def shown_hash(client, url):
    """The snapshot that the check page was made of."""
    return client.get(url).context["form"]["snapshot_hash"].value()


def test_issuing_says_what_it_does_and_then_issues(draft, cast, client_of):
    client = client_of(cast.city_office_head)
    url = f"/bulletins/{draft.pk}/issue/"
    assert "印发后不能修改，有误的只能在下一期通报中更正" in client.get(url).content.decode()
    seen = shown_hash(client, url)
    assert client.post(url, {"number": "12", "snapshot_hash": seen}).status_code == 422
    assert client.post(url, {"number": "滨司通〔2026〕12号", "snapshot_hash": seen}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.issued_by.user) == ("issued", cast.city_office_head)
    assert "本通报已印发" in client.get(url).content.decode()


def test_issuing_is_refused_when_the_draft_is_not_the_one_that_was_shown(
    draft, cast, client_of, world, author, law
):
    client, url = client_of(cast.city_office_head), f"/bulletins/{draft.pk}/issue/"
    seen = shown_hash(client, url)
    world.heard(9)
    draft_bulletin("quarterly", Q3, world.city, author, law)
    for shown in ({"snapshot_hash": seen}, {}):
        answer = client.post(url, {"number": "滨司通〔2026〕12号"} | shown)
        assert answer.status_code == 422
        assert "草稿在您查看之后又更新过，没有印发。" in answer.content.decode()
    assert Bulletin.objects.get().state == "draft"


def test_a_city_reads_a_countys_draft_but_is_offered_neither_issuing_nor_refreshing(
    cast, page_of, world, author, law
):
    url = f"/bulletins/{draft_bulletin('quarterly', Q3, world.county, author, law).pk}/"
    offered = {part: page_of(part, url) for part in ("city_office_head", "office_head", "office_clerk")}
    assert {part: "/issue/" in page for part, page in offered.items()} == {
        "city_office_head": False,
        "office_head": True,
        "office_clerk": False,
    }
    assert {part: "按现有数据更新" in page for part, page in offered.items()} == {
        "city_office_head": False,
        "office_head": True,
        "office_clerk": True,
    }


def test_only_the_head_of_its_own_office_issues(draft, cast, client_of, world, author, law):
    url = f"/bulletins/{draft.pk}/issue/"
    assert client_of(cast.city_office_clerk).post(url, {"number": "滨司通〔2026〕1号"}).status_code == 403
    assert client_of(cast.office_head).post(url, {"number": "滨司通〔2026〕1号"}).status_code == 404
    of_county = draft_bulletin("quarterly", Q3, world.county, author, law)
    own = f"/bulletins/{of_county.pk}/issue/"
    assert client_of(cast.city_office_head).post(own, {"number": "滨司通〔2026〕1号"}).status_code == 403
    head, number = client_of(cast.office_head), "滨城司通〔2026〕1号"
    answer = head.post(own, {"number": number, "snapshot_hash": shown_hash(head, own)})
    assert answer.status_code == 302


def test_a_case_says_what_it_costs_each_unit_and_an_agency_reads_its_own_lines(
    world, page_of, cast, client_of
):
    absent = world.heard(1, attended=False, verdict="负责人未出庭，未见书面说明。")
    fine = world.heard(2)
    text = page_of("city_office_clerk", f"/scores/cases/{absent.pk}/")
    assert "2026年第三季度" in text
    assert "负责人未出庭，未见书面说明或者法院认定理由不成立" in text
    assert "没有扣分" in page_of("city_office_clerk", f"/scores/cases/{fine.pk}/")
    assert client_of(cast.foreign_liaison).get(f"/scores/cases/{absent.pk}/").status_code == 404
