"""①选文件 ②对列 ③查错 ④看变化 ⑤确认提交: where an upload stands on its way."""

from dataclasses import dataclass

from courts.models import Upload

State = Upload.State


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five; `state` is done, now or later."""

    mark: str
    label: str
    state: str

    @property
    def word(self) -> str:
        return {"done": "已完成", "now": "当前", "later": "未到"}[self.state]


def stages(upload: Upload) -> list[Stage]:
    """The five stages as they stand for this upload. Columns are only asked for where headers did not match."""
    now = _now(upload)
    labels = ("选文件", "对列", "查错", "看变化", "确认提交")
    return [
        Stage("①②③④⑤"[at], label, "done" if at < now else "now" if at == now else "later")
        for at, label in enumerate(labels)
    ]


def _now(upload: Upload) -> int:
    """The place (from 0) of the stage that is to be done now; five when all are done."""
    if upload.state == State.CONFIRMED:
        return 5
    if upload.state == State.WAITING:
        return 1
    if upload.state == State.REFUSED:
        return 1 if upload.can_match_columns else 0
    held = sum(sheet["held"] for sheet in upload.report.get("sheets", []))
    if held:
        return 2
    changed = any(sheet["changed"] or sheet["missing"] for sheet in upload.report.get("sheets", []))
    return 3 if changed else 4
