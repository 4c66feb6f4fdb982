"""The words that stand for a choice in the courts' sheets."""

from collections.abc import Mapping
from unicodedata import normalize

from lib.cell_values import clean_text

STATES = {
    "是": "held", "已开庭": "held", "开庭": "held", "√": "held", "有": "held", "Y": "held", "1": "held",
    "延期": "postponed", "延期开庭": "postponed", "改期": "postponed",
    "取消": "cancelled", "否": "cancelled", "未开庭": "cancelled", "取消开庭": "cancelled", "×": "cancelled",
    "撤诉": "withdrawn", "撤回起诉": "withdrawn", "已撤诉": "withdrawn",
}  # fmt: skip
MODES = {
    "公开": "public", "公开审理": "public", "公开开庭": "public", "不公开": "closed", "不公开审理": "closed",
    "在线": "online", "线上": "online", "互联网": "online", "远程": "online", "在线庭审": "online",
}  # fmt: skip
RANKS = {"正职": "principal", "副职": "deputy", "其他负责人": "other", "其他": "other"}
CERTIFICATES = {"合格": "accepted", "已补正": "corrected", "补正": "corrected", "不合格": "defective"}
FINDINGS = {"成立": "accepted", "不成立": "rejected", "未审查": "not_reviewed"}
# What old ledgers write besides.
PERFORMANCE = {
    "已履行": "done", "已履行完毕": "done", "履行完毕": "done", "全部履行": "done", "已自动履行": "done", "是": "done",
    "逾期履行": "done_late", "强制执行": "enforced", "已强制执行": "enforced", "经强制执行履行": "enforced",
    "部分履行": "partial", "未履行": "overdue", "尚未履行": "overdue", "否": "overdue",
    "履行中": "in_progress", "正在履行": "in_progress", "和解": "settled", "和解履行": "settled",
    "无履行内容": "none", "无需履行": "none", "不需履行": "none", "不涉及履行": "none", "不涉及": "none",
}  # fmt: skip
YES_NO = {
    "败诉": True, "部分败诉": True, "胜诉": False, "已上诉": True, "上诉": True, "未上诉": False,
    "已生效": True, "生效": True, "未生效": False,
}  # fmt: skip
NOT_YET = frozenset(
    {
        "未开庭", "不开庭", "书面审理", "未开庭审理", "审理中", "在审", "正在审理", "未审结", "未结", "未判", "未判决",
        "未裁判", "待判", "待判决", "未生效", "未送达",
    }
)  # fmt: skip
DOCUMENTS = {"判决": "判决", "裁定": "裁定", "调解": "调解书"}
GROUNDS = (("不可抗力", "force_majeure"), ("意外", "accident"), ("公务", "official_duty"))


UNKNOWN = "?"


def choose(value: object, choices: Mapping[str, str]) -> str | None:
    """What the words stand for, or None when they are not among the choices."""
    return choices.get(normalize("NFKC", clean_text(value)).replace(" ", "").upper()) or choices.get(
        clean_text(value)
    )


def document_of(value: object) -> str | None:
    """判决, 裁定 or 调解书 from words such as 行政赔偿判决书."""
    word = clean_text(value).replace(" ", "")
    for prefix in ("行政赔偿", "行政附带民事", "行政"):
        word = word.removeprefix(prefix)
    return DOCUMENTS.get(word.removesuffix("书"))


def instance_of(value: object) -> tuple[str | None, str]:
    """Instance and procedure from words such as 一审普通程序; None for one not said, UNKNOWN for other words."""
    word = clean_text(value).replace(" ", "")
    instance = next(
        (code for name, code in (("一审", "first"), ("二审", "second"), ("再审", "retrial")) if name in word),
        None,
    )
    procedure = "simple" if "简易" in word else "ordinary" if "普通" in word else ""
    rest = word
    for name in ("一审", "二审", "再审", "简易程序", "普通程序", "简易", "普通", "程序", "审"):
        rest = rest.replace(name, "")
    return (instance, procedure) if not rest.strip("()（）·-、，") else (None, UNKNOWN)


def absence_ground(reason: str) -> str:
    """Which of the four grounds of 法释〔2020〕3号 第八条 a reason in words belongs to."""
    if not reason:
        return "none"
    return next((code for word, code in GROUNDS if word in reason), "other")
