import hashlib

import pytest

from organisations import files
from organisations.models import StoredFile
from tests.factories import MOMENT

CONTENT = "（2026）鲁1602行初12号".encode()


@pytest.fixture(autouse=True)
def _own_folder(db, files_dir):
    """Each test has its own folder."""


def store(content=CONTENT):
    return files.store(content, media_type="text/plain", at=MOMENT)


def kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash_and_read_back():
    stored = store()
    assert stored.digest == hashlib.sha256(CONTENT).hexdigest()
    assert (stored.size, files.read(stored)) == (len(CONTENT), CONTENT)


def test_the_same_bytes_are_kept_once(files_dir):
    assert store() == store()
    assert (StoredFile.objects.count(), len(kept(files_dir))) == (1, 1)


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_half_written_file_never_appears(files_dir, monkeypatch, step):
    def disk_full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, step, disk_full)
    with pytest.raises(OSError, match="No space left"):
        store()
    assert kept(files_dir) == []
    assert not StoredFile.objects.exists()


def test_a_flipped_byte_is_noticed():
    stored = store()
    changed = bytearray(CONTENT)
    changed[5] ^= 1
    stored.path.write_bytes(changed)
    with pytest.raises(ValueError, match="与入库时不一致"):
        files.read(stored)


def test_a_lost_file_is_noticed():
    stored = store()
    stored.path.unlink()
    with pytest.raises(ValueError, match="与入库时不一致"):
        files.read(stored)


def test_a_lost_file_comes_back_when_the_same_bytes_arrive_again():
    stored = store()
    stored.path.unlink()
    assert files.read(store()) == CONTENT


def test_the_nightly_check_names_what_changed_and_what_went_missing():
    _, changed, missing = store(b"a"), store(b"b"), store(b"c")
    changed.path.write_bytes(b"B")
    missing.path.unlink()
    checked, damaged = files.damaged_files()
    assert (checked, sorted(damaged)) == (3, sorted([changed.pk, missing.pk]))
