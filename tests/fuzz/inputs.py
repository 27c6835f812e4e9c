"""What people, programs and bad luck may send: text of every kind, whole files and broken ones."""

from __future__ import annotations

import gzip
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from hypothesis import strategies as st

from tests.knowledge.readers.files import pdf
from tests.made import vietnamese

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".json", ".jsonl", ".jsonl.gz", "", ".doc")

#: Text with everything that Unicode has, halves of characters included.
anything = st.text(st.characters(), max_size=200) | vietnamese

_COMMANDS = (
    *("/start", "/hoi", "/thutuc", "/chitieu", "/thoihan", "/vanban", "/danhgia", "/diaphuong"),
    *("/trogiup", "/xoadulieu", "/xoadulieu co", "/canbo", "/thongbao", "/nhactoi", "/ketqua"),
    *("/vaitro", "/hangcho", "/baocao", "đúng", "sai", "cả mục", "tiếp", "đoạn khác", "liên quan"),
    *("1", "2", "99999999999999999999", "còn SIPAS thì sao?", "PAR Index là gì?", "gửi cán bộ"),
    *("9" * 5000, "/nhactoi thôi " + "9" * 20, "/nhactoi thôi " + "9" * 5000, "kh §" + "9" * 5000),
    *("góp ý", "rút phiếu", "sửa phiếu", "xem phiếu", "bỏ qua"),
)

#: What is typed.
messages = st.one_of(
    anything,
    st.sampled_from(_COMMANDS),
    st.builds("{} {}".format, st.sampled_from(_COMMANDS), anything),
)

_CODES = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", max_size=64)

#: What stands behind `/start`, which whoever makes a link may choose.
starts = st.one_of(
    _CODES,
    st.builds("{}{}".format, st.sampled_from(("d-", "r-", "dg-", "hoi", "ma ", "c.")), _CODES),
    anything,
)

#: Words of buttons, and names of the messages that they stood under.
words = st.sampled_from(_COMMANDS) | anything
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


def changed(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Return `data` with bytes overwritten, taken out or put in at some places."""
    result = bytearray(data)
    for where, taken, given in edits:
        at = int(where * len(result))
        result[at : at + taken] = given
    return bytes(result)


edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20)), max_size=6)

#: Brackets without end, which trip up whatever reads them by calling itself.
deep = st.builds(lambda mark, times: mark * times, st.sampled_from("[{(<"), st.just(20_000))


def as_bytes(text: str) -> bytes:
    """Return text as bytes, halves of characters included."""
    return text.encode("utf-8", "surrogatepass")


#: Contents of files: rubbish, text, and whole files with damage.
contents = st.one_of(
    st.binary(max_size=400),
    anything.map(as_bytes),
    st.builds(changed, st.sampled_from(seeds()), edits),
)

#: Whatever JSON can say, halves of characters, huge numbers and what is no JSON (NaN) included.
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | anything
    | st.sampled_from([10**400, "", "\ud800", "a:\udfff", "\x00", "a" * 5000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=6,
)

_GONE = object()
_steps = st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=5)


def _with(document: Any, steps: list[float], value: Any) -> Any:
    """Return a document with one of its values replaced, or taken out."""
    if not steps or not isinstance(document, dict | list) or not document:
        return value
    keys = list(document) if isinstance(document, dict) else list(range(len(document)))
    key = keys[int(steps[0] * len(keys))]
    copy: Any = document.copy()
    new = _with(document[key], steps[1:], value)
    if new is _GONE:
        del copy[key]
    else:
        copy[key] = new
    return copy


def bodies(documents: list[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """Return what may be posted where one of `documents` is expected.

    Whole ones, ones with values replaced or missing, ones with damaged bytes, and rubbish.
    """

    def damaged(document: Any, replaced: list[tuple[list[float], Any]]) -> Any:
        for steps, value in replaced:
            document = _with(document, steps, value)
        return {} if document is _GONE else document

    replaced = st.lists(st.tuples(_steps, st.just(_GONE) | values), max_size=3)
    alike = st.builds(damaged, st.sampled_from(documents), replaced).map(_json)
    return st.one_of(
        alike,
        st.builds(changed, alike, edits),
        values.map(_json),
        st.binary(max_size=200),
        deep.map(as_bytes),
    )


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _settings() -> Iterator[tuple[str, str, str]]:
    """Yield (file, table, key) of all bundled configuration."""
    for item in files("config").iterdir():
        if item.name.endswith(".toml"):
            yield from (
                (item.name, *one) for one in _keys("", tomllib.loads(item.read_text("utf-8")))
            )


def _keys(table: str, entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from _keys(f"{table}.{key}".strip("."), value)
        else:
            yield table, key


_odd = st.one_of(
    st.integers(),
    st.floats(),
    st.booleans().map(lambda value: str(value).lower()),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(json.dumps),
    st.sampled_from(["[1, 2]", "{a = 1}", "[[[]]]", "2026-09-02", "07:30:00", '["", "a", "a"]']),
).map(str)


def _written(settings: list[tuple[tuple[str, str, str], str]]) -> tuple[str, bytes]:
    file = settings[0][0][0]
    lines = [
        f"{f'[{table}]' if table else ''}\n{json.dumps(key)} = {value}\n"
        for (of, table, key), value in settings
        if of == file
    ]
    return file, as_bytes("".join(lines))


#: A file of an official's own configuration: its name and its content.
configurations = st.one_of(
    st.lists(st.tuples(st.sampled_from(sorted(_settings())), _odd), min_size=1, max_size=3).map(
        _written
    ),
    st.tuples(
        st.sampled_from(sorted({file for file, _, _ in _settings()} | {"surveys/mot.yaml"})),
        anything.map(as_bytes) | deep.map(as_bytes) | st.binary(max_size=60),
    ),
)
