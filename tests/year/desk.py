"""What happens at the desks of units, on the product: papers that come in, what is done without a page, posts."""

from typing import Any

from cases.deadlines.completion import Done, complete
from cases.deadlines.incoming import Received, register_incoming
from cases.models import Deadline, Incoming, Lane
from tests.year.events import Deed
from tests.year.scene import Scene

ACTS = {"incoming", "complete", "leave", "join"}
KINDS = {
    "司法建议书": Incoming.Kind.JUDICIAL_ADVICE,
    "规范性文件司法建议": Incoming.Kind.ADVICE_ON_NORMS,
    "司法局建议书": Incoming.Kind.LETTER,
    "通报": Incoming.Kind.BULLETIN,
    "再审申请书副本": Incoming.Kind.RETRIAL_COPY,
    "支付赔偿金申请": Incoming.Kind.PAYMENT_CLAIM,
    "财政部门收到支付申请": Incoming.Kind.PAYMENT_APPLICATION,
}


class Desk:
    """The acts of one moment."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def do(self, deed: Deed) -> None:
        getattr(self, f"_{deed.what}")(deed)

    def _leave(self, deed: Deed) -> None:
        self.scene.leave(deed.agency, deed.about["role"])

    def _join(self, deed: Deed) -> None:
        self.scene.join(deed.agency, deed.about["role"])

    def _incoming(self, deed: Deed) -> None:
        """Registered by the agency or by the office, for its case or for the agency as a whole."""
        told = Received(KINDS[deed.about["kind"]], deed.about["received_on"], deed.about["letter"])
        post = self.scene.posts[deed.agency, "liaison"]
        post = self.scene.office(deed.agency) if deed.about["by_office"] else post
        register_incoming(told, **self._whose(deed), author=self.scene.author(post), law=self.scene.law)

    def _complete(self, deed: Deed) -> None:
        unit, role = deed.agency, "liaison"
        if (unit, role) not in self.scene.posts:
            role = "clerk" if (unit, "clerk") in self.scene.posts else "supervision"
        done = Done(deed.about["done_on"], "已办理", late_reason="另有安排")
        author = self.scene.author(self.scene.posts[unit, role])
        complete(self._deadline(deed), done, author=author, law=self.scene.law)

    def _whose(self, deed: Deed) -> dict[str, Any]:
        if deed.case:
            return {"lane": Lane.objects.get(case__number=deed.case, organisation__code=deed.agency)}
        return {"organisation": self.scene.organisations[deed.agency]}

    def _deadline(self, deed: Deed) -> Deadline:
        """Of the regular work of a period, or of what a paper started."""
        whose = {"lane": None} | self._whose(deed)
        if "letter" in deed.about:
            paper = Incoming.objects.get(document=deed.about["letter"], **whose)
            return Deadline.objects.get(subject=f"incoming:{paper.pk}", **whose)
        about = {"rule": deed.about["rule"], "subject": f"period:{deed.about['period']}"}
        return Deadline.objects.get(**about, **whose)
