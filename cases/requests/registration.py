"""Registering the case that a form tells of."""

from django.db import transaction

from cases.law import current_law
from cases.material import signing
from cases.models import Lane
from cases.registration.cases import CaseDetails, register_case
from cases.registration.forms import CaseForm
from organisations.requests import SignedInRequest, author_of


@transaction.atomic
def register(form: CaseForm, request: SignedInRequest) -> Lane:
    """Register the case of a valid form and sign for its material. Raises ValidationError."""
    cleaned, author = dict(form.cleaned_data), author_of(request)
    received_on, method = cleaned.pop("received_on"), cleaned.pop("method")
    lane = register_case(CaseDetails(**cleaned), author=author)
    signing.sign_for_material(
        lane, received_on=received_on, method=method, period=None, author=author, law=current_law()
    )
    return lane
