"""整改: measures are carried out by the agency and accepted by the office; a cause that came back is flagged."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.models import RectificationMeasure
from cases.rectification.measures import accept_measure, repeated_causes, report_measure, write_measures
from tests.factories import LaneFactory, PaperFactory, at
from tests.writing import scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(reference, cast):
    return PaperFactory(
        kind="lost_case_report", content={"causes": ["procedure", "evidence"]}, submitted_by=cast.post.liaison
    )


@pytest.fixture
def measure(report):
    write_measures(report, [("开展案卷评查", "法规科", date(2026, 11, 30))])
    return RectificationMeasure.objects.get()


def test_a_measure_is_done_by_the_agency_and_accepted_by_the_office(measure, cast):
    done = at(date(2026, 11, 20), cast.post.liaison)
    report_measure(measure, done_on=date(2026, 11, 18), proof="评查 40 卷", author=done)
    accept_measure(measure, accepted=True, note="", author=at(date(2026, 11, 23), cast.post.office_clerk))
    measure.refresh_from_db()
    assert (measure.done_on, measure.accepted_by) == (date(2026, 11, 18), cast.post.office_clerk)
    with pytest.raises(ValidationError, match="已验收"):
        report_measure(measure, done_on=date(2026, 11, 19), proof="又一次", author=done)


def test_a_measure_that_was_not_carried_out_goes_back_with_the_reason(measure, cast):
    report_measure(
        measure, done_on=date(2026, 11, 18), proof="无", author=at(date(2026, 11, 20), cast.post.liaison)
    )
    office = at(date(2026, 11, 23), cast.post.office_clerk)
    with pytest.raises(ValidationError, match="请写明未通过的原因"):
        accept_measure(measure, accepted=False, note="", author=office)
    accept_measure(measure, accepted=False, note="没有评查记录", author=office)
    measure.refresh_from_db()
    assert (measure.done_on, measure.refusal, measure.accepted_at) == (None, "没有评查记录", None)


def test_nothing_is_done_on_a_day_that_has_not_come(measure, cast):
    with pytest.raises(ValidationError, match="完成日期不能晚于今天（2026-11-20）"):
        report_measure(
            measure, done_on=date(2026, 11, 21), proof="x", author=at(date(2026, 11, 20), cast.post.liaison)
        )


def test_whoever_handed_the_report_in_does_not_accept_its_measures(measure, cast):
    author = at(date(2026, 11, 20), cast.post.liaison)
    report_measure(measure, done_on=date(2026, 11, 18), proof="评查", author=author)
    with pytest.raises(PermissionDenied, match="须由其他人员核收"):
        accept_measure(measure, accepted=True, note="", author=author)


def test_a_new_version_keeps_what_was_done_under_the_one_before(measure, report, cast):
    report_measure(
        measure, done_on=date(2026, 11, 18), proof="评查", author=at(date(2026, 11, 20), cast.post.liaison)
    )
    newer = PaperFactory(
        lane=report.lane,
        kind=report.kind,
        version=2,
        content=report.content,
        submitted_by=cast.post.liaison,
    )
    write_measures(
        newer, [("开展案卷评查", "法规科", date(2026, 12, 15)), ("培训", "人事科", date(2026, 12, 31))]
    )
    assert list(newer.measures.values_list("text", "done_on")) == [
        ("开展案卷评查", date(2026, 11, 18)),
        ("培训", None),
    ]


@pytest.mark.parametrize(
    ("causes", "on", "flagged"),
    [
        (["procedure"], date(2025, 10, 16), ["procedure"]),
        (["procedure"], date(2025, 10, 14), []),  # more than 365 days before
        (["application"], date(2026, 3, 2), []),
        (["evidence", "procedure"], date(2026, 3, 2), ["evidence", "procedure"]),
    ],
)
def test_a_cause_that_lost_twice_within_a_year_is_flagged(report, cast, causes, on, flagged):
    report.submitted_on = date(2026, 10, 15)
    report.save()
    PaperFactory(
        lane=LaneFactory(), kind="lost_case_report", content={"causes": causes}, submitted_on=on,
        submitted_by=cast.post.liaison,
    )  # fmt: skip
    assert [cause for cause, _ in repeated_causes(report)] == flagged


def test_of_two_reports_with_one_cause_the_later_one_is_flagged(report, cast):
    other = PaperFactory(
        lane=LaneFactory(), kind="lost_case_report", content=report.content,
        submitted_on=report.submitted_on, submitted_by=cast.post.liaison,
    )  # fmt: skip
    assert repeated_causes(report) == []
    assert [cause for cause, _ in repeated_causes(other)] == ["evidence", "procedure"]


def test_the_proof_is_kept_with_the_measure_and_read_by_who_accepts_it(measure, cast, client_of, files_dir):
    told = {"done_on": "2026-10-15", "proof": "签到表", "file": scan("签到表.pdf")}
    client_of(cast.liaison).post(reverse("cases:measure", args=[measure.pk]), told)
    office = client_of(cast.office_clerk)
    url = reverse("cases:measure_file", args=[measure.pk])
    assert url in office.get(reverse("cases:measure", args=[measure.pk])).content.decode()
    assert office.get(url).content == b"%PDF-1.4 sealed"
    assert client_of(cast.foreign_office_clerk).get(url).status_code == 404
    newer = PaperFactory(
        lane=measure.paper.lane, kind=measure.paper.kind, version=2, content={},
        submitted_by=cast.post.liaison,
    )  # fmt: skip
    write_measures(newer, [(measure.text, "法规科", date(2026, 11, 30))])
    assert newer.measures.get().file_name == "签到表.pdf"


def test_a_measure_without_proof_has_no_file(measure, cast, client_of):
    url = reverse("cases:measure_file", args=[measure.pk])
    assert client_of(cast.office_clerk).get(url).status_code == 404
