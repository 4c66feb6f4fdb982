"""Two feeds of one docket, with every kind of slip seeded: all of them are found, and nothing else."""

import random
from datetime import date, timedelta

import pytest

from cases.comparison.finding import find_everywhere
from cases.models import Candidate, Discrepancy, Dispute, Lane, SeriesGroup
from tests.cases.matching.conftest import DAY, pairs, registered, seek, told
from tests.cases.reconciliation.conftest import Scene
from tests.cases.reconciliation.test_finding import SEEDED
from tests.factories import MOMENT, HearingFactory, PaperFactory, SourceFactory, at, organisation

pytestmark = pytest.mark.django_db
SEEDS = [3632, 2026, 20150501]
OF_EACH = 3
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
AGENCIES = ("371602-ZRZY", "371602-GA", "371602-SC", "371602-RS")


class Docket:
    """Numbers far from each other, and plaintiffs who share no character, until a slip is asked for."""

    def __init__(self, seed, cast):
        self.random, self.cast = random.Random(seed), cast
        # Two slips away from each other: each block of the docket has its own first three digits.
        self.blocks = iter(self.random.sample(range(100, 400, 3), 100))
        self.families = iter(self.random.sample(FAMILIES, len(FAMILIES)) * 4)
        self.people = 0
        self.seeded = []

    def number(self, serial, court="鲁1602", year=2026, letters="行初"):
        return f"（{year}）{court}{letters}{serial}号"

    def serial(self):
        return next(self.blocks) * 100 + self.random.choice((25, 47, 58, 69))

    def facts(self):
        self.people += 1
        filed = date(2026, 3, 2) + timedelta(days=self.random.randrange(150))
        return {
            "plaintiffs": f"{next(self.families)}第{self.people:03}",
            "cause": self.random.choice(("行政处罚", "政府信息公开", "工伤认定")),
            "filed_on": self.random.choice((filed, None)),
        }

    def one(self, court, agency, *, of="", kin="", said=None, **other):
        """One case by two numbers, which has to be found."""
        of = of or self.random.choice(AGENCIES)
        facts = self.facts()
        told(court, of, **facts, **other)
        registered(agency, kin or of, **facts | (said or {}))
        self.seeded.append((court, agency))

    def both(self, number, **facts):
        """A case that both sides tell of under one number: the agency has handed something in."""
        lane = told(number, AGENCIES[0], **facts)
        PaperFactory(lane=lane, submitted_by=self.cast.post.liaison)


def swapped(docket):
    serial = str(docket.serial())
    docket.one(docket.number(serial), docket.number(serial[:-2] + serial[:-3:-1]))


def mistaken(docket):
    serial = docket.serial()
    docket.one(docket.number(serial), docket.number(serial + 4 if serial % 10 < 6 else serial - 4))


def missing(docket):
    serial = docket.serial()
    docket.one(docket.number(serial), docket.number(str(serial)[:-1]))


def doubled(docket):
    serial = docket.serial()
    docket.one(docket.number(serial), docket.number(f"{serial}{str(serial)[-1]}"))


def old_code(docket):
    serial = docket.serial()
    docket.one(docket.number(serial, "鲁1681"), docket.number(serial, "鲁1626"), of="371681-GA")


def renamed(docket):
    serial = docket.serial()
    numbers = docket.number(serial, "鲁1681"), docket.number(serial, "鲁1626")
    docket.one(*numbers, of="371681-GA", kin="371626-GA")


def renamed_and_swapped(docket):
    serial = str(docket.serial())
    numbers = docket.number(serial, "鲁1603"), docket.number(serial[:-2] + serial[:-3:-1], "鲁1624")
    docket.one(*numbers, of="371603-GA", kin="371624-GA")


def other_court(docket):
    serial = docket.serial()
    docket.one(docket.number(serial), docket.number(serial, "鲁1603"))


def other_year(docket):
    serial = docket.serial()
    docket.one(docket.number(serial), docket.number(serial, year=2025))


def other_instance(docket):
    serial = docket.serial()
    docket.one(docket.number(serial, "鲁16"), docket.number(serial, "鲁16", letters="行终"))


def office_above(docket):
    serial = str(docket.serial())
    numbers = docket.number(serial), docket.number(serial[:-2] + serial[:-3:-1])
    docket.one(*numbers, of="BZ-ZRZY", kin="371602-ZRZY")


def plaintiffs_and_others(docket):
    serial = docket.serial()
    numbers = docket.number(serial), docket.number(serial, year=2025)
    facts = docket.facts() | {"plaintiffs": f"许见{docket.people}、褚见{docket.people}"}
    told(numbers[0], AGENCIES[1], **facts)
    registered(numbers[1], AGENCIES[1], **facts | {"plaintiffs": f"许见{docket.people}等2人"})
    docket.seeded.append(numbers)


def split_series(docket):
    first, facts = docket.serial(), docket.facts() | {"filed_on": date(2026, 4, 7)}
    group = SeriesGroup.objects.create(court=organisation("鲁1602"), label=f"第{first}组")
    people = [facts["plaintiffs"], *(f"{name}第{first}" for name in "东西南北")]
    for place, name in enumerate(people):
        told(docket.number(first + place), AGENCIES[2], series=group, **facts | {"plaintiffs": name})
    registered(docket.number(first - 2), AGENCIES[2], **facts | {"plaintiffs": "、".join(people)})
    docket.seeded.append((docket.number(first), docket.number(first - 2)))


SLIPS = [
    swapped, mistaken, missing, doubled, old_code, renamed, renamed_and_swapped, other_court, other_year,
    other_instance, office_above, plaintiffs_and_others, split_series,
]  # fmt: skip


# Near, and two cases for all that


def neighbours_of_one_plaintiff(docket):
    """61, 62, 63 of one plaintiff, told by both sides."""
    first, facts = docket.serial(), docket.facts()
    for serial in range(first, first + 3):
        docket.both(docket.number(serial), **facts)


def neighbour_not_yet_acted_on(docket):
    """The court alone tells of the next one, and the agency has its word in the first."""
    first, facts = docket.serial(), docket.facts()
    docket.both(docket.number(first), **facts)
    told(docket.number(first + 1), AGENCIES[0], **facts)


def registered_first_and_told_later(docket):
    first, facts = docket.serial(), docket.facts()
    lane = registered(docket.number(first), AGENCIES[0], **facts)
    HearingFactory(case=lane.case, source=SourceFactory())  # told by the court under the same number
    told(docket.number(first + 1), AGENCIES[0], **facts)


def neighbours_of_two_plaintiffs(docket):
    serial, facts = docket.serial(), docket.facts()
    told(docket.number(serial), AGENCIES[0], **facts)
    registered(docket.number(serial + 1), AGENCIES[0], **facts | {"plaintiffs": docket.facts()["plaintiffs"]})


def same_plaintiff_against_another_agency(docket):
    serial, facts = docket.serial(), docket.facts()
    told(docket.number(serial), "371602-GA", **facts)
    registered(docket.number(serial + 1), "371602-SC", **facts)


def same_plaintiff_much_later(docket):
    serial, facts = docket.serial(), docket.facts()
    told(docket.number(serial), AGENCIES[3], **facts | {"filed_on": date(2026, 2, 3)})
    registered(docket.number(serial + 1), AGENCIES[3], **facts | {"filed_on": date(2026, 8, 3)})


def same_serial_of_another_court(docket):
    serial = docket.serial()
    told(docket.number(serial), "BZ-GA", **docket.facts())
    registered(docket.number(serial, "鲁1621"), "BZ-GA", **docket.facts())


def first_and_second_instance(docket):
    serial, facts = docket.serial(), docket.facts()
    dispute = Dispute.objects.create(opened_at=MOMENT)
    told(docket.number(serial, "鲁16"), AGENCIES[0], dispute=dispute, **facts)
    registered(docket.number(serial, "鲁16", letters="行终"), AGENCIES[0], dispute=dispute, **facts)


def a_year_ago(docket):
    serial, facts = docket.serial(), docket.facts()
    told(docket.number(serial), AGENCIES[1], **facts | {"filed_on": date(2026, 5, 6)})
    registered(docket.number(serial, year=2025), AGENCIES[1], **facts | {"filed_on": date(2025, 5, 8)})


NEAR = [
    neighbours_of_one_plaintiff, neighbour_not_yet_acted_on, registered_first_and_told_later,
    neighbours_of_two_plaintiffs, same_plaintiff_against_another_agency, same_plaintiff_much_later,
    same_serial_of_another_court, first_and_second_instance, a_year_ago,
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seeded_slip_is_found_and_nothing_else(cast, today, seed):
    docket = Docket(seed, cast)
    acts = [*SLIPS, *NEAR] * OF_EACH
    docket.random.shuffle(acts)
    for act in acts:
        act(docket)
    seek()
    assert pairs() == sorted(docket.seeded)
    assert len(docket.seeded) == len(SLIPS) * OF_EACH


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_in_which_the_feeds_come_changes_nothing(cast, today, seed):
    docket = Docket(seed, cast)
    acts = [*SLIPS, *NEAR]
    docket.random.shuffle(acts)
    for act in acts:
        act(docket)
        seek(*_last_lanes(docket))
    assert pairs() == sorted(docket.seeded)


def _last_lanes(docket):
    return list(Lane.objects.order_by("-pk")[:8])


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seeded_difference_of_two_statements_is_found_and_nothing_else(cast, law, today, seed):
    """`find_everywhere`, over lanes that agree, that only one side tells of, and that differ in one fact each."""
    chosen = random.Random(seed)
    kinds = [*SEEDED, *SEEDED, "agree", "agree", "court only"]
    chosen.shuffle(kinds)
    wanted = set()
    for kind in kinds:
        scene = Scene(cast, law)
        if kind in SEEDED:
            SEEDED[kind][0](scene)
            wanted.add((scene.lane.pk, kind, *SEEDED[kind][1:]))
        elif kind == "agree":
            scene.agency_says(held_on=scene.hearing.day)
            scene.files(code="J-REVOKE")
    find_everywhere(law=law, author=at(DAY))
    found = Discrepancy.objects.values_list("lane", "fact", "court_says", "agency_says")
    assert set(found) == wanted
    assert len(found) == 2 * len(SEEDED)
    assert not Candidate.objects.exists()
