"""Fetch the Fandol faces used as 仿宋, 黑体, 楷体 and 小标宋: `python -m lib.fandol TARGET_DIR`.

They come from Debian's texlive-lang-chinese package, under GPL-3 with a font exception, so they stay outside
the repository and their COPYING stays beside them.
"""

import gzip
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "texlive-lang-chinese"
FONTS = Path("usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
LICENCE = Path("usr/share/doc/texlive-doc/fonts/fandol")
FACES = ("FandolFang-Regular.otf", "FandolHei-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Bold.otf")
COPYING = "COPYING"
TIMEOUT_SECONDS = 600


class NotObtained(Exception):
    """Why the fonts could not be fetched, in words for the person who runs the command."""


def present(target: Path) -> bool:
    """Whether all four faces and their licence lie in `target`."""
    return all((target / name).is_file() for name in (*FACES, COPYING))


def obtain(target: Path) -> None:
    """Download the package and keep its four faces and its licence in `target`; NotObtained says why not."""
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="fandol-", dir=target) as folder:
        work = Path(folder)
        _run("apt-get", "download", "--quiet", PACKAGE, cwd=work)
        _run("dpkg-deb", "--extract", str(next(work.glob("*.deb"))), "unpacked", cwd=work)
        _keep(work / "unpacked", target)


def _run(*command: str, cwd: Path) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    except FileNotFoundError as error:
        raise NotObtained(f"本机没有 {command[0]}") from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotObtained(f"{command[0]} 未能取得软件包 {PACKAGE}") from error


def _keep(unpacked: Path, target: Path) -> None:
    """Renaming comes last, so that an interrupted run never leaves half a font."""
    try:
        copying = gzip.decompress((unpacked / LICENCE / "COPYING.gz").read_bytes())
        (target / COPYING).write_bytes(copying)
        for name in FACES:
            (unpacked / FONTS / name).replace(target / name)
    except FileNotFoundError as error:
        raise NotObtained(f"软件包 {PACKAGE} 中没有 {Path(error.filename).name}") from error


def main(arguments: list[str]) -> int:
    """Exit code 0 also without the fonts: documents are then set in Noto Serif CJK."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python -m lib.fandol 目标目录\n")
        return 2
    target = Path(arguments[0]).resolve()
    if present(target):
        return 0
    try:
        obtain(target)
    except NotObtained as reason:
        sys.stderr.write(f"未取得 Fandol 字体：{reason}。公文改用 Noto Serif CJK 排版。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
