"""By what figures are broken down: exact slices, and that they are a partition."""

import pytest

from cases.models import Case, Lane, Paper
from cases.record.causes import ActKinds
from reports.figures.dimensions import DIMENSIONS, breakdown, dimensions_of
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW, TODAY, day

Q3 = parse_report_period("2026Q3")


def slices(world, key, by, region=None):
    """Label, numerator and denominator of each slice."""
    populations = Populations(Q3, region or world.city, TODAY)
    found = breakdown(MEASURES[key], DIMENSIONS[by], populations)
    return [(key.label, len(part.numerator), part.denominator) for key, part in found]


def test_by_region_level_group_domain_and_agency(world):
    world.heard(1)
    world.heard(2, "区住建局", attended=False)
    world.heard(3, "区住建局")
    assert slices(world, "appearance_rate", "region") == [("市直单位", 1, 1), ("滨城区", 1, 2)]
    assert slices(world, "appearance_rate", "level") == [("市级", 1, 1), ("县级", 1, 2)]
    assert slices(world, "appearance_rate", "group") == [("市直部门", 1, 1), ("县（市、区）直部门", 1, 2)]
    assert slices(world, "appearance_rate", "domain") == [("公安", 1, 1), ("城乡建设", 1, 2)]
    assert slices(world, "appearance_rate", "agency") == [
        ("滨州市公安局", 1, 1),
        ("滨州市滨城区住房和城乡建设局", 1, 2),
    ]


def test_a_case_of_two_defendants_stands_in_one_slice_of_its_own(world):
    """One 案号 is one unit: it is counted once, and says that it belongs to several."""
    world.heard(1, "市公安局", "区住建局")
    assert slices(world, "appearance_rate", "region") == [("分属多类（共同被告或者多项原因）", 1, 1)]
    assert slices(world, "loss_rate_concluded", "region") == []


def test_by_court_and_instance(world):
    world.heard(1)
    world.heard(2)
    assert slices(world, "appearance_rate", "court") == [("滨城法院", 2, 2)]
    assert slices(world, "appearance_rate", "instance") == [("一审", 2, 2)]


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        ("行政处罚", "行政处罚"),
        ("治安管理行政处罚", "行政处罚"),
        ("罚款", "行政处罚"),
        ("不服行政复议决定", "行政复议"),
        ("工伤认定", "行政确认"),
        ("工伤保险资格或者待遇认定", "行政确认"),
        ("房屋征收补偿决定", "行政补偿"),
        ("强制拆除房屋", "行政强制执行"),
        ("强制拆除房屋并行政赔偿", "行政赔偿"),
        ("不履行法定职责", "不履行职责"),
        ("信息公开答复", "政府信息公开"),
        ("其他", None),
        ("", None),
    ],
)
def test_the_kind_of_act_is_told_by_the_words_of_the_cause(reference, cause, kind):
    kinds = ActKinds()
    code = kinds.find(cause)
    assert (kinds.names[code] if code else None) == kind


def test_by_act_by_cause_and_by_role(world):
    for serial, cause in ((1, "治安管理处罚"), (2, "工伤认定"), (3, "")):
        Case.objects.filter(pk=world.heard(serial).pk).update(cause=cause)
    Lane.objects.filter(case__serial=2).update(role=Lane.Role.RECONSIDERED)
    assert slices(world, "appearance_rate", "act") == [
        ("行政处罚", 1, 1), ("行政确认", 1, 1), ("未载明", 1, 1),
    ]  # fmt: skip
    assert slices(world, "appearance_rate", "cause") == [
        ("工伤认定", 1, 1), ("治安管理处罚", 1, 1), ("未载明", 1, 1),
    ]  # fmt: skip
    assert slices(world, "appearance_rate", "role") == [("原行为机关", 2, 2), ("复议机关", 1, 1)]


def test_losses_by_reason_of_the_court_else_of_the_report(world):
    for serial, why in enumerate(("主要证据不足", "程序违法", "违反法定程序、滥用职权", "其他", ""), start=1):
        outcome = world.decided(serial, "J-REVOKE", lost=True)
        outcome.lost_reason = why
        outcome.save()
    world.decided(6)
    Paper.objects.create(
        lane=Lane.objects.get(case__serial=5), kind=Paper.Kind.LOST_CASE_REPORT, number="B1", submitted_at=NOW,
        submitted_on=day("10-01"), submitted_by=world.post("p", "agency_handler", world.agencies["市公安局"]),
        submission_key="1", source=world.source, content={"causes": ["beyond_power"]},
    )  # fmt: skip
    assert slices(world, "loss_rate_concluded", "reason") == [
        ("主要证据不足", 1, 1),
        ("违反法定程序", 1, 1),
        ("超越职权", 1, 1),
        ("其他原因", 1, 1),
        ("分属多类（共同被告或者多项原因）", 1, 1),
        ("未败诉", 0, 1),
    ]


def test_only_losses_have_reasons_and_only_cases_have_courts(world):
    assert DIMENSIONS["reason"] not in dimensions_of(MEASURES["appearance_rate"])
    assert {one.key for one in dimensions_of(MEASURES["training_on_time_rate"])} == {
        "region", "group", "level", "domain", "agency",
    }  # fmt: skip
    with pytest.raises(KeyError):
        breakdown(MEASURES["appearance_rate"], DIMENSIONS["reason"], Populations(Q3, world.city, TODAY))


def test_a_silent_court_leaves_its_slice_without_a_rate(world):
    world.told("鲁16", 7, 8, 9)
    world.heard(1, "县公安局")
    world.heard(2)
    populations = Populations(Q3, world.city, TODAY)
    found = {
        key.label: part.footing.untold
        for key, part in breakdown(MEASURES["appearance_rate"], DIMENSIONS["region"], populations)
    }
    assert found == {"市直单位": False, "惠民县": True}
