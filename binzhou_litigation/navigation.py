"""The side navigation of each role: never an item that leads to a 403."""

from dataclasses import dataclass

from organisations.access import may
from organisations.models import Post
from organisations.roles import Action


@dataclass(frozen=True, slots=True)
class Item:
    """An entry by the name of its page and the action it needs."""

    label: str
    url_name: str
    action: Action


ITEMS = (
    Item("工作台", "supervision:desk", Action.READ_DESK),
    Item("驾驶舱", "reports:cockpit", Action.READ_FIGURES),
    Item("本月通报", "courts:home", Action.NOTIFY),
    Item("往期通报", "courts:returns", Action.NOTIFY),
    Item("法院通报", "courts:received", Action.READ_NOTIFICATIONS),
    Item("案件", "cases:list", Action.READ_CASES),
    Item("期限", "supervision:deadlines", Action.READ_DEADLINES),
    Item("建议书", "supervision:letters", Action.SIGN_LETTERS),
    Item("备案阅览", "cases:filings", Action.READ_FILINGS),
    Item("负责人名册", "cases:roster", Action.READ_ROSTER),
    Item("指标", "reports:figures", Action.READ_FIGURES),
    Item("评分排名", "reports:ranking", Action.READ_FIGURES),
    Item("通报", "reports:bulletins", Action.READ_BULLETINS),
    Item("账号", "organisations:accounts", Action.MANAGE_ACCOUNTS),
    Item("规则版本", "supervision:rules", Action.SET_RULES),
    Item("任务和未送达", "supervision:jobs", Action.MANAGE_ACCOUNTS),
    Item("放假安排", "supervision:calendars", Action.KEEP_CALENDAR),
    Item("授权", "organisations:grants", Action.GRANT_POSTS),
    Item("审计记录", "organisations:audit", Action.READ_AUDIT),
)


def items_for(actor: Post | None) -> list[Item]:
    """The items of a post's menu, most used first."""
    # A clerk who sends notifications has them on the home page already.
    return [
        item
        for item in ITEMS
        if may(actor, item.action) and not (item.url_name == "courts:received" and may(actor, Action.NOTIFY))
    ]
