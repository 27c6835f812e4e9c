"""Small files of each format, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIMIT = 1_000_000


def pdf(pages: Sequence[Sequence[str]], *, encrypted: bool = False) -> bytes:
    """A PDF whose text layer holds the given lines."""
    return pdf_of([_drawn(lines) for lines in pages], encrypted=encrypted)


def pdf_of(pages: Sequence[str], *, encrypted: bool = False) -> bytes:
    """A PDF of pages as they are drawn, with a font whose codes are the characters' own."""
    width = "/DW 500"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{_references(pages)}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /FontDescriptor 5 0 R"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> {width} >>",
        "<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 -200 1000 800]"
        " /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange"
            " <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange"
            " endcmap end"
        ),
    ]
    for number, drawing in enumerate(pages):
        content = 8 + 2 * number
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
        )
        objects.append(_stream(drawing))
    key = "<28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a>"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -44 >> /ID [<01> <01>]"
    return _assembled(objects, lock if encrypted else "")


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive of the given parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _references(pages: Sequence[str]) -> str:
    return " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))


def _drawn(lines: Sequence[str]) -> str:
    shown = " ".join(
        f"1 0 0 1 40 {760 - 14 * i} Tm <{line.encode('utf-16-be').hex()}> Tj"
        for i, line in enumerate(lines)
    )
    return f"BT /F 10 Tf {shown} ET"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _assembled(objects: list[str], extra: str) -> bytes:
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("ascii")
