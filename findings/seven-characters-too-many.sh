#!/usr/bin/env bash
# A QR code of seven Chinese characters cannot be read; six and eight are fine.
#
# Versions: segno 1.6.6, zxing-cpp 3.1.1, Pillow 13.0.0
# Guess: mode="hanzi" (GB/T 18284) is the compact choice for Chinese; what does not fit raises or gets a larger symbol.
# Behaviour: segno leaves the four bits that name the character set out of its reckoning of what fits. 4 + 4 + 8 + 7 * 13 is
# 107 bits, a 1-Q holds 104: the text is put there all the same, and cut. It happens wherever one to four bits are missing:
# at 7, 20 and 26 characters among the first 32.
#
# Output:
#   7 characters in a 1-Q: read as []
#   20 characters in a 2-L: read as []
#   26 characters in a 3-M: read as []
#   not readable: [7, 20, 26]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0

venv/bin/python - <<'PYTHON'
from io import BytesIO

import segno
import zxingcpp
from PIL import Image

TEXT = "滨州市中级人民法院行政审判庭惠民县人民政府无棣县司法局博兴县自然"


def read(code: segno.QRCode) -> list[str]:
    picture = BytesIO()
    code.save(picture, kind="png", scale=8)
    return [found.text for found in zxingcpp.read_barcodes(Image.open(picture))]


unreadable = []
for length in range(1, len(TEXT) + 1):
    text = TEXT[:length]
    code = segno.make(text, mode="hanzi")
    if read(code) != [text]:
        unreadable.append(length)
        print(f"{length} characters in a {code.designator}: read as {read(code)}")
    assert read(segno.make(text, mode="byte", encoding="utf-8")) == [text]
print("not readable:", unreadable)
assert unreadable == [7, 20, 26]
PYTHON
