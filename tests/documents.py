"""PDF and Word files as tests and samples need them, written by hand so that the tests know every byte.

    python tests/documents.py

writes the samples that cannot be edited as text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).parents[1] / "samples"
Drawn = tuple[float, float, float, str]  # x, y, size, words
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Sequence[Sequence[Drawn]], *, image_only: bool = False) -> bytes:
    """A PDF in Helvetica; with `image_only`, each page holds one grey pixel instead."""
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    pixel = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    bodies.append(pixel + b"\nstream\n\x80\nendstream")
    resources = b"<< /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >>"
    kids = []
    for page in pages:
        content = b"q 200 0 0 200 72 400 cm /I Do Q" if image_only else b"\n".join(_drawn(*one) for one in page)
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(bodies) + 1)
        told = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
        bodies.append(told % (len(bodies), resources))
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def _drawn(x: float, y: float, size: float, words: str) -> bytes:
    told = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %d Tf %d %d Td (%s) Tj ET" % (size, x, y, told)


def column(lines: Sequence[str], top: float = 760, size: float = 11, left: float = 72, step: float = 15) -> list[Drawn]:
    """Lines below each other; an empty one leaves room."""
    return [(left, top - i * step, size, words) for i, words in enumerate(lines) if words]


def docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word document with the body's XML as given, prefix `w`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {
            "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        }
        if numbering:
            parts["word/numbering.xml"] = f'<?xml version="1.0"?><w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
        if styles:
            parts["word/styles.xml"] = f'<?xml version="1.0"?><w:styles xmlns:w="{W}">{styles}</w:styles>'
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of a Word document in one run."""
    told = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{told}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def listed(words: str, numbered: int) -> str:
    """An item of the list with that id."""
    return paragraph(words, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>')


def rows(cells: Sequence[Sequence[str]]) -> str:
    """A table of a Word document."""
    told = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in cells)
    return f"<w:tbl>{told}</w:tbl>"


BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
TITLES = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'


def latvian_bridge() -> bytes:
    """A ministry's release on two pages, with a running head, page numbers and a word broken at the end of a line."""
    head: Drawn = (72, 800, 9, "Ministry of Transport of Latvia")
    first = [
        (72, 740, 16, "Latvia sets aside EUR 42 million for a new bridge"),
        *column(
            [
                "RIGA, 12 March 2025 – The Government of Latvia has allocated EUR 42 million to the city of Jelgava",
                "for a bridge over the Lielupe. Half of the money will be paid in 2025, the Ministry of Transport said",
                "on Wednesday.",
                "",
                "The bridge will carry two lanes, a cycle path and a tram track. The European Investment Bank has agreed",
                "to lend Jelgava a further EUR 18.5 million for the approach roads, which are to be finished by 2028.",
                "The loan runs for 20 years. It was signed in Luxembourg last week, after a year and a half of nego-",
                "tiations between the city, the bank and the ministry. The city council is to vote on the first",
            ],
            top=700,
        ),
        (290, 40, 9, "1"),
    ]
    second = [
        *column(
            [
                "tender in April.",
                "",
                "“This is the largest sum that the state has ever given to a bridge outside Riga,” Minister of Transport",
                "Ilze Kalna said.",
            ]
        ),
        (290, 40, 9, "2"),
    ]
    return pdf([[head, *first], [head, *second]])


def danish_seed_fund() -> bytes:
    """A foundation's release with a title, a list and a table."""
    body = "".join(
        [
            paragraph("Denmark and the Holmegaard Foundation back seed banks in Malawi and Zambia", '<w:pStyle w:val="T"/>'),
            paragraph(
                "COPENHAGEN, 4 June 2025 – The Holmegaard Foundation will give DKK 60 million to seed banks in Malawi and Zambia."
            ),
            paragraph("Denmark pledged another DKK 25 million today. The money will pay for:"),
            listed("cold stores in Lilongwe and Lusaka", 1),
            listed("the training of 300 farmers", 1),
            paragraph("The grants by year:"),
            rows(
                [
                    ["Year", "Holmegaard Foundation", "Denmark"],
                    ["2025", "DKK 20 million", "DKK 10 million"],
                    ["2026", "DKK 40 million", "DKK 15 million"],
                ]
            ),
            paragraph("“Seeds are the oldest insurance there is,” said Mette Krogh, director of the foundation."),
        ]
    )
    return docx(body, BULLETS, TITLES)


if __name__ == "__main__":
    (SAMPLES / "latvia-jelgava-bridge.pdf").write_bytes(latvian_bridge())
    (SAMPLES / "holmegaard-seed-banks.docx").write_bytes(danish_seed_fund())
