"""Which court a case number names."""

from django.core.exceptions import ValidationError

from organisations.models import CourtCode, Organisation
from rules.case_numbers import CaseNumber


def court_of(number: CaseNumber) -> Organisation:
    """The court whose letters the number bears. Raises ValidationError for letters that the directory does not know."""
    code = CourtCode.objects.filter(code=number.court).select_related("court").first()
    if code is None:
        raise ValidationError(
            {
                "number": f"名录中没有法院代字“{number.court}”。请核对案号；确属其他法院的，请联系系统管理员增加。"
            }
        )
    return code.court
