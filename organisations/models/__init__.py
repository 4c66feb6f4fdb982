"""Regions, organisations with their history, accounts with their posts, the audit trail, stored files."""

from organisations.models.account import ApiToken, PastPassword, Post, User
from organisations.models.acts import Decided, FourEyes, Registered, WithFile, post_field
from organisations.models.audit import AuditEntry
from organisations.models.grouping import UNATTRIBUTED, Group, Grouping, decided_groups, usual_group
from organisations.models.head import Head
from organisations.models.organisation import CourtCode, Organisation, OrganisationAlias
from organisations.models.region import CourtArea, Region
from organisations.models.stored_file import StoredFile

__all__ = [
    "UNATTRIBUTED",
    "ApiToken",
    "AuditEntry",
    "CourtArea",
    "CourtCode",
    "Decided",
    "FourEyes",
    "Group",
    "Grouping",
    "Head",
    "Organisation",
    "OrganisationAlias",
    "PastPassword",
    "Post",
    "Region",
    "Registered",
    "StoredFile",
    "User",
    "WithFile",
    "decided_groups",
    "post_field",
    "usual_group",
]
