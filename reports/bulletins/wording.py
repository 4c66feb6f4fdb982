"""The sentences of bulletins. Every number in them comes from a measure; changes are told in 百分点."""

from collections import Counter
from collections.abc import Iterable, Sequence

from courts.notifications.coverage import KINDS, Gap
from reports.bulletins.material import Material
from reports.bulletins.opening import EXCLUDED, NUMERATOR, REST, opens
from reports.figures.entries import Part
from reports.figures.measure import Measured
from reports.figures.printing import INCOMPLETE, change_words, printed_rate, rate_words
from reports.figures.units import Unit

NUMERALS = "一二三四五六七八九十"


def overall(material: Material) -> str:
    """总体情况 in one paragraph."""
    return "".join(
        [
            f"{material.period.label}，",
            _appearance(material),
            "；",
            _performance(material),
            "；",
            _loss(material),
            "。",
        ]
    )


def appearance(material: Material) -> list[str]:
    """How heads appeared: quality beside the rate, and what is not counted."""
    measures = material.measures
    left_out = _not_counted(measures["appearance_rate"], "件")
    if not measures["appearance_rate"].total.denominator:
        return [f"{measures['appearance_rate'].measure.empty_text}。", *left_out]
    principal, complied, spoke = (
        measures[key] for key in ("appearance_rate_principal", "appearance_compliance_rate", "spoke_rate")
    )
    first = (
        f"{_sentence(_appearance(material))}其中正职负责人出庭{_counted(principal)}件，"
        f"正职出庭率为{_rate(principal, '—')}。"
        f"将法院认定未出庭理由成立的案件计算在内，出庭合规率为{_rate(complied, '—')}。"
        f"负责人出庭的案件中，发言的{_counted(spoke)}件，"
        f"出庭发言率为{_rate(spoke, spoke.measure.empty_text)}。"
        f"{_by_series(material, 'appearance_rate', '出庭应诉率')}"
    )
    return [first, *left_out]


def _by_series(material: Material, key: str, name: str) -> str:
    """The rate with cases heard together counted as one, where that is another number of cases."""
    each = material.measures[key].total
    grouped = material.measures[f"{key.removesuffix('_concluded')}_by_series"]
    if each.denominator == grouped.total.denominator:
        return ""
    return f"合并审理的按组计，{name}为{_rate(grouped)}。"


def compared(named: Iterable[tuple[Unit, Part]], key: str, what: str) -> str:
    """Those at 100% named together, then the lowest; empty without any unit to compare."""
    units = [(unit, part) for unit, part in named if part.denominator or part.footing.untold]
    known = [(unit, part) for unit, part in units if printed_rate(part)]
    full = [unit.name for unit, part in known if not part.rest]
    missing = [(unit, part) for unit, part in known if part.rest]
    unknown = [unit.name for unit, part in units if not printed_rate(part)]
    sentences = []
    if full:
        sentences.append(f"{'、'.join(full)}{what}{'均' if len(full) > 1 else ''}为100%。")
    if missing:
        lowest = min(len(part.numerator) / part.denominator for _, part in missing)
        last = [(unit, part) for unit, part in missing if len(part.numerator) / part.denominator == lowest]
        words = "、".join(
            f"{unit.name}{opens(key, rate_words(part, ''), unit=unit.code)}" for unit, part in last
        )
        sentences.append(f"{what}最低的为{words}。")
    if unknown:
        sentences.append(f"{'、'.join(unknown)}{INCOMPLETE}，不作评价。")
    return "".join(sentences)


def performance(material: Material) -> list[str]:
    """How effective decisions were performed."""
    on_time = material.measures["performance_on_time_rate"]
    text = _sentence(_performance(material))
    if on_time.total.denominator:
        text += f"其中按期履行{_counted(on_time)}项，按期履行率为{_rate(on_time)}。"
    return [text, *carried(material), *_not_counted(on_time, "项")]


def papers(material: Material) -> list[str]:
    """应诉情况报告 and 裁判文书备案."""
    texts = []
    for key, name, verb in (
        ("report_on_time_rate", "应诉情况报告", "报送"),
        ("filing_on_time_rate", "裁判文书备案", "备案"),
    ):
        measured = material.measures[key]
        if measured.total.denominator:
            texts.append(
                f"本期到期的{name}{opens(key, measured.total.denominator)}件，按期{verb}{_counted(measured)}件，"
                f"按期率为{_rate(measured)}{_change(material, key)}。"
            )
        else:
            texts.append(f"{measured.measure.empty_text}。")
    return texts


def losses(material: Material) -> list[str]:
    """Two loss rates and, beside them, withdrawals after a changed act."""
    judged = material.measures["loss_rate_judged"]
    withdrawn = material.measures["withdrawal_after_change_count"]
    text = _sentence(_loss(material))
    if judged.total.denominator:
        text += (
            f"以判决结案的{opens(judged.measure.key, judged.total.denominator)}件中，败诉率为{_rate(judged)}"
            f"{_change(material, 'loss_rate_judged')}。"
        )
    text += _by_series(material, "loss_rate_concluded", "败诉率")
    if withdrawn.total.denominator:
        text += f"被告改变行政行为后原告撤诉{_counted(withdrawn)}件。"
    return [text]


def coverage(material: Material) -> list[str]:
    """数据说明: what is missing under the figures, by kind and court; that nothing is, is said too."""
    gaps = material.populations.coverage.gaps
    if not gaps:
        return ["数据说明：各法院本期通报齐全，没有待改正的行，没有缺少结果或者出庭情况的开庭。"]
    told = "；".join(_gap_words(kind, [gap for gap in gaps if gap.kind == kind]) for kind in _kinds_of(gaps))
    return [f"数据说明：{INCOMPLETE}，相关比率不作100%公布，不作环比：{told}。"]


def _kinds_of(gaps: Sequence[Gap]) -> list[str]:
    return list(dict.fromkeys(gap.kind for gap in gaps))


def _gap_words(kind: str, gaps: list[Gap]) -> str:
    """法院未通报：惠民法院7月、8月，无棣法院8月; 排庭尚无结果：博兴法院2件."""
    if kind in ("period_open", "before_start"):
        return gaps[0].words.strip()
    by_place = {
        place: [gap for gap in gaps if gap.of == place] for place in dict.fromkeys(g.of for g in gaps)
    }
    told = "，".join(f"{place}{_how_much(kind, found)}" for place, found in by_place.items())
    return f"{KINDS[kind].label}：{told}"


def _how_much(kind: str, gaps: list[Gap]) -> str:
    if kind == "agency_silent":
        return ""
    if kind == "court_silent":
        return "、".join(f"{int(gap.month[-2:])}月" for gap in gaps)
    return f"{sum(gap.count for gap in gaps)}{'行' if kind == 'rows_held' else '件'}"


def carried(material: Material) -> list[str]:
    """上期结转 beside what is new."""
    part = material.measures["performance_rate"].total
    if not part.carried_over:
        return []
    new = part.denominator - part.carried_over
    return [f"应履行的义务中，本期新到期{new}项，上期结转{part.carried_over}项。"]


def problems(material: Material) -> list[str]:
    """存在的问题: what the figures show, no more."""
    measures = material.measures
    found = []
    if absent := measures["appearance_rate"].total.rest:
        number = opens("appearance_rate", len(absent), REST)
        found.append(f"负责人未出庭（含视为未出庭、中途退庭）的案件{number}件。")
    if overdue := measures["performance_rate"].total.rest:
        found.append(f"履行期限届满尚未履行的义务{opens('performance_rate', len(overdue), REST)}项。")
    late = len(measures["report_on_time_rate"].total.rest) + len(measures["filing_on_time_rate"].total.rest)
    if late:
        found.append(f"应诉情况报告、裁判文书备案迟报或者未报{late}件。")
    if measures["loss_rate_concluded"].total.numerator:
        found.append(f"败诉案件{_counted(measures['loss_rate_concluded'])}件，须逐案分析原因并整改。")
    if material.populations.coverage.gaps:
        found.append(f"{INCOMPLETE}，见“数据说明”；补齐之前，本期各项指标不能作为没有问题的依据。")
    if not found:
        return ["本期各项指标未发现突出问题。"]
    return [f"{number}.{text}" for number, text in enumerate(found, start=1)]


def requirements() -> list[str]:
    """工作要求: the duties of the mechanism."""
    return [
        "1.落实负责人出庭应诉。收到开庭通知后及时确定出庭负责人；不能出庭的，须在开庭前书面说明理由并附证明材料，委托相应的工作人员出庭。",
        "2.全面履行生效裁判。逾期未履行的单位，须说明原因，明确履行时限，并将履行情况报同级司法行政机关。",
        "3.按期报告备案。举证期限届满之日起5日内报送应诉情况报告，收到裁判文书之日起5日内备案；迟报、漏报的，须补报并说明原因。",
    ]


def _sentence(clause: str) -> str:
    return f"{clause}。"


def _change(material: Material, key: str) -> str:
    period = material.period.previous().label
    words = f"较{period}上升", f"较{period}下降"
    floor = material.populations.floor
    return f"，{change_words(material.measures[key], material.before[key], period, words, floor)}"


def _appearance(material: Material) -> str:
    text = "行政机关被诉案件开庭审理{}件，负责人出庭应诉{}件，出庭应诉率为"
    return f"{material.everywhere}{_rate_sentence(material, 'appearance_rate', text)}"


def _performance(material: Material) -> str:
    text = "应履行的生效裁判义务{}项，已履行{}项，履行率为"
    return _rate_sentence(material, "performance_rate", text)


def _loss(material: Material) -> str:
    text = "审结一审、再审案件{}件（按被告计），败诉{}件，败诉率为"
    return _rate_sentence(material, "loss_rate_concluded", text)


def _rate_sentence(material: Material, key: str, text: str) -> str:
    """The text with denominator and numerator, then the rate and its change; that there is nothing where nothing is."""
    figure = material.measures[key]
    if not figure.total.denominator:
        return figure.measure.empty_text
    counted = text.format(opens(key, figure.total.denominator), _counted(figure))
    return f"{counted}{_rate(figure)}{_change(material, key)}"


def _not_counted(figure: Measured, unit: str) -> list[str]:
    """What is left out, by reason; nothing where nothing is."""
    left_out = figure.total.excluded
    if not left_out:
        return []
    reasons = Counter(left.reason for left in left_out)
    words = "、".join(f"{reason}{number}{unit}" for reason, number in reasons.items())
    return [f"另有{opens(figure.measure.key, len(left_out), EXCLUDED)}{unit}不计入：{words}。"]


def _rate(figure: Measured, empty_text: str = "") -> str:
    """The rate in words; it opens the figure."""
    return opens(figure.measure.key, rate_words(figure.total, empty_text))


def _counted(figure: Measured) -> str:
    """How many are in the numerator; the number opens them."""
    return opens(figure.measure.key, len(figure.total.numerator), NUMERATOR)
