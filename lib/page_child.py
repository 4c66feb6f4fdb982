"""Draws one page of a PDF and writes it to standard output as a JPEG; `lib.pdf_pages` runs it as a process of its own.

The limits hold for this process alone: a page that wants more memory or time ends it, and nothing else.
"""

import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1200 * 2**20  # of address space; the drawing library maps generously
CPU_SECONDS = 10
WIDTH = 1240  # pixels: A4 at 150 dots per inch
TALLEST = 6000


def draw(path: Path, number: int) -> tuple[int, bytes]:
    """How many pages there are, and page `number` (from 1) as a JPEG; empty where there is none."""
    from io import BytesIO

    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()  # before the page: else visible signatures and filled-in fields are not drawn
        count = len(document)
        if not 1 <= number <= count:
            return count, b""
        page = document[number - 1]
        scale = min(WIDTH / max(page.get_width(), 1), TALLEST / max(page.get_height(), 1))
        drawn = BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(drawn, "JPEG", quality=82)
        return count, drawn.getvalue()


def main() -> None:
    """Arguments: the path of the PDF and the number of the page."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    count, page = draw(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.buffer.write(f"{count}\n".encode() + page)


if __name__ == "__main__":
    main()
