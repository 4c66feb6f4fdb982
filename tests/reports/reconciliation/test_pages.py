import re
from datetime import date

import pytest
from django.contrib.messages import get_messages

from cases.comparison.finding import find_discrepancies
from cases.models import Discrepancy
from cases.reconciliation.deciding import ask_for_material
from tests.cases.reconciliation.conftest import SYSTEM, by_agency
from tests.cases.reconciliation.test_finding import SEEDED, differ_in_appearance
from tests.factories import (
    AppearanceStatementFactory,
    CaseFactory,
    HearingFactory,
    LaneFactory,
    SourceFactory,
)
from tests.queries import assert_constant_queries

MONTH = "/reconcile/2026-09/"
WHY = "核对了庭审笔录"


@pytest.fixture
def clerk(client_of, cast):
    return client_of(cast.office_clerk)


def page_of(one):
    return f"/reconcile/item/{one.pk}/"


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(clerk, one, choice, **other):
    """What the form of the page holds, with a choice and a reason."""
    html = clerk.get(page_of(one)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', html))
    return hidden | {"choice": choice, "reason": WHY, "do": "save"} | other


def another(scene, *, differs=True):
    """One more case of the agency, heard in the same month."""
    lane = LaneFactory(case=CaseFactory())
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 18), state="held")
    AppearanceStatementFactory(lane=lane, hearing=hearing)
    AppearanceStatementFactory(
        lane=lane, hearing=hearing, stated_by="agency", attended=not differs,
        source=SourceFactory(kind="agency", organisation=lane.organisation),
    )  # fmt: skip
    find_discrepancies([lane.pk], law=scene.law, author=SYSTEM)
    return lane


def test_a_month_in_which_all_agree_says_that_it_can_be_counted(scene, clerk):
    scene.agency_says()
    scene.files()
    assert "本月 2 条全部一致，可直接取数" in text(clerk.get(MONTH))


def test_the_counts_of_a_month_add_up(scene, clerk):
    differ_in_appearance(scene)
    scene.files()
    another(scene, differs=False)
    alone = HearingFactory(case=CaseFactory(), day=date(2026, 9, 20), state="held")
    AppearanceStatementFactory(lane=LaneFactory(case=alone.case), hearing=alone)
    told = HearingFactory(case=CaseFactory(), day=date(2026, 9, 21), state="held")
    AppearanceStatementFactory(lane=LaneFactory(case=told.case), hearing=told, stated_by="agency")
    scene.find()
    said = text(clerk.get(MONTH))
    assert "法院 4 条 · 机关 4 条。进度 2/5" in said
    assert re.findall(r"(一致或已办结|不一致|仅法院有|仅机关有) (\d+) ", said)[:4] == [
        ("一致或已办结", "2"), ("不一致", "1"), ("仅法院有", "1"), ("仅机关有", "1"),
    ]  # fmt: skip
    assert "全部一致" not in said


def test_only_months_are_reconciled(scene, clerk):
    assert clerk.get("/reconcile/2026Q3/").status_code == 404


def test_the_menu_leads_to_the_oldest_month_in_which_something_waits(seeded, clerk):
    assert clerk.get("/reconcile/").headers["Location"] == MONTH  # the last that is over
    seeded("performance")
    assert clerk.get("/reconcile/").headers["Location"] == "/reconcile/2026-10/"


@pytest.mark.parametrize("fact", SEEDED)
def test_both_words_stand_side_by_side_with_their_sources_and_the_effect(seeded, clerk, fact):
    one = seeded(fact)
    said = text(clerk.get(page_of(one)))
    for words in (one.court_says, one.agency_says, one.court_source, one.agency_source, "≠ 不一致"):
        assert words in said
    assert "若采信法院通报" in said
    assert "若采信机关填报" in said
    assert "认定之前按" in said


def test_the_effect_is_shown_before_and_told_after(seeded, clerk):
    one = seeded("appearance")
    shown = text(clerk.get(page_of(one)))
    assert "滨城区自然资源局2026年9月负责人出庭应诉率 0.0%（0/1） → 100.0%（1/1）" in shown
    answer = clerk.post(page_of(one), typed(clerk, one, "agency"))
    assert answer.status_code == 302
    (told,) = [str(said) for said in get_messages(answer.wsgi_request)]
    assert "滨城区自然资源局2026年9月负责人出庭应诉率 0.0%（0/1） → 100.0%（1/1）" in told
    settled = text(clerk.get(page_of(one)))
    assert "已认定：采信机关填报" in settled
    assert WHY in settled


def test_one_after_another_until_none_is_left(scene, clerk):
    differ_in_appearance(scene)
    first = scene.only()
    another(scene)
    second = Discrepancy.objects.exclude(pk=first.pk).get()
    said = clerk.get(page_of(first))
    assert "第 1 条，共 2 条" in text(said)
    assert f'href="{page_of(second)}" data-shortcut="j"' in said.content.decode()
    assert f'href="{page_of(first)}" data-shortcut="k"' in clerk.get(page_of(second)).content.decode()
    assert clerk.post(page_of(first), typed(clerk, first, "court")).headers["Location"] == page_of(second)
    assert clerk.post(page_of(second), typed(clerk, second, "explain")).headers["Location"] == MONTH


def test_nothing_is_chosen_beforehand_and_nothing_saved_without_choice_and_reason(seeded, clerk):
    one = seeded("appearance")
    assert "checked" not in clerk.get(page_of(one)).content.decode()
    answer = clerk.post(page_of(one), typed(clerk, one, "", reason=""))
    assert answer.status_code == 422
    assert "请选择结论。" in text(answer)
    assert "请填写理由。" in text(answer)
    assert Discrepancy.objects.get().state == "open"


def test_what_the_court_corrected_meanwhile_is_shown_and_judged_anew(scene, clerk):
    scene.agency_says(held_on=date(2026, 9, 17))
    one = scene.only()
    form = typed(clerk, one, "agency")
    scene.hearing.day = date(2026, 9, 18)
    scene.hearing.save()
    answer = clerk.post(page_of(one), form)
    assert answer.status_code == 409
    assert "法院刚刚更正了此条，已更新左栏，请重新判断。" in text(answer)
    assert "2026-09-18" in text(answer)
    assert WHY in answer.content.decode()  # what was typed stays
    assert Discrepancy.objects.get().state == "open"


def test_figures_that_moved_meanwhile_are_shown_again(scene, clerk):
    differ_in_appearance(scene)
    one = scene.only()
    form = typed(clerk, one, "agency")
    another(scene, differs=False)
    answer = clerk.post(page_of(one), form)
    assert answer.status_code == 409
    assert "指标刚有变化" in text(answer)
    assert Discrepancy.objects.get().state == "open"
    assert clerk.post(page_of(one), typed(clerk, one, "agency")).status_code == 302


def test_both_sides_see_what_is_asked_for_each_in_its_own_words(seeded, scene, clerk, client_of, cast):
    one = seeded("appearance")
    answer = clerk.post(page_of(one), typed(clerk, one, "ask", reason="请补充庭审笔录和出庭照片"))
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.state, one.answer_due_on) == ("open", date(2026, 10, 20))
    case = f"/cases/{scene.case.pk}/"
    court, liaison = client_of(cast.clerk), client_of(cast.liaison)
    for browser, word in ((court, "协查提示"), (liaison, "请补充材料")):
        assert word in text(browser.get(case))
        said = text(browser.get(page_of(one)))
        assert "请补充庭审笔录和出庭照片" in said
        assert "影响" not in said
        assert "保存并看下一条" not in said
        assert browser.post(page_of(one), {"do": "save"}).status_code == 403
    assert "协查提示" in text(court.get("/", follow=True))
    assert "与法院通报不一致、请补充材料 1 件" in text(liaison.get("/desk/"))
    assert "法院与机关说法不一致、待核对 1 件" in text(clerk.get("/desk/"))


def test_a_court_is_never_told_of_a_return(seeded, client_of, cast, office, law):
    one = seeded("appearance")
    ask_for_material(one, what="请补充庭审笔录", revision=1, author=office, law=law)
    court = client_of(cast.clerk)
    assert "退回" not in text(court.get(page_of(one)))


def test_before_anybody_asks_the_sides_are_told_nothing(seeded, scene, client_of, cast):
    seeded("appearance")
    for part in ("clerk", "liaison"):
        said = text(client_of(getattr(cast, part)).get(f"/cases/{scene.case.pk}/"))
        assert "机关填报为" not in said


def test_whoever_acted_for_the_agency_reads_and_does_not_decide(seeded, scene, clerk, cast):
    one = seeded("appearance")
    scene.lane.appearances.filter(stated_by="agency").update(source=by_agency(post=cast.post.office_clerk))
    said = text(clerk.get(page_of(one)))
    assert "由其他人员认定" in said
    assert "保存并看下一条" not in said


def test_the_pages_ask_the_same_however_much_there_is(scene, clerk):
    differ_in_appearance(scene)
    scene.find()
    assert_constant_queries(clerk, MONTH, lambda: [another(scene) for _ in range(2)])
