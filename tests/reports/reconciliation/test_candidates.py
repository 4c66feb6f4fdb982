"""疑似同一案 on the screen: the queue, one question, a whole batch, and the figures that were announced."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages

from cases.matching import queue
from cases.models import Candidate, Case
from cases.reconciliation.one_case import candidates_of
from organisations.models import AuditEntry, StoredFile
from reports.figures.measures import MEASURES
from reports.models import MonthLock
from reports.reconciliation.locking import MonthLocked
from reports.reconciliation.one_case import announced, decide
from reports.reconciliation.snapshots import FiguresMoved
from tests.cases.matching.conftest import DAY, alike, pairs, registered, seek, told  # noqa: F401 - a fixture
from tests.factories import DecisionFactory, DecisionOutcomeFactory, PaperFactory, at, organisation
from tests.queries import assert_constant_queries
from tests.reports.reconciliation.test_effects import figures, moved
from tests.reports.reconciliation.test_pages import text
from tests.structure.crawl import fingerprints

QUEUE = "/reconcile/candidates/"
COURT, AGENCY = "（2026）鲁1602行初61号", "（2026）鲁1602行初16号"


@pytest.fixture
def clerk(client_of, cast):
    return client_of(cast.office_clerk)


@pytest.fixture
def author(cast):
    return at(DAY, cast.post.office_clerk)


@pytest.fixture
def decided(alike, cast):  # noqa: F811
    """Both sides tell of the judgment, each under its number: it is counted twice until they are one case."""
    for lane in (alike.court_lane, alike.agency_lane):
        decision = DecisionFactory(case=lane.case)
        DecisionOutcomeFactory(decision=decision, lane=lane)
    PaperFactory(lane=alike.agency_lane, submitted_by=cast.post.liaison)
    return alike


def batch(many):
    for serial in range(101, 101 + many):
        told(f"（2026）鲁1603行初{serial}号", court=organisation("鲁1602"), plaintiffs=f"孙见{serial}")
        registered(f"（2026）鲁1602行初{serial}号", plaintiffs=f"孙见{serial}")
    seek()
    return Candidate.objects.first()


def page_of(item, together=False):
    return f"{QUEUE}{item.pk}/" + ("together/" if together else "")


def typed(clerk, url, choice, **other):
    html = clerk.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([\w-]*)">', html))
    return hidden | {"choice": choice, "reason": "", "do": "save"} | other


# What is announced, and what happens


def test_confirming_changes_exactly_the_figures_that_it_announced(decided, author, county, law):
    items = candidates_of([decided.pk])
    told_before = announced(items, county, author=author, law=law)
    before = figures(county, author.on)
    lines = decide(items, county, reason="", seen=told_before.seen, author=author, law=law)
    assert lines == told_before.lines
    after = figures(county, author.on)
    assert {(one.period, one.scope, one.measure) for one in lines} == moved(printed(before), printed(after))
    decided.refresh_from_db()
    assert decided.effects
    assert decided.effects == [[o.period, o.scope, o.measure, o.before, o.after] for o in lines]


def test_announcing_leaves_no_trace(decided, author, county, law):
    before = fingerprints(), AuditEntry.objects.count()
    announced(candidates_of([decided.pk]), county, author=author, law=law)
    assert (fingerprints(), AuditEntry.objects.count()) == before


def test_other_figures_than_those_that_were_read_write_nothing(decided, author, county, law):
    with pytest.raises(FiguresMoved):
        decide(candidates_of([decided.pk]), county, reason="", seen="another", author=author, law=law)
    assert pairs() == [(COURT, AGENCY)]


def printed(found):
    """Of what is only counted, the count; of rates both parts."""
    counts = {measure.label for measure in MEASURES.values() if not measure.is_rate}
    return {key: (numerator, 0 if key[2] in counts else of) for key, (numerator, of) in found.items()}


def test_in_a_locked_month_a_clerk_moves_no_figure_and_a_head_does(decided, author, county, cast, law):
    MonthLock.objects.create(
        region=county, month="2026-09", locked_at=author.at, locked_by=cast.post.office_head, figures=[],
        pdf=StoredFile.objects.create(digest="b" * 64, size=1, media_type="application/pdf", stored_at=author.at),
    )  # fmt: skip
    items = candidates_of([decided.pk])
    seen = announced(items, county, author=author, law=law).seen
    with pytest.raises(MonthLocked, match="2026年9月的数据已由吴局长于"):
        decide(items, county, reason="", seen=seen, author=author, law=law)
    assert pairs() == [(COURT, AGENCY)]
    decide(items, county, reason="", seen=seen, author=at(DAY, cast.post.office_head), law=law)
    assert pairs("confirmed") == [(COURT, AGENCY)]


# The queue


def test_without_a_question_the_queue_says_so(cast, clerk, today):
    assert "没有待确认的疑似同一案" in text(clerk.get(QUEUE))


def test_the_queue_the_month_and_the_desk_tell_of_it(alike, clerk):  # noqa: F811
    said = text(clerk.get(QUEUE))
    for words in (COURT, AGENCY, "编号两位颠倒", "0.95", "待确认 1 项"):
        assert words in said
    assert "疑似同一案 待确认 1 项" in text(clerk.get("/reconcile/2026-09/"))
    assert "疑似同一案、待确认 1 件" in text(clerk.get("/desk/"))


def test_a_whole_sheet_is_one_line(cast, clerk, today):
    item = batch(5)
    said = clerk.get(QUEUE)
    assert "本次通报的 5 个案号疑似法院代码误写" in text(said)
    assert page_of(item, together=True) in said.content.decode()
    assert "待确认 1 项" in text(said)


def test_the_queue_asks_the_same_however_long_it_is(cast, clerk, today):
    batch(1)

    def grow():
        for tens in (2, 3, 4):
            told(f"（2026）鲁1602行初{tens}07号", plaintiffs=f"李见{tens}")
            registered(f"（2026）鲁1602行初{tens}70号", plaintiffs=f"李见{tens}")
        seek()

    assert_constant_queries(clerk, QUEUE, grow)


# One question


def test_both_sides_their_sources_and_the_reasons_stand_on_the_page(decided, clerk):
    page = clerk.get(page_of(decided))
    said = text(page)
    for words in (
        COURT, AGENCY, "滨城区自然资源局", "赵砚衡", "2026-09-16", "行政处罚", "相似度 0.95",
        "编号两位颠倒：61 / 16", "原告相同", "改用案号 （2026）鲁1602行初61号", "材料 1 份", "裁判 1 件", "指标",
    ):  # fmt: skip
        assert words in said
    assert "checked" not in page.content.decode()


def test_confirmed_it_says_what_moved_and_the_next_question_comes(decided, clerk):
    told("（2026）鲁1602行初207号", plaintiffs="李见山")
    registered("（2026）鲁1602行初270号", plaintiffs="李见山")
    seek()
    other = Candidate.objects.exclude(pk=decided.pk).get()
    page = clerk.get(page_of(decided)).content.decode()
    assert f'href="{page_of(other)}" data-shortcut="j"' in page
    answer = clerk.post(page_of(decided), typed(clerk, page_of(decided), "same"))
    assert answer.headers["Location"] == page_of(other)
    (said,) = [str(one) for one in get_messages(answer.wsgi_request)]
    assert re.fullmatch("已并为一案，共 1 件。变化的指标 [1-9][0-9]* 项，列在“最近办结”的各条里。", said)
    settled = text(clerk.get(page_of(decided)))
    assert "滨城区自然资源局2026年8月新收 4 件 → 3 件" in settled
    assert "确认为同一案" in settled
    assert "保存并看下一项" not in settled
    assert Case.objects.get(pk=decided.agency_lane.case_id).voided_into == decided.court_lane.case


def test_refused_it_is_on_record_and_gone_from_the_queue(alike, clerk):  # noqa: F811
    form = typed(clerk, page_of(alike), "different")
    answer = clerk.post(page_of(alike), form)
    assert answer.status_code == 422
    assert "选“不是同一案”请写明理由" in text(answer)
    answer = clerk.post(page_of(alike), form | {"reason": "两次申请公开的信息不同"})
    assert answer.headers["Location"] == QUEUE
    said = text(clerk.get(QUEUE))
    assert "没有待确认的疑似同一案" in said
    assert "两次申请公开的信息不同" in said


def test_nothing_is_saved_without_a_choice(alike, clerk):  # noqa: F811
    answer = clerk.post(page_of(alike), typed(clerk, page_of(alike), ""))
    assert (answer.status_code, pairs()) == (422, [(COURT, AGENCY)])
    assert "请选择结论。" in text(answer)


def test_what_moved_meanwhile_is_shown_again(decided, clerk):
    form = typed(clerk, page_of(decided), "same", reason="核对了应诉通知书")
    DecisionOutcomeFactory(
        decision=DecisionFactory(case=decided.agency_lane.case, kind="ruling", decided_on=date(2026, 8, 10)),
        lane=decided.agency_lane,
    )
    answer = clerk.post(page_of(decided), form)
    assert answer.status_code == 409
    assert "影响刚有变化" in text(answer)
    assert "核对了应诉通知书" in answer.content.decode()
    assert pairs() == [(COURT, AGENCY)]


def test_what_somebody_else_answered_meanwhile_says_so(alike, clerk, cast):  # noqa: F811
    form = typed(clerk, page_of(alike), "same")
    Candidate.objects.update(
        state="refused", reason="不同的申请", decided_by=cast.post.office_head, decided_at=at(DAY).at
    )
    answer = clerk.post(page_of(alike), form)
    assert answer.status_code == 409
    assert "已办结：不是同一案，不同的申请" in text(answer)


# A batch


def test_a_batch_is_previewed_and_confirmed_together(cast, clerk, today):
    url = page_of(batch(4), together=True)
    said = text(clerk.get(url))
    assert "本次通报的 4 个案号疑似法院代码误写" in said
    assert said.count("（2026）鲁1603行初") >= 4
    assert clerk.post(url, typed(clerk, url, "same")).headers["Location"] == QUEUE
    assert (pairs(), len(pairs("confirmed"))) == ([], 4)
    standing = Case.objects.standing().values_list("number", flat=True)
    assert sorted(standing) == [f"（2026）鲁1602行初{serial}号" for serial in range(101, 105)]


def test_a_batch_that_grew_meanwhile_is_read_again_before_it_is_confirmed(cast, clerk, today):
    url = page_of(batch(3), together=True)
    form = typed(clerk, url, "same")
    batch_of_one_more()
    answer = clerk.post(url, form)
    assert answer.status_code == 409
    assert pairs("confirmed") == []


def batch_of_one_more():
    told("（2026）鲁1603行初177号", court=organisation("鲁1602"), plaintiffs="孙见山")
    registered("（2026）鲁1602行初177号", plaintiffs="孙见山")
    seek()


def test_of_a_very_large_batch_so_many_are_answered_at_once(cast, today, monkeypatch):
    monkeypatch.setattr(queue, "TOGETHER_MOST", 4)
    item = batch(6)
    waiting = Candidate.objects.open()
    assert len(queue.beside(item, waiting)) == 4
    assert [len(line.items) for line in queue.queue_of(waiting)] == [6]


def test_a_batch_may_be_refused_together(cast, clerk, today):
    url = page_of(batch(3), together=True)
    clerk.post(url, typed(clerk, url, "different", reason="两院各有其案"))
    assert len(pairs("refused")) == 3


# Who


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("clerk", 404),
        ("foreign_office_clerk", 404),
        ("liaison", 403),
        ("leader", 403),
        ("city_office_clerk", 200),
    ],
)
def test_strangers_find_nothing_and_who_sees_may_still_not_answer(alike, client_of, cast, part, status):  # noqa: F811
    browser = client_of(getattr(cast, part))
    assert browser.get(page_of(alike)).status_code == status
    answer = browser.post(page_of(alike), {"do": "save", "choice": "same"})
    assert answer.status_code == (
        409 if status == 200 else status
    )  # without what was seen nothing is confirmed
    assert pairs() == [(COURT, AGENCY)]


def test_whoever_acted_for_the_agency_reads_and_does_not_answer(alike, clerk, cast):  # noqa: F811
    PaperFactory(lane=alike.agency_lane, submitted_by=cast.post.office_clerk)
    said = text(clerk.get(page_of(alike)))
    assert "由其他人员确认" in said
    assert "保存并看下一项" not in said
    answer = clerk.post(page_of(alike), {"do": "save", "choice": "different", "reason": "不同"})
    assert answer.status_code == 403
