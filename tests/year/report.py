"""A whole year on a database of its own: set up, played, and told of on the terminal."""

import json
from collections import Counter
from datetime import date
from unittest.mock import patch

from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from cases.models import Case
from cases.record.reference_data import load_causes_and_domains
from lib.reading_child import answer
from organisations.reference import load_organisations
from organisations.roles import Role
from supervision.models import Message, Reminder
from tests.year.database import size
from tests.year.numbers import is_last_of_month
from tests.year.play import CITY_OFFICE, Player
from tests.year.scene import Scene
from tests.year.world import World, make_world
from tests.year.year import Year

KINDS = ("sweep", "upload", "deeds", "figures", "page")


def play(seed: int, cases: int, months: int) -> int:
    """Differences and growth, printed; 1 where there are any differences."""
    call_command("migrate", verbosity=0)
    load_organisations()
    load_causes_and_domains()
    world = make_world(seed, cases=cases, months=months)
    year = Year(world, Player(Scene()))
    growth = Growth(year.player)
    # A workbook is read in this process: starting another takes longer than reading.
    with patch("lib.workbooks._ask_child", lambda path: json.loads(json.dumps(answer(path)))):
        found = year.live(evening=growth.evening)
    print(*found, sep="\n")
    growth.tell(world)
    print(f"seed {seed}: {len(found)} differences")
    return int(bool(found))


class Growth:
    """Processor time by month, and the size of the database at the end of each."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.sizes: dict[str, tuple[int, int]] = {}

    def evening(self, day: date) -> None:
        """At the end of a month: the page of the first case, as its office sees it, and the size of the database."""
        if not is_last_of_month(day):
            return
        self._open_page(day)
        self.sizes[f"{day:%Y-%m}"] = (size(), Case.objects.count())

    def _open_page(self, day: date) -> None:
        case = Case.objects.order_by("pk").first()
        if case is None:
            return
        page, client = reverse("cases:detail", args=[case.pk]), Client()
        client.force_login(self.player.scene.posts[CITY_OFFICE, "clerk"].user)
        with override_settings(TODAY=day, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
            self.player.timed("page", lambda: client.get(page))

    def tell(self, world: World) -> None:
        spent: Counter[tuple[str, str]] = self.player.spent
        print("month", *KINDS, "MB", "cases")
        for month, (taken, cases) in self.sizes.items():
            seconds = (f"{spent[month, kind]:.2f}" for kind in KINDS)
            print(month, *seconds, f"{taken / 1e6:.1f}", cases)
        cases = max(Case.objects.count(), 1)
        told = Message.objects.in_app().filter(reminder__deadline__case__isnull=False)
        liaisons = told.filter(recipient__role=Role.AGENCY_LIAISON).count() / cases
        raised = Reminder.objects.exclude(deadline__case=None).count() / cases
        each = f"{told.count() / cases:.1f} messages ({liaisons:.1f} to liaisons) and {raised:.1f} reminders"
        print(f"{world.cases} cases, {each} about each")
