"""通报 as documents: an outline names sections and annexes; for templates/documents/official.html."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lib.display import document_date
from organisations.models import Organisation, Region
from reports.bulletins import opening, pictures, tables, wording
from reports.bulletins.annexes import Annex, absence_annex, overdue_annex
from reports.bulletins.material import Material
from reports.bulletins.tables import Block
from reports.figures.measures import VERSION
from reports.scoring.ranking import group_label

Section = Callable[[Material], list[Block]]
Annexed = Callable[[Material], Annex | None]

NUMBERED = {"table": "表", "bars": "图", "trend": "图"}
CITY_ADDRESSEES = (
    "各县（市、区）人民政府，各市属开发区管委会，市政府各部门、各直属事业单位，中央、省驻滨各单位"
)
BASIS = (
    "根据《中华人民共和国行政诉讼法》《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》"
    "和滨州市行政应诉“3632”长效工作机制，现将{period}{everywhere}行政应诉工作{what}通报如下。"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The name of a paper, its sections in order, and its annexes."""

    what: str
    sections: tuple[tuple[str, Section], ...]
    annexes: tuple[Annexed, ...]


def build_document(material: Material, outline: Outline, issuer: Organisation) -> dict[str, Any]:
    """The draft of a bulletin: without number, dated the day of its data."""
    day = document_date(material.populations.on)
    return {
        "issuer_mark": f"{issuer.name}文件",
        "number": None,
        "title": f"{issuer.name}\n关于{material.period.label}{material.everywhere}\n行政应诉工作{outline.what}的通报",
        "addressees": _addressees(material.region),
        "blocks": _blocks(material, outline),
        "attachments": [annex for annex in (make(material) for make in outline.annexes) if annex],
        "signature": issuer.name,
        "date_text": day,
        "copy_to": "",
        "printed_by": issuer.name,
        "printed_on_text": day,
        "snapshot": {"as_of": day, "rules": VERSION},
        "draft": True,
    }


def _addressees(region: Region) -> str:
    if region.kind == Region.Kind.CITY:
        return CITY_ADDRESSEES
    if region.kind == Region.Kind.ZONE:
        return "各部门、各单位"
    return f"各乡镇人民政府、街道办事处，{region.name[-1]}政府各部门、各单位"


def _blocks(material: Material, outline: Outline) -> list[Block]:
    basis = BASIS.format(period=material.period.label, everywhere=material.everywhere, what=outline.what)
    blocks = [_paragraph(basis)]
    for number, (title, section) in enumerate(outline.sections):
        blocks.append({"kind": "heading1", "text": f"{wording.NUMERALS[number]}、{title}"})
        blocks += section(material)
    return _numbered(blocks)


def _numbered(blocks: list[Block]) -> list[Block]:
    """Captions get their number in the order of the text, tables and pictures each their own."""
    numbers = Counter[str]()
    for block in blocks:
        if mark := NUMBERED.get(block["kind"]):
            numbers[mark] += 1
            block["caption"] = f"{mark}{numbers[mark]}　{block['caption']}"
    return blocks


def _paragraph(text: str) -> Block:
    """A paragraph, and where in it the numbers of figures stand that a reader may open."""
    plain, opens = opening.read(text)
    return {"kind": "paragraph", "text": plain} | ({"opens": opens} if opens else {})


def _paragraphs(texts: Iterable[str]) -> list[Block]:
    return [_paragraph(text) for text in texts if text]


def _overall(material: Material) -> list[Block]:
    return _paragraphs([wording.overall(material), *wording.coverage(material)])


def _appearance(material: Material) -> list[Block]:
    key = "appearance_rate"
    named = [(unit, material.part(key, unit)) for unit in material.areas]
    texts = [*wording.appearance(material), wording.compared(named, key, "出庭应诉率")]
    city = bool(material.areas)
    agencies = tables.agency_table(
        material, "市直单位情况" if city else "各单位情况", Organisation.Level.MUNICIPAL if city else None
    )
    made = [
        tables.appearance_table(material, "各县（市、区）、市属开发区负责人出庭应诉情况"),
        *(_drawn(material, key) if material.period.kind != "month" else ()),
        agencies,
    ]
    return _paragraphs(texts) + [block for block in made if block]


def _drawn(material: Material, key: str) -> list[Block | None]:
    """The areas side by side and the twelve months; a single month is told without pictures."""
    return [
        pictures.bars_of(material, key, "各县（市、区）、市属开发区负责人出庭应诉率"),
        *pictures.trend_of(material, key, f"{material.everywhere}负责人出庭应诉率近12个月走势"),
    ]


def _performance(material: Material) -> list[Block]:
    return _with_table(wording.performance(material), tables.performance_table(material, "履行生效裁判情况"))


def _papers(material: Material) -> list[Block]:
    return _with_table(
        wording.papers(material), tables.paper_table(material, "应诉情况报告和裁判文书备案情况")
    )


def _losses(material: Material) -> list[Block]:
    return _with_table(wording.losses(material), tables.loss_table(material, "败诉情况"))


def _months(material: Material) -> list[Block]:
    return [tables.month_table(material, "各月情况")]


def _problems(material: Material) -> list[Block]:
    return _paragraphs(wording.problems(material))


def _requirements(material: Material) -> list[Block]:
    return _paragraphs(wording.requirements())


def _standings(material: Material) -> list[Block]:
    """The first and the last of each group, by score."""
    if material.ranking is None:
        return _paragraphs(["本年度没有评分细则，不计分排名。"])
    texts = []
    for group in material.ranking.groups:
        label = group_label(group.key, material.region)
        if group.ranked:
            first = [place.row for place in group.ranked if place.rank == 1]
            names = "、".join(unit.name for unit in first)
            together = "并列" if len(first) > 1 else ""
            texts.append(
                f"{label}参加排名{len(group.ranked)}家，{names}{together}第1名，得分{first[0].score.total}分。"
            )
            if incomplete := [place.row.name for place in group.ranked if place.row.gaps]:
                texts.append(f"其中{'、'.join(incomplete)}数据不全，名次暂计。")
        else:
            texts.append(f"{label}本期无可以排名的单位：{group.unranked[0].unranked}。")
    return _paragraphs(texts)


def _with_table(texts: list[str], table: Block | None) -> list[Block]:
    return _paragraphs(texts) + ([table] if table else [])


Titled = tuple[str, Section]
REGULAR: tuple[Titled, ...] = (
    ("总体情况", _overall),
    ("负责人出庭应诉", _appearance),
    ("履行生效裁判", _performance),
    ("应诉报告和裁判备案", _papers),
    ("败诉情况", _losses),
)
MONTHS: Titled = ("各月情况", _months)
STANDINGS: Titled = ("排名情况", _standings)
PROBLEMS: Titled = ("存在的问题", _problems)
REQUIREMENTS: Titled = ("工作要求", _requirements)
END: tuple[Titled, ...] = (PROBLEMS, REQUIREMENTS)
LISTS: tuple[Annexed, ...] = (absence_annex, overdue_annex)
