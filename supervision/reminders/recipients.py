"""Whom a step of the ladder tells, by which channels, and why: the people of an agency, its offices, their proxies."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from organisations.models import Organisation, Post
from organisations.offices import offices_for
from organisations.roles import Role
from rules.ladders import Recipient
from supervision.models import LeaveProxy, Message, PushSetting
from supervision.reminders.channels import PUSHED

Kind, Channel = Organisation.Kind, Message.Channel
# The office that serves an agency, and the role there, for each word of the ladder.
OFFICES: dict[Recipient, tuple[str, str, str]] = {
    "office": (Kind.LEGAL_OFFICE, Role.OFFICE_CLERK, "督促指导由贵局承担"),
    "office_head": (Kind.LEGAL_OFFICE, Role.OFFICE_HEAD, "逾期事项同时告知司法局负责人"),
    "government_office": (Kind.GOVERNMENT_OFFICE, Role.GOVERNMENT_OFFICE, "长期逾期事项同时告知政府办公室"),
}
OWN: dict[Recipient, tuple[frozenset[str], str]] = {
    "liaison": (frozenset({Role.AGENCY_LIAISON}), "您是承办单位的联络员"),
    "head": (frozenset({Role.AGENCY_HEAD}), "您是承办单位的负责人，到这一级同时告知"),
    "owner": (frozenset({Role.OFFICE_CLERK, Role.SUPERVISION}), "这是贵单位的定期工作"),
    "owner_head": (frozenset({Role.OFFICE_HEAD}), "贵单位的定期工作已过办结日"),
}
CLERKS = frozenset({Role.COURT_CLERK, Role.AGENCY_LIAISON, Role.OFFICE_CLERK})


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person with the reason why he or she is told."""

    post: Post
    why: str


@dataclass
class Directory:
    """The people around some organisations, looked up once for a whole batch of reminders."""

    own: dict[int, list[Post]]
    of_office: dict[tuple[Recipient, int], list[Post]]
    proxies: dict[int, list[Post]]
    settings: dict[int, PushSetting]
    _known: dict[tuple[int, tuple[Recipient, ...]], list[Addressee]] = field(default_factory=dict)

    @classmethod
    def around(cls, organisations: Iterable[int], *, on: date) -> "Directory":
        """Everybody who may have to be told about these organisations on the day."""
        ids = set(organisations)
        own = _own(ids, on)
        of_office: dict[tuple[Recipient, int], list[Post]] = {}
        for word, (kind, role, _) in OFFICES.items():
            serving = offices_for(ids, kind, on=on)
            staff = _posts(set(serving.values()), on)
            for organisation, office in serving.items():
                of_office[word, organisation] = [post for post in staff[office] if post.role == role]
        everybody = {post.pk for posts in [*own.values(), *of_office.values()] for post in posts}
        proxies = _proxies(everybody, on)
        everybody |= {proxy.pk for found in proxies.values() for proxy in found}
        return cls(own, of_office, proxies, _settings(everybody))

    def addressees(self, organisation: int, to: tuple[Recipient, ...]) -> list[Addressee]:
        """Who is told of a step about this organisation, each person once, leaves covered by their proxies."""
        key = (organisation, to)
        if key not in self._known:
            found: dict[int, Addressee] = {}
            for word in to:
                for one in self._of_word(word, organisation):
                    found.setdefault(one.post.pk, one)
            self._known[key] = list(found.values())
        return self._known[key]

    def working_at(self, organisation: int, why: str, only: Collection[int] = ()) -> list[Addressee]:
        """Who does the work there, with their proxies: clerks of a court or an office, liaisons of an agency.

        With `only`, these posts there instead.
        """
        found: dict[int, Addressee] = {}
        for post in self.own[organisation]:
            if post.pk in only if only else post.role in CLERKS:
                found.setdefault(post.pk, Addressee(post, why))
                for proxy in self.proxies[post.pk]:
                    found.setdefault(
                        proxy.pk, Addressee(proxy, f"您是{post.user.name}休假期间的代收人；{why}")
                    )
        return list(found.values())

    def channels(self, post: Post, *, locked: bool) -> tuple[str, ...]:
        """站内信 always; mail and text messages where the platform has them and the person wants them.

        `locked`: what concerns a hearing cannot be switched off.
        """
        wanted = self.settings.get(post.pk)
        pushed = (key for key, channel in PUSHED.items() if channel.reaches(post.user, wanted, locked=locked))
        return (Channel.IN_APP, *pushed)

    def _of_word(self, word: Recipient, organisation: int) -> list[Addressee]:
        if word in OFFICES:
            posts, why = self.of_office.get((word, organisation), []), OFFICES[word][2]
        else:
            roles, why = OWN[word]
            posts = [post for post in self.own[organisation] if post.role in roles]
        found = [Addressee(post, why) for post in posts]
        for post in posts:
            name = post.user.name
            found += [
                Addressee(proxy, f"您是{name}休假期间的代收人；{why}") for proxy in self.proxies[post.pk]
            ]
        return found


def _own(organisations: set[int], on: date) -> dict[int, list[Post]]:
    """The people of each organisation, and of those that succeeded it."""
    ended = Organisation.objects.filter(pk__in=organisations).exclude(successor=None)
    chains = {one.pk: one.succession()[1:] for one in ended.select_related("successor")}
    posts = _posts(organisations | {heir for heirs in chains.values() for heir in heirs}, on)
    for organisation, heirs in chains.items():
        posts[organisation] = [post for pk in (organisation, *heirs) for post in posts[pk]]
    return posts


def _posts(organisations: set[int], on: date) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.active(on=on).filter(organisation__in=organisations).select_related("user"):
        found[post.organisation_id].append(post)
    return found


def _proxies(posts: set[int], on: date) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    leaves = LeaveProxy.objects.covering(on).filter(post__in=posts, proxy__in=Post.objects.active(on=on))
    leaves = leaves.select_related("proxy__user")
    for leave in leaves:
        found[leave.post_id].append(leave.proxy)
    return found


def _settings(posts: set[int]) -> dict[int, PushSetting]:
    return {setting.post_id: setting for setting in PushSetting.objects.filter(post__in=posts)}
