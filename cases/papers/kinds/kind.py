"""What a kind of paper is: its form, what it is about, its page, the duty it meets, its step, and to whom it goes."""

from dataclasses import dataclass

from cases.models import Paper
from cases.papers import matters
from cases.papers.form import MeasuresForm, PaperForm
from cases.record.form_fields import PastDayField
from organisations.models import Organisation

LEGAL_OFFICE, POLITICAL_LEGAL = Organisation.Kind.LEGAL_OFFICE, Organisation.Kind.POLITICAL_LEGAL


@dataclass(frozen=True, slots=True)
class PaperStep:
    """The line of the case page that stands for a paper: its place among the steps, its name, its button."""

    place: int
    label: str
    button: str
    # Most cases never see it: it is shown only where a deadline asks for it.
    only_when_due: bool = False
    # The agency may do it before anything started its clock.
    may_begin: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. Everything that differs from kind to kind is here or in its form, and nowhere else."""

    key: Paper.Kind
    form: type[PaperForm]
    # The name of its page; with dashes its address below the lane.
    page: str
    step: PaperStep
    # The rule of the book whose duty it meets.
    rule: str
    find_matter: matters.Finder = matters.nothing
    verb: str = "报送司法局"
    # To whom it goes (“两报告一备案一通报”); to nobody: it stays in the agency.
    recipients: tuple[str, ...] = (LEGAL_OFFICE,)
    # It tells of the time before the hearing: material, evidence period, who will come.
    tells_of_preparation: bool = False

    @property
    def label(self) -> str:
        return str(self.key.label)

    @property
    def names_its_matter(self) -> bool:
        """Whether its address says which hearing, decision or incoming paper it is about."""
        return self.find_matter is not matters.nothing

    @property
    def has_measures(self) -> bool:
        return issubclass(self.form, MeasuresForm)

    def says(self, field: str) -> bool:
        """Whether its form has a field of that name."""
        return field in self.form.base_fields

    @property
    def past_days(self) -> dict[str, str]:
        """The labels of the days of things that happened, by field."""
        fields = self.form.base_fields.items()
        return {name: str(field.label) for name, field in fields if isinstance(field, PastDayField)}
