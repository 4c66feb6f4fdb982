"""Whether an upload can still be changed."""

from courts.models import Upload

OPEN = (Upload.State.WAITING, Upload.State.REFUSED, Upload.State.PLANNED)


def is_open(upload: Upload) -> bool:
    """As the database says now; locked until the caller's transaction ends."""
    return Upload.objects.select_for_update().filter(pk=upload.pk, state__in=OPEN).exists()
