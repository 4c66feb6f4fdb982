"""Papers that answer what came in: 司法建议回复."""

from typing import Any

from cases.models import Paper
from cases.papers import matters
from cases.papers.form import MeasuresForm
from cases.papers.kinds.kind import PaperKind, PaperStep
from cases.record.form_fields import choice_field, text_field


class AdviceReplyForm(MeasuresForm):
    """司法建议回复, item by item."""

    adopted = choice_field("采纳情况", [("all", "全部采纳"), ("part", "部分采纳"), ("none", "不采纳")])
    items = text_field("逐条答复", lines=5, help_text="按建议的条次，一条一段：采纳与否和理由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("adopted") == "none":
            for name in ("measure_1", "owner_1", "due_1"):
                self.fields[name].required = False


KINDS = (
    PaperKind(
        Paper.Kind.ADVICE_REPLY,
        AdviceReplyForm,
        page="advice_reply",
        step=PaperStep(120, "司法建议回复", "回复", only_when_due=True),
        rule="judicial_advice_reply",
        find_matter=matters.the_incoming,
    ),
)
