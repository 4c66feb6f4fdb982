"""Papers about a hearing: why no head came."""

from cases.models import Paper
from cases.papers import matters
from cases.papers.form import PaperForm
from cases.papers.kinds.kind import PaperKind, PaperStep
from cases.record.form_fields import choice_field, text_field
from rules.appearance import AbsenceGround


class AbsenceForm(PaperForm):
    """负责人不能出庭情况说明: the ground, what happened, who goes instead (规定第八条、第九条)."""

    ground = choice_field(
        "情形", [(ground.value, ground.label) for ground in AbsenceGround if ground != "none"]
    )
    facts = text_field("情况说明", lines=3)
    staff = text_field("委托出庭的工作人员", help_text="姓名、职务；律师不能代替")
    wants_files = "请上传证明材料（加盖印章或由主要负责人签字）。"


KINDS = (
    PaperKind(
        Paper.Kind.ABSENCE,
        AbsenceForm,
        page="absence",
        step=PaperStep(70, "负责人未出庭情况说明", "报送", only_when_due=True),
        rule="absence_explanation",
        find_matter=matters.the_hearing,
    ),
)
