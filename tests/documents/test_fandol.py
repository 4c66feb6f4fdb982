"""The Fandol faces come out of a Debian package, whole or not at all, and their absence stops nothing."""

import gzip
import shutil
import subprocess

import pytest

from lib import fandol


def debian_package(folder, *, faces=fandol.FACES):
    """A small package with the layout of texlive-lang-chinese."""
    root = folder / "root"
    for directory in (root / "DEBIAN", root / fandol.FONTS, root / fandol.LICENCE):
        directory.mkdir(parents=True)
    control = f"Package: {fandol.PACKAGE}\nVersion: 1\nArchitecture: all\nMaintainer: a\nDescription: b\n"
    (root / "DEBIAN" / "control").write_text(control)
    (root / fandol.LICENCE / "COPYING.gz").write_bytes(gzip.compress(b"GPL"))
    for name in faces:
        (root / fandol.FONTS / name).write_text(name)
    subprocess.run(["dpkg-deb", "--build", root, folder / "fonts.deb"], check=True, capture_output=True)
    return folder / "fonts.deb"


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """Puts an apt-get first on the path that runs the shell line it is given."""

    def install(line):
        tool = tmp_path / "bin" / "apt-get"
        tool.parent.mkdir()
        tool.write_text(f"#!/bin/sh\n{line}\n")
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")

    return install


needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no Debian tools on this machine")


@needs_dpkg
def test_the_faces_and_their_licence_are_kept_and_nothing_else(tmp_path, apt):
    apt(f"cp {debian_package(tmp_path)} .")
    assert fandol.main([str(tmp_path / "fonts")]) == 0
    kept = {file.name: file.read_text() for file in (tmp_path / "fonts").iterdir()}
    assert kept == {"COPYING": "GPL"} | {name: name for name in fandol.FACES}


@needs_dpkg
def test_a_second_run_downloads_nothing(tmp_path, apt, capsys):
    apt(f"echo asked >> {tmp_path}/asked; cp {debian_package(tmp_path)} .")
    for _ in range(2):
        assert fandol.main([str(tmp_path / "fonts")]) == 0
    assert (tmp_path / "asked").read_text() == "asked\n"
    assert capsys.readouterr().err == ""


@needs_dpkg
def test_a_package_without_a_face_is_named_as_the_reason(tmp_path, apt, capsys):
    apt(f"cp {debian_package(tmp_path, faces=fandol.FACES[:3])} .")
    assert fandol.main([str(tmp_path / "fonts")]) == 0
    assert not fandol.present(tmp_path / "fonts")
    assert "中没有 FandolSong-Bold.otf" in capsys.readouterr().err


def test_without_apt_one_line_says_what_is_missing_and_what_is_used_instead(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fandol.main([str(tmp_path / "fonts")]) == 0
    assert capsys.readouterr().err == "未取得 Fandol 字体：本机没有 apt-get。公文改用 Noto Serif CJK 排版。\n"


def test_when_the_download_fails_one_line_says_so(tmp_path, apt, capsys):
    apt("exit 100")
    assert fandol.main([str(tmp_path / "fonts")]) == 0
    assert capsys.readouterr().err.count("\n") == 1
    assert list((tmp_path / "fonts").iterdir()) == []


def test_without_a_directory_the_usage_is_shown():
    assert fandol.main([]) == 2
