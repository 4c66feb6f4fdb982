#!/usr/bin/env bash
# The seal of a signed judgment is missing from the picture of its page.
#
# Versions: pypdfium2 5.15.2, pyHanko 0.38.0, pypdf 7.1.1, cryptography 50.0.2, Pillow 13.0.0
# Guess: page.render() draws what a reader of the file sees; its may_draw_forms=True is already the stricter choice.
# Behaviour: a visible signature is a form field, and form fields are drawn only if pdf.init_forms() was called before
# the page was loaded. Without it the page is drawn without the seal: no error, no warning.
#
# Output:
#   dark pixels: 0 as loaded, 1717 after init_forms()
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pyhanko==0.38.0 pypdf==7.1.1 cryptography==50.0.2 pillow==13.0.0

venv/bin/python - <<'PYTHON'
import io
from datetime import datetime

import pypdf
import pypdfium2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle

key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "示例法院")])
builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
builder = builder.serial_number(1).not_valid_before(datetime(2026, 1, 1)).not_valid_after(datetime(2036, 1, 1))
bundle = serialization.pkcs12.serialize_key_and_certificates(
    b"court", key, builder.sign(key, hashes.SHA256()), None, serialization.NoEncryption()
)
signer = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[])

blank = io.BytesIO()
writer = pypdf.PdfWriter()
writer.add_blank_page(400, 400)
writer.write(blank)
signed = signers.PdfSigner(
    signers.PdfSignatureMetadata(field_name="Seal"),
    signer=signer,
    stamp_style=TextStampStyle(stamp_text="SEAL OF THE COURT"),
    new_field_spec=fields.SigFieldSpec("Seal", box=(100, 100, 300, 300)),
).sign_pdf(IncrementalPdfFileWriter(blank)).getvalue()


def dark_pixels(*, forms: bool) -> int:
    with pypdfium2.PdfDocument(signed) as document:
        if forms:
            document.init_forms()
        return sum(document[0].render().to_pil().convert("L").histogram()[:128])


without, with_forms = dark_pixels(forms=False), dark_pixels(forms=True)
print(f"dark pixels: {without} as loaded, {with_forms} after init_forms()")
assert without == 0 and with_forms > 500
PYTHON
