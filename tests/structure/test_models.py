import pytest
from django.apps import apps
from django.core.management import call_command

OURS = ("organisations", "cases", "courts", "supervision", "reports")
# Models without `visible_to`, each with the reason why nobody can be shown a stranger's row.
EXEMPT = {
    "organisations.Region": "public: the administrative divisions",
    "organisations.CourtArea": "public: which court hears the cases of which region",
    "organisations.CourtCode": "public: the codes in case numbers",
    "organisations.OrganisationAlias": "public: other names of organisations",
    "organisations.Grouping": "public: which group an organisation belongs to",
    "organisations.User": "listed only to the system administrator",
    "organisations.Post": "listed only to the security administrator; a person sees the own ones",
    "organisations.PastPassword": "never shown",
    "organisations.ApiToken": "never shown",
    "organisations.StoredFile": "reached only through what refers to it",
    "cases.Dispute": "reached only through its cases",
    "cases.SeriesGroup": "reached only through its cases",
    "cases.Party": "reached only through its case",
    "cases.Cause": "public: 法发〔2020〕44号",
    "cases.Domain": "public: the domains by which bulletins group losses",
    "cases.HearingSession": "reached only through its hearings",
    "cases.Designation": "reached only through its case",
    "cases.AppearanceRuling": "reached only through its hearing",
    "cases.DeadlineChange": "reached only through its deadline",
    "cases.CalendarMove": "reached only through its calendar notice",
    "cases.PaperFile": "reached only through its paper",
    "cases.PaperDelivery": "reached only through its paper",
    "cases.ClaimOutcome": "reached only through its outcome",
    "cases.DraftFile": "reached only through its draft",
    "cases.EntryFile": "reached only through its line of the ledger",
    "cases.Source": "reached only through the fact it states",
    "cases.DiscrepancyAnswer": "reached only through its discrepancy",
    "cases.FactChange": "reached only through its case",
    "courts.HistoryImport": "shown on no page: for whoever runs the command",
    "supervision.JobRun": "shown as times without content on /readyz",
    "reports.BulletinReading": "reached only through its bulletin",
}
MODELS = {model._meta.label: model for app in OURS for model in apps.get_app_config(app).get_models()}


def is_scoped(model):
    return hasattr(model._default_manager.all(), "visible_to")


@pytest.mark.parametrize("label", sorted(MODELS))
def test_a_model_is_scoped_or_exempt_with_a_reason_and_not_both(label):
    assert is_scoped(MODELS[label]) != bool(EXEMPT.get(label))


def test_every_exempt_model_exists():
    assert sorted(set(EXEMPT) - set(MODELS)) == []


def test_without_a_post_nobody_sees_anything(reference):
    leaking = [
        label
        for label, model in MODELS.items()
        if is_scoped(model) and model._default_manager.visible_to(None).exists()
    ]
    assert leaking == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
