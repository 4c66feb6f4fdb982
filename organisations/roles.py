"""Who may do what. Seeing is another question: `organisations.access` answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    OFFICE_CLERK = "office_clerk", "司法局经办"
    OFFICE_HEAD = "office_head", "司法局负责人"
    COURT_CLERK = "court_clerk", "法院书记员"
    AGENCY_LIAISON = "agency_liaison", "机关联络员"
    AGENCY_HEAD = "agency_head", "机关负责人"
    LEADER = "leader", "党委政府领导"
    SUPERVISION = "supervision", "督查室"
    ASSESSMENT = "assessment", "考评办"
    POLITICAL_LEGAL = "political_legal", "政法委"
    GOVERNMENT_OFFICE = "government_office", "政府办公室"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


class Action(models.TextChoices):
    READ_DESK = "read_desk", "看工作台"
    READ_CASES = "read_cases", "看案件"
    READ_DEADLINES = "read_deadlines", "看期限"
    READ_FIGURES = "read_figures", "看指标"
    READ_BULLETINS = "read_bulletins", "看通报"
    READ_FILINGS = "read_filings", "看备案"
    NOTIFY = "notify", "报送月度通报"
    READ_NOTIFICATIONS = "read_notifications", "看法院通报"
    NAME_AGENCIES = "name_agencies", "指定机关写法"
    ACT_FOR_AGENCY = "act_for_agency", "办理应诉事项"
    CONFIRM_HEAD = "confirm_head", "确认出庭"
    READ_ROSTER = "read_roster", "看负责人名册"
    CORRECT_CASES = "correct_cases", "更正案号和作废案件"
    REVIEW_PAPERS = "review_papers", "核收材料和核查履行"
    RECONCILE = "reconcile", "核对数据"
    LOCK_MONTH = "lock_month", "锁定和调整月度数据"
    REMIND = "remind", "催报"
    DRAFT_BULLETIN = "draft_bulletin", "拟稿通报"
    ISSUE_BULLETIN = "issue_bulletin", "印发通报"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
    GRANT_POSTS = "grant_posts", "授权"
    READ_AUDIT = "read_audit", "看审计记录"
    KEEP_CALENDAR = "keep_calendar", "维护放假安排"
    ORDER_DEADLINES = "order_deadlines", "办理期限变更"
    REGISTER_PAPERS = "register_papers", "登记来文和办结"
    SET_RULES = "set_rules", "录入办公室规则"
    SIGN_LETTERS = "sign_letters", "审签建议书"
    ASSIGN = "assign", "转办"
    ENTER_FOR = "enter_for", "代录"
    CHECK_JOBS = "check_jobs", "看任务和未送达消息"
    TAKE_OUT_LEDGER = "take_out_ledger", "导出台账"


class Scope(models.TextChoices):
    """What a role sees."""

    OWN = "own", "本单位"
    REGION = "region", "本区划"
    COURT = "court", "本法院"
    NOTHING = "nothing", "不看案件"


@dataclass(frozen=True, slots=True)
class RoleKind:
    """One role: what it may do and see, where its work begins, and how the help page says so."""

    may: frozenset[Action]
    scope: Scope
    first_page: str
    first_steps: str
    # 三员: one person holds at most one of these.
    is_administrator: bool = False


DESK = "supervision:desk"
_READ = frozenset({Action.READ_CASES, Action.READ_FIGURES, Action.READ_BULLETINS})
_OFFICE = _READ | {
    Action.READ_DESK,
    Action.READ_DEADLINES,
    Action.READ_NOTIFICATIONS,
    Action.READ_FILINGS,
    Action.REMIND,
    Action.DRAFT_BULLETIN,
    Action.ORDER_DEADLINES,
    Action.CORRECT_CASES,
    Action.READ_ROSTER,
    Action.REGISTER_PAPERS,
    Action.REVIEW_PAPERS,
    Action.RECONCILE,
    Action.SET_RULES,
    Action.CHECK_JOBS,
    Action.TAKE_OUT_LEDGER,
}
_LIAISON = frozenset(
    {
        Action.READ_DESK,
        Action.READ_CASES,
        Action.READ_DEADLINES,
        Action.READ_BULLETINS,
        Action.ACT_FOR_AGENCY,
        Action.READ_ROSTER,
        Action.REGISTER_PAPERS,
    }
)
_SUPERVISION = _READ | {Action.READ_DESK, Action.READ_DEADLINES, Action.READ_FILINGS, Action.REGISTER_PAPERS}
_COURT = frozenset(
    {
        Action.NOTIFY,
        Action.READ_NOTIFICATIONS,
        Action.NAME_AGENCIES,
        Action.READ_CASES,
        Action.CORRECT_CASES,
    }
)

ROLES: Mapping[str, RoleKind] = {
    Role.COURT_CLERK: RoleKind(
        _COURT,
        Scope.COURT,
        "courts:home",
        "打开“本月通报”，上传排庭、出庭、裁判的工作簿，核对检查结果后提交；当月没有的，报零通报。",
    ),
    Role.AGENCY_LIAISON: RoleKind(
        _LIAISON,
        Scope.OWN,
        DESK,
        "打开“工作台”，先签收法院材料，再按期限报送应诉情况报告、确定出庭负责人、备案裁判文书。",
    ),
    Role.AGENCY_HEAD: RoleKind(
        frozenset({Action.READ_DESK, Action.READ_CASES, Action.READ_BULLETINS, Action.CONFIRM_HEAD}),
        Scope.OWN,
        DESK,
        "打开“工作台”，确认由本人出庭的开庭。",
    ),
    Role.OFFICE_CLERK: RoleKind(
        _OFFICE | {Action.NAME_AGENCIES, Action.ENTER_FOR},
        Scope.REGION,
        DESK,
        "打开“工作台”看催报与到期事项；在“通报”中拟稿，数字由平台生成并可核对到案号。",
    ),
    Role.OFFICE_HEAD: RoleKind(
        _OFFICE | {Action.ISSUE_BULLETIN, Action.LOCK_MONTH, Action.SIGN_LETTERS},
        Scope.REGION,
        DESK,
        "打开“通报”，核对数字与来源后印发；印发后不能修改，有误的在下一期更正。",
    ),
    Role.LEADER: RoleKind(
        _READ | {Action.ASSIGN}, Scope.REGION, "reports:cockpit", "打开“指标”与“评分排名”，数字可逐层打开。"
    ),
    Role.SUPERVISION: RoleKind(
        _SUPERVISION, Scope.REGION, DESK, "打开“评分排名”，每一分可看到案件、细则和依据。"
    ),
    Role.ASSESSMENT: RoleKind(
        _READ, Scope.REGION, "reports:ranking", "打开“评分排名”，每一分可看到案件、细则和依据。"
    ),
    Role.POLITICAL_LEGAL: RoleKind(
        _READ | {Action.READ_DESK, Action.READ_FILINGS},
        Scope.REGION,
        "cases:filings",
        "打开“备案阅览”，查阅各单位报送的备案。",
    ),
    Role.GOVERNMENT_OFFICE: RoleKind(
        _READ, Scope.REGION, "reports:bulletins", "打开“通报”，查阅已印发的通报。"
    ),
    Role.SYSTEM_ADMIN: RoleKind(
        frozenset({Action.MANAGE_ACCOUNTS, Action.KEEP_CALENDAR, Action.CHECK_JOBS}),
        Scope.NOTHING,
        "organisations:accounts",
        "打开“账号”，建立账号并把初始密码告知本人；不能授予身份。",
        is_administrator=True,
    ),
    Role.SECURITY_ADMIN: RoleKind(
        frozenset({Action.GRANT_POSTS, Action.KEEP_CALENDAR}),
        Scope.NOTHING,
        "organisations:grants",
        "打开“授权”，授予或撤销身份；不能给本人授权。",
        is_administrator=True,
    ),
    Role.AUDIT_ADMIN: RoleKind(
        frozenset({Action.READ_AUDIT}),
        Scope.NOTHING,
        "organisations:audit",
        "打开“审计记录”，查阅谁在何时办理了什么。",
        is_administrator=True,
    ),
}


def _roles_seeing(scope: Scope) -> frozenset[str]:
    return frozenset(role for role, kind in ROLES.items() if kind.scope == scope)


ADMINISTRATORS = frozenset(role for role, kind in ROLES.items() if kind.is_administrator)
# Who sees all of a region; the others see what concerns their own organisation.
REGION_WIDE = _roles_seeing(Scope.REGION)
AGENCY_ROLES = _roles_seeing(Scope.OWN)
