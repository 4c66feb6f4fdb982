"""数据说明 of a bulletin: what is missing is said, and that nothing is."""

from datetime import date

from courts.models import Notification
from reports.bulletins.bulletins import draft_bulletin
from tests.reports.bulletins.test_bulletins import Q3, words


def test_what_is_missing_stands_in_the_text_by_kind_and_court(world, author, law):
    world.all_told(6, 7, 8, 9)
    Notification.objects.filter(court__code="鲁1621", month__gte=date(2026, 8, 1)).delete()
    world.hearing(world.case(1), "09-01", state="scheduled")
    told = words(draft_bulletin("quarterly", Q3, world.city, author, law))
    assert (
        "数据不全，相关比率不作100%公布，不作环比：法院未通报：惠民法院8月、9月；排庭尚无结果：滨城法院1件。"
        in told
    )
    assert "未发现突出问题" not in told


def test_where_nothing_is_missing_that_is_said(world, author, law):
    world.all_told(3, 4, 5, 6, 7, 8, 9)
    told = words(draft_bulletin("quarterly", Q3, world.city, author, law))
    assert "各法院本期通报齐全" in told
    assert "本期各项指标未发现突出问题。" in told
