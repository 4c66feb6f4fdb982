"""Whether the jobs in the background still run: each may be silent so long, then somebody must look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from supervision.models import JobRun

# How long after its last success a job counts as silent: several of its ticks.
PATIENCE = {
    "sweep": timedelta(hours=1),
    "deliver": timedelta(minutes=15),
    "finish": timedelta(minutes=15),
    "assess": timedelta(minutes=15),
    "files": timedelta(hours=26),
}
LABELS = {
    "sweep": "期限巡查和提醒",
    "deliver": "邮件和短信发送",
    "finish": "通报续办",
    "assess": "放假安排影响测算",
    "files": "文件完整性核对",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A job with its last success; one that never succeeded is silent too."""

    key: str
    succeeded_at: datetime | None
    silent: bool

    @property
    def label(self) -> str:
        return LABELS[self.key]


def jobs_at(moment: datetime) -> list[Job]:
    """Every job as of that moment."""
    runs = dict(JobRun.objects.filter(job__in=PATIENCE).values_list("job", "succeeded_at"))
    return [
        Job(key, runs.get(key), key not in runs or moment - runs[key] > patience)
        for key, patience in PATIENCE.items()
    ]


def damaged_files() -> list[str]:
    """The digests of kept files that the last check found changed or missing."""
    run = JobRun.objects.filter(job="files").first()
    return list(run.result.get("damaged", [])) if run else []
