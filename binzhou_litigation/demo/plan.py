"""What happens in the demonstration: which court hears how many suits, what is unusual, how they end.

A slot `(court, month, position)` is the suit at that position among those
first heard by the court in the month.
"""

from dataclasses import dataclass

SAMPLE_COURTS = ("鲁16", "鲁1602", "鲁1603", "鲁1625", "鲁1681", "鲁1622")
SAMPLE_MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")

Slot = tuple[str, int, int]

# First-instance suits first heard in June, July, August, September, October.
VOLUME = {
    "鲁16": (2, 3, 3, 4, 3),
    "鲁1602": (3, 8, 9, 10, 7),
    "鲁1603": (2, 4, 4, 4, 3),
    "鲁1625": (3, 4, 5, 5, 4),
    "鲁1681": (3, 6, 7, 7, 5),
    "鲁1622": (2, 3, 4, 4, 2),
}
FIRST_MONTH = 6


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a suit ends for an agency, in the court's words."""

    document: str
    words: str
    lost: bool = False
    reason: str = ""
    duty: str = ""
    term: str = ""
    note: str = ""


DISMISS = Ruling("判决", "判决驳回原告诉讼请求")
REJECT = Ruling("裁定", "驳回起诉")
WITHDRAWN = Ruling("裁定", "准许撤诉", note="原告自愿申请撤诉")
CHANGED = Ruling("裁定", "被告改变行政行为后准许撤诉", note="被告改变原行政行为，原告申请撤诉")
SETTLED = Ruling("裁定", "双方和解，准许撤诉", note="双方和解")
DEEMED = Ruling("裁定", "按撤诉处理", note="原告经传票传唤，无正当理由拒不到庭")
MEDIATED = Ruling("调解书", "调解", duty="支付补偿款差额12万元", term="2026-11-30")

ORDINARY_ENDS = [DISMISS] * 11 + [REJECT] * 3 + [WITHDRAWN] * 2 + [CHANGED, SETTLED, DEEMED]

AFFIRM = Ruling("判决", "驳回上诉，维持原判")
AFFIRM_RULING = Ruling("裁定", "驳回上诉，维持原裁定")
REVERSE = Ruling(
    "判决", "撤销原判，改判撤销被诉行政行为", True, "主要证据不足", "重新调查后作出处理", "60日内"
)
REMAND = Ruling("裁定", "撤销原判，发回重审")
CONTINUE = Ruling("裁定", "撤销原裁定，指令继续审理")
APPEAL_WITHDRAWN = Ruling("裁定", "准许撤回上诉")


@dataclass(frozen=True, slots=True)
class Special:
    """A suit whose agencies, cause and end are set; `ends` has one ruling for all agencies or one each."""

    agencies: tuple[str, ...]
    cause: str
    ends: tuple[Ruling, ...]
    kind: str = "行初"
    note: str = ""


def _lost(words: str, reason: str, duty: str = "", term: str = "") -> tuple[Ruling]:
    return (Ruling("判决", words, True, reason, duty, term),)


_60_DAYS = "判决生效之日起60日内"
_REMANDED = "发回重审案件，另行组成合议庭"

SPECIALS: dict[Slot, Special] = {
    ("鲁16", 7, 0): Special(
        ("371602-GOV",),
        "强制拆除房屋或者设施",
        _lost("确认违法", "违反法定程序", "对损失依法作出补偿决定", _60_DAYS),
    ),
    ("鲁16", 7, 1): Special(("371623-GOV",), "房屋征收或者征用补偿", (MEDIATED,)),
    ("鲁1602", 6, 0): Special(
        ("371602-RS",),
        "工伤保险资格或者待遇认定",
        _lost("撤销并责令重新作出", "适用法律、法规错误", "重新作出工伤认定决定", _60_DAYS),
    ),
    ("鲁1602", 7, 0): Special(("371602-ZF",), "强制拆除房屋或者设施", _lost("确认违法", "违反法定程序")),
    ("鲁1602", 7, 1): Special(
        ("BZ-ZRZY",),
        "政府信息公开",
        _lost("限期公开", "不履行法定职责", "公开原告申请的规划审批资料", "判决生效之日起15日内"),
    ),
    ("鲁1602", 7, 2): Special(
        ("371602-SC",), "罚款", _lost("判决变更", "明显不当", "退还罚款差额8000元", "2026-09-30")
    ),
    ("鲁1602", 8, 0): Special(
        ("371602-ZF",),
        "行政赔偿",
        _lost("判决赔偿", "违反法定程序", "赔偿原告物品损失36500元", "判决生效之日起30日内"),
        kind="行赔初",
    ),
    ("鲁1602", 8, 1): Special(
        ("371602-MZ",),
        "不履行职责",
        _lost("限期履行法定职责", "不履行法定职责", "对原告的申请作出答复", _60_DAYS),
    ),
    ("鲁1602", 8, 2): Special(
        ("BZ-RS", "BZ-GOV"), "行政行为及行政复议", (DISMISS,), note="复议维持，共同被告"
    ),
    ("鲁1603", 7, 0): Special(
        ("371603-ZRZY",), "建设用地使用权登记", _lost("撤销被诉行政行为", "主要证据不足", "注销登记")
    ),
    ("鲁1603", 7, 1): Special(
        ("371603-GUCHENG",),
        "强制清除地上物",
        _lost("确认违法，责令采取补救措施", "超越职权", "对清除的地上物采取补救措施", _60_DAYS),
    ),
    ("鲁1603", 9, 0): Special(("371603-NY",), "不履行职责", (DISMISS,), note=_REMANDED),
    ("鲁1625", 6, 0): Special(
        ("371625-GA",), "行政拘留", _lost("撤销行政处罚决定", "主要证据不足", "消除处罚记录", _60_DAYS)
    ),
    ("鲁1625", 7, 0): Special(
        ("371625-YB",),
        "基本医疗保险资格或者待遇认定",
        _lost("针对原告请求重新作出处理", "不履行法定职责", "对原告的待遇申请重新作出处理", _60_DAYS),
    ),
    ("鲁1625", 8, 0): Special(
        ("371625-XINGFU",), "责令限期拆除", _lost("确认无效", "没有职权依据或者重大且明显违法")
    ),
    ("鲁1681", 6, 0): Special(
        ("371681-SC",), "罚款", _lost("部分撤销", "适用法律、法规错误", "退还罚款5000元", "2026-08-31")
    ),
    ("鲁1681", 7, 0): Special(
        ("371681-ZJ",),
        "不依法履行行政协议",
        _lost("判决继续履行协议", "行政协议违约", "按协议交付安置房一套", "2026-12-31"),
    ),
    ("鲁1681", 7, 1): Special(("371681-GA",), "罚款", _lost("程序轻微违法，确认违法", "违反法定程序")),
    ("鲁1681", 8, 0): Special(
        ("371681-SBZX",),
        "给付基本养老金",
        _lost("判决履行给付义务", "不履行法定职责", "补发基本养老金21300元", "判决生效之日起30日内"),
    ),
    ("鲁1681", 8, 1): Special(
        ("371681-GA", "371681-GOV"),
        "行政行为及行政复议",
        (
            Ruling("判决", "撤销行政处罚决定", True, "主要证据不足", "消除处罚记录", _60_DAYS),
            Ruling("判决", "撤销复议决定", True, "主要证据不足"),
        ),
        note="复议维持，共同被告",
    ),
    ("鲁1622", 7, 0): Special(
        ("371622-NY",),
        "土地承包经营权登记",
        _lost("撤销登记", "违反法定程序", "注销登记后依法办理", _60_DAYS),
    ),
    ("鲁1622", 8, 0): Special(
        ("371622-SHANGDIAN",),
        "不履行职责",
        _lost("责令履行法定职责", "不履行法定职责", "对宅基地申请作出处理", _60_DAYS),
    ),
    ("鲁1602", 9, 0): Special(("371602-ZJ", "371602-ZF"), "政府信息公开", (DISMISS,)),
    ("鲁1681", 9, 0): Special(("371681-ZF",), "行政赔偿", (Ruling("判决", "驳回赔偿请求"),), kind="行赔初"),
}

# Ordinary suits take these in turn; TOWN stands for one of the court's towns.
MATTERS = (
    ("GA", "罚款"), ("ZRZY", "政府信息公开"), ("RS", "工伤保险资格或者待遇认定"), ("ZF", "责令限期拆除"),
    ("SC", "不履行职责"), ("TOWN", "强制清除地上物"), ("ZJ", "政府信息公开"), ("GA", "行政拘留"),
    ("SP", "工商登记"), ("ST", "罚款"), ("MZ", "婚姻登记"), ("JJ", "罚款"), ("BDC", "房屋所有权登记"),
    ("YB", "给付基本医疗保险金"), ("TOWN", "政府信息公开"), ("NY", "土地承包经营权登记"),
    ("WJ", "不履行职责"), ("RS", "不履行职责"), ("JY", "政府信息公开"), ("TY", "给付抚恤金"),
    ("SWS", "征缴税款"), ("SW", "责令改正"), ("TOWN", "责令限期拆除"), ("YJ", "罚款"),
)  # fmt: skip
TOWNS = {
    "鲁1602": ("371602-SHIXI", "371602-YANGLIUXUE", "371602-LIANGCAI", "371602-SANHEHU"),
    "鲁1603": ("371603-XIAWA", "371603-FUGUO", "371603-FENGJIA"),
    "鲁1625": ("371625-HUBIN", "371625-JINQIU", "371625-DIANZI"),
    "鲁1681": ("371681-WEIQIAO", "371681-DAIXI", "371681-CHANGSHAN", "371681-HANDIAN"),
    "鲁1622": ("371622-XINCHENG", "371622-SHUILUOPO", "371622-HELIU"),
}
# The district court of the seat of government also hears suits against the city's departments and a zone.
CITY_MATTERS = (
    ("BZ-RS", "工伤保险资格或者待遇认定"), ("BZ-SC", "不履行职责"), ("BZ-JJZD", "罚款"),
    ("BZ-GJJ", "责令改正"), ("371672-GWH", "政府信息公开"), ("BZ-ZRZY", "建设工程规划许可"),
)  # fmt: skip
# Suits against governments of counties and above begin in the intermediate court (《行政诉讼法》第十五条).
GOVERNMENT_MATTERS = (
    ("371603-GOV", "征收或者征用土地"), ("BZ-GOV", "政府信息公开"), ("371621-GOV", "驳回行政复议申请决定"),
    ("371625-GOV", "集体土地所有权登记"), ("371681-GOV", "不予受理行政复议申请决定"),
    ("371623-GOV", "土地征收或者征用补偿"), ("371602-GOV", "征收或者征用房屋"),
    ("371622-GOV", "政府信息公开"),
)  # fmt: skip

# Suits heard together: the slot begins a group of so many.
SERIES: dict[Slot, int] = {("鲁1602", 8, 6): 3, ("鲁1681", 9, 3): 4, ("鲁1625", 7, 2): 2, ("鲁16", 9, 1): 2}

ADJOURNED, CANCELLED, WITHDRAWN_IN_COURT, HEARD_AGAIN = "延期", "取消", "撤诉", "再次开庭"
EVENTS: dict[Slot, str] = {
    ("鲁1602", 7, 5): ADJOURNED,
    ("鲁16", 8, 0): ADJOURNED,
    ("鲁1625", 8, 2): ADJOURNED,
    ("鲁1681", 8, 4): CANCELLED,
    ("鲁1603", 9, 2): CANCELLED,
    ("鲁1625", 8, 3): WITHDRAWN_IN_COURT,
    ("鲁1602", 9, 6): WITHDRAWN_IN_COURT,
    ("鲁1681", 7, 4): HEARD_AGAIN,
}

ABSENT_DUTY, ABSENT_ILL, ABSENT_SILENT, LAWYER_ONLY = "公务", "意外", "无理由", "仅律师"
NO_IDENTITY, LEFT_EARLY, SILENT, MENDED = "证明不合格", "中途退庭", "未发言", "证明已补正"
CONDUCT: dict[Slot, str] = {
    ("鲁1602", 7, 4): ABSENT_DUTY,
    ("鲁1681", 8, 3): ABSENT_ILL,
    ("鲁1603", 8, 1): ABSENT_SILENT,
    ("鲁1602", 9, 2): LAWYER_ONLY,
    ("鲁1625", 9, 1): NO_IDENTITY,
    ("鲁1681", 9, 1): LEFT_EARLY,
    ("鲁1602", 7, 6): SILENT,
    ("鲁1602", 8, 4): SILENT,
    ("鲁1681", 7, 3): SILENT,
    ("鲁1622", 9, 1): SILENT,
    ("鲁1603", 7, 2): MENDED,
    ("鲁1602", 9, 4): MENDED,
}


@dataclass(frozen=True, slots=True)
class Appeal:
    """A second-instance suit about a decision made before the sample months; `origin` is its 案号."""

    month: int
    origin: str
    agencies: tuple[str, ...]
    cause: str
    end: Ruling


APPEALS = (
    Appeal(6, "（2026）鲁1603行初9号", ("371603-NY",), "不履行职责", REMAND),
    Appeal(6, "（2026）鲁1621行初5号", ("371621-GA",), "罚款", AFFIRM),
    Appeal(6, "（2026）鲁1623行初7号", ("371623-ZRZY",), "政府信息公开", AFFIRM),
    Appeal(7, "（2026）鲁1602行初12号", ("371602-SHIZHONG",), "强制清除地上物", REVERSE),
    Appeal(7, "（2026）鲁1681行初6号", ("371681-RS",), "工伤保险资格或者待遇认定", AFFIRM),
    Appeal(7, "（2026）鲁1625行初11号", ("371625-ZF",), "责令限期拆除", APPEAL_WITHDRAWN),
    Appeal(7, "（2026）鲁1621行初14号", ("371621-HUJI",), "政府信息公开", CONTINUE),
    Appeal(8, "（2026）鲁1602行初17号", ("BZ-GA",), "不履行职责", AFFIRM),
    Appeal(8, "（2026）鲁1623行初16号", ("371623-SC",), "不履行职责", AFFIRM_RULING),
    Appeal(8, "（2026）鲁1622行初8号", ("371622-ZJ",), "政府信息公开", AFFIRM),
)
CHAINED_APPEALS = 8  # further second-instance suits about decisions in the samples themselves


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip left in a workbook on purpose, in the body row counted from 0.

    `text` replaces what stands there; without it the agency's name is misspelt.
    """

    sheet: str
    row: int
    column: str
    text: str = ""


FAULTS: dict[tuple[str, str], tuple[Fault, ...]] = {
    ("鲁1625", "2026-09"): (
        Fault("出庭", 0, "被诉行政机关"),
        Fault("出庭", 2, "开庭日期", "8.32"),
        Fault("裁判", 1, "裁判结果", "详见文书"),
    ),
    ("鲁1681", "2026-10"): (
        Fault("排庭", 1, "被诉行政机关"),
        Fault("排庭", 3, "开庭日期", "10.32"),
        Fault("裁判", 0, "案号", "（2026）鲁1681行初号"),
        Fault("裁判", 2, "被诉行政机关"),
    ),
}
# Words that sound alike, the way a clerk types them by mistake.
HOMOPHONES = {"政府": "镇府", "中心": "中新", "大队": "大对", "办": "半", "局": "居"}
