"""Who may do what. Seeing is another question: `organisations.access` answers it."""

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
    REVIEW_PAPERS = "review_papers", "核收材料和核查履行"
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
    CHECK_JOBS = "check_jobs", "看任务和未送达消息"


_READ = {Action.READ_CASES, Action.READ_FIGURES, Action.READ_BULLETINS}
_OFFICE = _READ | {
    Action.READ_DESK,
    Action.READ_DEADLINES,
    Action.READ_NOTIFICATIONS,
    Action.READ_FILINGS,
    Action.REMIND,
    Action.DRAFT_BULLETIN,
    Action.ORDER_DEADLINES,
    Action.READ_ROSTER,
    Action.REGISTER_PAPERS,
    Action.REVIEW_PAPERS,
    Action.SET_RULES,
    Action.CHECK_JOBS,
}

MAY: dict[str, frozenset[Action]] = {
    Role.OFFICE_CLERK: frozenset(_OFFICE | {Action.NAME_AGENCIES}),
    Role.OFFICE_HEAD: frozenset(_OFFICE | {Action.ISSUE_BULLETIN, Action.SIGN_LETTERS}),
    Role.COURT_CLERK: frozenset(
        {Action.NOTIFY, Action.READ_NOTIFICATIONS, Action.NAME_AGENCIES, Action.READ_CASES}
    ),
    Role.AGENCY_LIAISON: frozenset(
        {
            Action.READ_DESK,
            Action.READ_CASES,
            Action.READ_DEADLINES,
            Action.READ_BULLETINS,
            Action.ACT_FOR_AGENCY,
            Action.READ_ROSTER,
            Action.REGISTER_PAPERS,
        }
    ),
    Role.AGENCY_HEAD: frozenset(
        {Action.READ_DESK, Action.READ_CASES, Action.READ_BULLETINS, Action.CONFIRM_HEAD}
    ),
    Role.LEADER: frozenset(_READ),
    Role.SUPERVISION: frozenset(
        _READ | {Action.READ_DESK, Action.READ_DEADLINES, Action.READ_FILINGS, Action.REGISTER_PAPERS}
    ),
    Role.ASSESSMENT: frozenset(_READ),
    Role.POLITICAL_LEGAL: frozenset(_READ | {Action.READ_DESK, Action.READ_FILINGS}),
    Role.GOVERNMENT_OFFICE: frozenset(_READ),
    Role.SYSTEM_ADMIN: frozenset({Action.MANAGE_ACCOUNTS, Action.KEEP_CALENDAR, Action.CHECK_JOBS}),
    Role.SECURITY_ADMIN: frozenset({Action.GRANT_POSTS, Action.KEEP_CALENDAR}),
    Role.AUDIT_ADMIN: frozenset({Action.READ_AUDIT}),
}

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# Who sees all of a region; the others see what concerns their own organisation.
REGION_WIDE = frozenset(
    {
        Role.OFFICE_CLERK,
        Role.OFFICE_HEAD,
        Role.LEADER,
        Role.SUPERVISION,
        Role.ASSESSMENT,
        Role.POLITICAL_LEGAL,
        Role.GOVERNMENT_OFFICE,
    }
)
AGENCY_ROLES = frozenset({Role.AGENCY_LIAISON, Role.AGENCY_HEAD})
