"""Regions, organisations with their history, accounts with their posts, the audit trail, stored files."""

from organisations.models.account import ApiToken, PastPassword, Post, User
from organisations.models.acts import Decided, FourEyes, Registered, WithFile, post_field
from organisations.models.audit import AuditEntry
from organisations.models.head import Head
from organisations.models.organisation import CourtCode, Organisation, OrganisationAlias
from organisations.models.region import CourtArea, Region
from organisations.models.stored_file import StoredFile

__all__ = [
    "ApiToken",
    "AuditEntry",
    "CourtArea",
    "CourtCode",
    "Decided",
    "FourEyes",
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
    "post_field",
]
