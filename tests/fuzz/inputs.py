"""What people, programs and bad luck may send: text of every kind, whole files and broken ones."""

from __future__ import annotations

import gzip
import io
import json

from hypothesis import strategies as st

from tests.knowledge.readers.files import pdf
from tests.made import vietnamese

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".json", ".jsonl", ".jsonl.gz", "", ".doc")

#: Text with everything that Unicode has, halves of characters included.
anything = st.text(st.characters(), max_size=200) | vietnamese

_COMMANDS = (
    *("/start", "/hoi", "/thutuc", "/chitieu", "/thoihan", "/vanban", "/danhgia", "/diaphuong"),
    *("/trogiup", "/xoadulieu", "/xoadulieu co", "đúng", "sai", "cả mục", "tiếp", "đoạn khác"),
    *("liên quan", "1", "2", "99999999999999999999", "còn SIPAS thì sao?", "PAR Index là gì?"),
)

#: What is typed, what a button carries, what stands behind `/start`.
messages = st.one_of(
    anything,
    st.sampled_from(_COMMANDS),
    st.builds("{} {}".format, st.sampled_from(_COMMANDS), anything),
)

#: Names of turns as buttons carry them back.
turns = st.none() | st.sampled_from(["", "0", "deadbeef"]) | st.text(max_size=70)


def _docx() -> bytes:
    from docx import Document

    document, target = Document(), io.BytesIO()
    document.add_heading("Kế hoạch cải cách hành chính", 1)
    document.add_paragraph("Điều 1. Năm 2023 phấn đấu 80% hồ sơ nộp trực tuyến.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Chỉ tiêu"
    document.save(target)
    return target.getvalue()


def seeds() -> list[bytes]:
    """Return one whole file of each format."""
    record = {
        "ma_thu_tuc": "1.000111",
        "ten_thu_tuc": "Đăng ký nuôi ong",
        "cap_thuc_hien": "Cấp xã",
    }
    line = json.dumps(record, ensure_ascii=False).encode()
    return [
        "---\ntitle: Kế hoạch\nnumber: 1/KH-UBND\n---\n\n# Mục\n\nNội dung 80%.\n".encode(),
        "<html><h1>Tin</h1><p>Kế hoạch 2023.</p><table><tr><td>a</td></tr></table>".encode(),
        _docx(),
        pdf([["Kế hoạch cải cách hành chính", "Điều 1. Phạm vi điều chỉnh"]]),
        line,
        line + b"\n" + line,
        gzip.compress(line),
        "Kế hoạch\n1. Mục tiêu\na) Năm 2023: 80%\n".encode("utf-16"),
    ]


def _changed(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Return `data` with bytes overwritten, taken out or put in at some places."""
    changed = bytearray(data)
    for where, taken, given in edits:
        at = int(where * len(changed))
        changed[at : at + taken] = given
    return bytes(changed)


_edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20)), max_size=6
)

#: Contents of files: rubbish, text, and whole files with damage.
contents = st.one_of(
    st.binary(max_size=400),
    anything.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(_changed, st.sampled_from(seeds()), _edits),
)

_names = st.sampled_from(
    ["office", "files", "questions", "conversation", "search", "answers", "retention", "server"]
)
_keys = st.sampled_from(["name", "place", "max_mb", "threads", "encoder", "port", "turns", "host"])
_values = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(json.dumps),
    st.just("[1, 2]"),
    st.just("{a = 1}"),
).map(str)

#: Configuration: text, and tables with odd values.
configurations = anything | st.lists(
    st.builds("[{}]\n{} = {}\n".format, _names, _keys, _values), max_size=3
).map("".join)
