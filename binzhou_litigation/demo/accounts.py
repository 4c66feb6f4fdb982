"""Demonstration accounts: one per role, and a liaison for every agency that is sued in the demonstration."""

from django.contrib.auth.hashers import make_password

from cases.models import Lane
from organisations.models import Organisation, Post, User
from organisations.roles import Role

PASSWORD = "Binzhou-3632-demo"
# The agency whose latest case is left for the reader to do by hand.
HAND_AGENCY = "371602-YB"
# A second post of the liaison, to switch to: an agency with a report overdue.
SECOND_POST = "371602-ZF"
# username: (name, organisation, role); the names are invented.
PEOPLE = {
    "court1602": ("周书记员", "鲁1602", Role.COURT_CLERK),
    "court16": ("吴书记员", "鲁16", Role.COURT_CLERK),
    "agency1602": ("李联络员", HAND_AGENCY, Role.AGENCY_LIAISON),
    "head1602": ("赵局长", HAND_AGENCY, Role.AGENCY_HEAD),
    "office1602": ("王经办", "371602-SF", Role.OFFICE_CLERK),
    "office": ("刘经办", "BZ-SF", Role.OFFICE_CLERK),
    "officehead": ("陈局长", "BZ-SF", Role.OFFICE_HEAD),
    "leader": ("孙市长", "BZ-GOV", Role.LEADER),
    "ducha": ("郑督查", "BZ-DC", Role.SUPERVISION),
    "kaoping": ("何考评", "BZ-KP", Role.ASSESSMENT),
    "zfw": ("高政法", "BZ-ZFW", Role.POLITICAL_LEGAL),
    "zfw1602": ("曹政法", "371602-ZFW", Role.POLITICAL_LEGAL),
    "zfb": ("林秘书", "BZ-ZFB", Role.GOVERNMENT_OFFICE),
    "sysadmin": ("系统管理员", "BZ-SF", Role.SYSTEM_ADMIN),
    "secadmin": ("安全管理员", "BZ-SF", Role.SECURITY_ADMIN),
    "auditadmin": ("审计管理员", "BZ-SF", Role.AUDIT_ADMIN),
}


def make_accounts() -> None:
    """The people of `PEOPLE`, all with the one demonstration password."""
    hashed = make_password(PASSWORD)
    for username, (name, organisation, role) in PEOPLE.items():
        _post(username, name, Organisation.objects.get(code=organisation), role, hashed)
    second = Organisation.objects.get(code=SECOND_POST)
    _post("agency1602", "", second, Role.AGENCY_LIAISON, hashed)


def make_clerks(courts: list[str]) -> dict[str, Post]:
    """A clerk for every court of the demonstration, by its code."""
    hashed = make_password(PASSWORD)
    return {
        code: _post(
            f"court{code[1:]}", "演示书记员", Organisation.objects.get(code=code), Role.COURT_CLERK, hashed
        )
        for code in courts
    }


def make_liaisons() -> dict[int, Post]:
    """A liaison for every agency that is sued, by organisation id."""
    hashed = make_password(PASSWORD)
    known = {post.organisation_id: post for post in Post.objects.filter(role=Role.AGENCY_LIAISON)}
    for organisation in Organisation.objects.filter(pk__in=Lane.objects.values("organisation")):
        if organisation.pk not in known:
            name = f"{organisation.short_name}联络员"[:50]
            known[organisation.pk] = _post(
                organisation.code.lower(), name, organisation, Role.AGENCY_LIAISON, hashed
            )
    return known


def _post(username: str, name: str, organisation: Organisation, role: str, hashed: str) -> Post:
    user, _ = User.objects.get_or_create(username=username, defaults={"name": name, "password": hashed})
    return Post.objects.get_or_create(user=user, organisation=organisation, role=role)[0]
