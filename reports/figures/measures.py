"""指标: the definitions. Each prints its own and judges one population; sets of ids, counted last."""

from collections.abc import Iterator
from datetime import date

from reports.figures import judges
from reports.figures.measure import Measure

VERSION = "2026.5"  # of the definitions below
SINCE = date(2026, 11, 30)
AUTHOR = "平台默认口径，依据《行政诉讼法》、法释〔2020〕3号和“3632”工作机制，待市司法局核定"

_HEARD = (
    "本期首次开庭的案号（行政诉讼各审级，一案号一件；再审审查、非诉审查不计；同一审级多次开庭有一次出庭即计入；"
    "共同被告任一机关负责人出庭即计入全域，各单位分别计算）"
)


def _all() -> Iterator[Measure]:
    case, no_hearing = "案号", "本期无开庭案件"
    yield Measure(
        "appearance_rate", "负责人出庭应诉率", case,
        f"负责人出庭的案号÷{_HEARD}。视为未出庭、中途退庭、有正当理由未出庭均不计入分子；延期、取消、撤诉未开庭及尚未收到出庭情况的不计入分母。",
        no_hearing, "appearances", judges.appeared,
    )  # fmt: skip
    yield Measure(
        "appearance_rate_principal", "正职出庭率", case,
        f"正职负责人出庭的案号÷{_HEARD}。", no_hearing, "appearances", judges.principal_appeared,
    )  # fmt: skip
    yield Measure(
        "appearance_rate_deputy", "副职出庭率", case,
        f"副职负责人出庭、没有正职出庭的案号÷{_HEARD}。", no_hearing, "appearances", judges.deputy_appeared,
    )  # fmt: skip
    yield Measure(
        "appearance_rate_other", "其他负责人出庭率", case,
        f"其他负责人（含未载明职务的）出庭、没有正职和副职出庭的案号÷{_HEARD}。", no_hearing, "appearances",
        judges.other_appeared,
    )  # fmt: skip
    yield Measure(
        "appearance_compliance_rate", "出庭合规率", case,
        f"（负责人出庭＋法院认定未出庭理由成立）的案号÷{_HEARD}。", no_hearing, "appearances", judges.complied,
    )  # fmt: skip
    yield Measure(
        "spoke_rate", "出庭发言率", case,
        "负责人出庭并发言的案号÷负责人出庭的案号；未载明是否发言的不计入分母。",
        "本期无负责人出庭案件", "appearances", judges.spoke,
    )  # fmt: skip
    yield Measure(
        "appearance_rate_by_series", "负责人出庭应诉率（按合并审理组）", "组",
        f"负责人出庭的组÷{_HEARD}，合并审理的各案号计为一组，组内任一案号有负责人出庭即计入；未合并审理的一案号为一组。",
        no_hearing, "appearances", judges.appeared, by_series=True,
    )  # fmt: skip
    for instance, words in (("first", "一审"), ("second", "二审")):
        yield Measure(
            f"appearance_rate_{instance}", f"{words}负责人出庭应诉率", case,
            f"负责人出庭的{words}案号÷{_HEARD}中的{words}案件。", no_hearing, "appearances",
            judges.appeared_in(instance),
        )  # fmt: skip
    yield Measure(
        "appearance_rate_county_grade", "县处级以上负责人出庭率", case,
        f"正职、副职负责人为县处级以上的单位（市级机关、县（市、区）政府、市属开发区管委会），其正职、副职出庭的案号÷{_HEARD}。",
        no_hearing, "appearances", judges.county_grade_appeared,
    )  # fmt: skip
    yield from _times()
    yield _moved()
    yield from _cases()
    yield from _duties()
    yield from _outcomes()


def _times() -> Iterator[Measure]:
    for key, words, judge in (
        ("", "负责人", judges.appeared),
        ("_principal", "正职负责人", judges.principal_appeared),
        ("_county_grade", "县处级以上负责人", judges.county_grade_appeared),
    ):
        yield Measure(
            f"appearance_times{key}", f"{words}出庭人次", "人次",
            f"本期每次开庭、每个被诉机关，{words}出庭计一人次；同一案件多次开庭的逐次计。尚未收到出庭情况的不计入。",
            "本期无开庭", "sittings", judge, is_rate=False,
        )  # fmt: skip


def _moved() -> Measure:
    return Measure(
        "rescheduled_count", "改期开庭件数", "被告·案号",
        "原定本期开庭、后由法院通报改到其他日期的案件；通报时说明是录入更正的不计。",
        "本期无改期", "moves", judges.rescheduled, is_rate=False,
    )  # fmt: skip


_OWED = "本期应履行的义务（已生效、有履行内容，履行期限于本期届满的，加上以前届满至本期初仍未履行的，按单位逐项计）"
_LEFT_OUT = "期末之后履行的，计入履行的那一期。因再审中止、有无履行内容待确认、期限尚未届满的不计入。"


_DOCKET = "本期在办案件（旧存＋新收；一审、二审、再审各一案号一件。立案日期未载明的，以首次开庭、裁判或者通报之日为准）"


def _cases() -> Iterator[Measure]:
    unit, empty = "案号", "本期没有在办案件"
    yield Measure(
        "case_carried_count", "旧存", unit, f"{_DOCKET}中，本期初尚未审结的。", empty, "cases",
        judges.was_carried, is_rate=False, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "case_new_count",
        "新收",
        unit,
        f"{_DOCKET}中，本期立案的。",
        empty,
        "cases",
        judges.is_new,
        is_rate=False,
    )
    yield Measure(
        "case_concluded_count", "审结", unit, f"{_DOCKET}中，至本期末已经裁判的。", empty, "cases",
        judges.concluded, is_rate=False,
    )  # fmt: skip
    for instance, words in (("first", "一审"), ("second", "二审"), ("retrial", "再审")):
        yield Measure(
            f"case_concluded_{instance}", f"{words}审结", unit, f"{_DOCKET}中，至本期末已经裁判的{words}案件。",
            empty, "cases", judges.concluded_in(instance), is_rate=False,
        )  # fmt: skip
    yield Measure(
        "case_pending_count", "未结", unit, f"{_DOCKET}中，至本期末尚未裁判的；旧存＋新收＝审结＋未结。", empty,
        "cases", judges.pending, is_rate=False, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "conclusion_rate",
        "结案率",
        unit,
        f"审结÷{_DOCKET}。",
        empty,
        "cases",
        judges.concluded,
        is_stock=True,
    )


def _duties() -> Iterator[Measure]:
    yield Measure(
        "performance_rate", "履行生效裁判率", "义务",
        f"至本期末已履行的义务÷{_OWED}。{_LEFT_OUT}",
        "本期无到期应履行义务", "obligations", judges.performed, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "performance_on_time_rate", "按期履行率", "义务",
        f"在履行期限内履行的义务÷{_OWED}。{_LEFT_OUT}",
        "本期无到期应履行义务", "obligations", judges.on_time, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "performance_unforced_rate", "自动履行率", "义务",
        "未经强制执行而履行的义务÷本期应履行并已履行的义务。", "本期无已履行义务", "obligations",
        judges.performed_unforced, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "report_on_time_rate", "应诉情况报告按期率", "件",
        "举证期限届满之日起 5 日内报送的应诉情况报告÷报送期限于本期届满的应诉情况报告，加上以前届满至本期初仍未报送的；"
        "中止、免除、不再适用的不计入。",
        "本期无到期应报告事项", "papers", judges.on_time, is_stock=True,
        rule="defence_report",
    )  # fmt: skip
    yield Measure(
        "filing_on_time_rate", "裁判文书备案按期率", "件",
        "收到裁判文书之日起 5 日内备案的÷备案期限于本期届满的裁判文书，加上以前届满至本期初仍未备案的；"
        "中止、免除、不再适用的不计入。",
        "本期无到期应备案文书", "papers", judges.on_time, is_stock=True,
        rule="judgment_filing",
    )  # fmt: skip
    yield Measure(
        "lost_report_on_time_rate", "败诉报告按期率", "件",
        "在期限内报送的败诉报告÷报送期限于本期届满的败诉报告，加上以前届满至本期初仍未报送的；中止、免除、不再适用的不计入。",
        "本期无到期应报送的败诉报告", "papers", judges.on_time, is_stock=True, rule="lost_case_report",
    )  # fmt: skip
    yield from _capacity()


def _capacity() -> Iterator[Measure]:
    yield Measure(
        "advice_on_time_rate", "司法建议按期回复率", "件",
        "在期限内回复的÷回复期限于本期届满的司法建议，加上以前届满至本期初仍未回复的（收到司法建议以来文登记为准）。",
        "本期无到期应回复的司法建议", "advices", judges.on_time, is_stock=True,
    )  # fmt: skip
    yield Measure(
        "advice_adopted_rate", "司法建议采纳率", "件",
        "全部采纳、部分采纳的÷本期报送的司法建议回复（同一份建议以期末前最后一版为准）。",
        "本期无司法建议回复", "replies", judges.adopted,
    )  # fmt: skip
    yield Measure(
        "training_on_time_rate", "行政应诉培训按期率", "次",
        "按期举办的÷举办期限于本期届满的年度行政应诉培训（每年两次），加上以前届满至本期初仍未举办的。",
        "本期无到期应举办的培训", "trainings", judges.on_time, is_stock=True,
    )  # fmt: skip


def _outcomes() -> Iterator[Measure]:
    concluded = "本期裁判的一审、再审案件（被告·案号；移送、中止、停止执行等非终结性裁定不计）"
    unit, empty = "被告·案号", "本期无审结案件"
    yield Measure(
        "loss_rate_concluded", "败诉率（按审结件数）", unit,
        f"败诉件数÷{concluded}。一审结果已被二审撤销、是否败诉尚未认定的不计入。", empty, "outcomes",
        judges.lost, is_bad=True,
    )  # fmt: skip
    yield Measure(
        "loss_rate_judged", "败诉率（按判决件数）", unit,
        f"败诉件数÷{concluded}中以判决结案的件数。", "本期无判决结案案件", "outcomes",
        judges.lost_by_judgment, is_bad=True,
    )  # fmt: skip
    yield Measure(
        "loss_rate_by_series", "败诉率（按合并审理组）", "组",
        f"败诉的组÷{concluded}，合并审理的各案号对同一被告计为一组，组内任一案号败诉即计为败诉。",
        empty, "outcomes", judges.lost, by_series=True, is_bad=True,
    )  # fmt: skip
    yield Measure(
        "withdrawal_after_change_count", "改变行政行为后撤诉件数", unit,
        f"{concluded}中，被告改变行政行为后原告撤诉的件数；与败诉率一并公布，不计算比率。",
        empty, "outcomes", judges.withdrawn_after_change, is_rate=False,
    )  # fmt: skip
    yield Measure(
        "settlement_rate", "调解撤诉率", unit, f"调解、撤诉（含按撤诉处理）的÷{concluded}。", empty, "outcomes",
        judges.settled,
    )  # fmt: skip
    yield Measure(
        "mediation_rate", "协调化解率", unit,
        f"调解、经协调和解撤诉、被告改变行政行为后撤诉的÷{concluded}。", empty, "outcomes", judges.mediated,
    )  # fmt: skip
    yield Measure(
        "appeal_rate", "上诉率", unit, "已上诉的÷本期裁判的一审案件（被告·案号）；未载明是否上诉的不计入。",
        "本期无一审裁判", "outcomes", judges.appealed,
    )  # fmt: skip
    yield Measure(
        "overturn_rate", "改判发回率", unit,
        "二审改判、发回重审、指令审理的÷本期裁判的二审案件（被告·案号；移送、中止等非终结性裁定不计）。",
        "本期无二审裁判", "appeals", judges.overturned, is_bad=True,
    )  # fmt: skip


MEASURES = {item.key: item for item in _all()}
