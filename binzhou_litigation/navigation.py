"""The side navigation of each role: never an item that leads to a 403."""

from dataclasses import dataclass

from organisations.access import may
from organisations.models import Post
from organisations.roles import Action


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry by the name of its page and the action it needs."""

    label: str
    url_name: str
    action: Action


ITEMS = (
    MenuItem("工作台", "supervision:desk", Action.READ_DESK),
    MenuItem("驾驶舱", "reports:cockpit", Action.READ_FIGURES),
    MenuItem("本月通报", "courts:home", Action.NOTIFY),
    MenuItem("往期通报", "courts:returns", Action.NOTIFY),
    MenuItem("法院通报", "courts:received", Action.READ_NOTIFICATIONS),
    MenuItem("案件", "cases:list", Action.READ_CASES),
    MenuItem("期限", "supervision:deadlines", Action.READ_DEADLINES),
    MenuItem("数据核对", "reports:reconcile", Action.RECONCILE),
    MenuItem("转办", "supervision:assignments", Action.ASSIGN),
    MenuItem("建议书", "supervision:letters", Action.SIGN_LETTERS),
    MenuItem("备案阅览", "cases:filings", Action.READ_FILINGS),
    MenuItem("负责人名册", "cases:roster", Action.READ_ROSTER),
    MenuItem("指标", "reports:figures", Action.READ_FIGURES),
    MenuItem("评分排名", "reports:ranking", Action.READ_FIGURES),
    MenuItem("通报", "reports:bulletins", Action.READ_BULLETINS),
    MenuItem("账号", "organisations:accounts", Action.MANAGE_ACCOUNTS),
    MenuItem("规则版本", "supervision:rules", Action.SET_RULES),
    MenuItem("单位分组", "organisations:groups", Action.SET_RULES),
    MenuItem("任务和未送达", "supervision:jobs", Action.MANAGE_ACCOUNTS),
    MenuItem("放假安排", "supervision:calendars", Action.KEEP_CALENDAR),
    MenuItem("授权", "organisations:grants", Action.GRANT_POSTS),
    MenuItem("审计记录", "organisations:audit", Action.READ_AUDIT),
)


def items_for(actor: Post | None) -> list[MenuItem]:
    """The items of a post's menu, most used first."""
    # A clerk who sends notifications has them on the home page already.
    return [
        item
        for item in ITEMS
        if may(actor, item.action) and not (item.url_name == "courts:received" and may(actor, Action.NOTIFY))
    ]
