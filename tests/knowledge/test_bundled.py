"""The pages that ship: complete, sourced, true to the facts that they were written from."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "knowledge" / "bundled"
NAMES = sorted(path.name for path in PAGES.glob("*.md"))

PROGRAMMES = {
    "quang-nam-16-nq-tu.md",
    "huong-son-6734-qd-ubnd.md",
    "vinh-long-ke-hoach-11-ctr-tu.md",
    "dak-lak-3478-qd-ubnd.md",
    "quang-nam-3532-ke-hoach-2023.md",
}
WITHOUT_FIGURES = sorted(
    PROGRAMMES - {"dak-lak-3478-qd-ubnd.md", "quang-nam-3532-ke-hoach-2023.md"}
)
INDICES = {f"chi-so-{name}.md" for name in ("par-index", "sipas", "papi", "pci", "dti")}
REQUIRED = {"title", "kind", "place", "summarises", "source"}
KNOWN = REQUIRED | {
    "number",
    "issuer",
    "issued_on",
    "period",
    "effective_from",
    "effective_to",
    "replaces",
    "replaced_by",
    "url",
}
DATES = ("issued_on", "effective_from", "effective_to")
TOP = "thuộc nhóm 20 tỉnh, thành phố đứng đầu"

FACTS = [
    ("quang-nam-16-nq-tu.md", "ban hành ngày 14/10/2021"),
    ("quang-nam-16-nq-tu.md", "cả chi phí chính thức và chi phí không chính thức"),
    ("quang-nam-16-nq-tu.md", "từ ngày 1/7/2025 là một phần của thành phố Đà Nẵng"),
    ("huong-son-6734-qd-ubnd.md", "ban hành ngày 28/11/2021"),
    ("huong-son-6734-qd-ubnd.md", "Huyện Hương Sơn thuộc tỉnh Hà Tĩnh"),
    ("huong-son-6734-qd-ubnd.md", "không còn từ ngày 1/7/2025"),
    ("vinh-long-ke-hoach-11-ctr-tu.md", "số 11-CTr/TU ngày 14/12/2016"),
    ("vinh-long-ke-hoach-11-ctr-tu.md", "ban hành ngày 03/3/2017"),
    ("vinh-long-ke-hoach-11-ctr-tu.md", "Vĩnh Long, Bến Tre và Trà Vinh"),
    ("dak-lak-3478-qd-ubnd.md", "ban hành ngày 10/12/2021"),
    ("dak-lak-3478-qd-ubnd.md", "(PAR Index) thuộc nhóm 20 tỉnh dẫn đầu"),
    ("dak-lak-3478-qd-ubnd.md", "hai tỉnh cũ Đắk Lắk và Phú Yên"),
    ("quang-nam-3532-ke-hoach-2023.md", "(PCI) thuộc nhóm 6 tỉnh, thành phố đứng đầu cả nước"),
    *(
        ("quang-nam-3532-ke-hoach-2023.md", f"({index}) {TOP}")
        for index in ("PAR Index", "SIPAS", "PAPI", "DTI")
    ),
    ("quang-nam-3532-ke-hoach-2023.md", "từ 65% trở lên"),
    ("quang-nam-3532-ke-hoach-2023.md", "số hóa 60% hồ sơ"),
    ("quang-nam-3532-ke-hoach-2023.md", "về giải quyết thủ tục hành chính là 90%"),
    ("quang-nam-3532-ke-hoach-2023.md", "đặt mức hài lòng từ 85% trở lên"),
    ("quang-nam-3532-ke-hoach-2023.md", "PAR Index và SIPAS thuộc nhóm 25 tỉnh"),
    ("chi-so-par-index.md", "Bộ Nội vụ"),
    ("chi-so-sipas.md", "1001/QĐ-BNV ngày 11/12/2023"),
    ("chi-so-papi.md", "UNDP"),
    ("chi-so-pci.md", "VCCI"),
    ("chi-so-dti.md", "922/QĐ-BTTTT ngày 20/5/2022"),
    ("sap-xep-don-vi-hanh-chinh-2025.md", "từ 63 còn 34 tỉnh, thành phố"),
    ("sap-xep-don-vi-hanh-chinh-2025.md", "Cấp huyện kết thúc hoạt động"),
    ("nq-76-nq-cp.md", "ban hành ngày 15/7/2021"),
    ("nd-118-2025-nd-cp.md", "có hiệu lực từ ngày 1/7/2025"),
    ("qd-766-qd-ttg.md", "Mức độ hài lòng: tối đa 18 điểm"),
    ("qd-2640-qd-bnv.md", "năm yếu tố"),
    ("qd-1001-qd-bnv.md", "giai đoạn 2023 - 2026"),
]


def read(name: str) -> tuple[dict[str, str], str]:
    """Split a page into its front matter and its body."""
    _, head, body = (PAGES / name).read_text(encoding="utf-8").split("---\n", 2)
    pairs = (line.split(":", 1) for line in head.strip().splitlines())
    return {key.strip(): value.strip() for key, value in pairs}, body


def section(body: str, heading: str) -> str:
    """The text under a second-level heading, empty where there is none."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", body, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_programmes_and_indices_are_there() -> None:
    assert set(NAMES) >= PROGRAMMES | INDICES


@pytest.mark.parametrize("name", NAMES)
def test_front_matter(name: str) -> None:
    head, _ = read(name)
    assert head.keys() >= REQUIRED
    assert head.keys() <= KNOWN
    assert all(head.values()), "a key without a value"
    for key in DATES:
        if key in head:
            date.fromisoformat(head[key])
    if "period" in head:
        start, end = map(int, head["period"].split("-"))
        assert 2000 < start <= end < 2100


@pytest.mark.parametrize("name", NAMES)
def test_file_name_is_short_ascii(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{3,40}\.md", name)


@pytest.mark.parametrize("name", NAMES)
def test_page_opens_as_a_summary(name: str) -> None:
    head, body = read(name)
    title, opening = body.strip().split("\n\n")[:2]
    assert title == f"# {head['title']}"
    assert "bản tóm tắt" in opening
    assert "dựa vào" in opening


@pytest.mark.parametrize("name", NAMES)
def test_sources_come_last_and_have_an_address(name: str) -> None:
    _, body = read(name)
    assert re.search(r"https?://\S+\.\S+", section(body, "Nguồn"))
    assert re.findall(r"^## (.+)$", body, re.MULTILINE)[-1] == "Nguồn"


@pytest.mark.parametrize("name", NAMES)
def test_main_address_stands_among_the_sources(name: str) -> None:
    head, body = read(name)
    assert head.get("url", "") in section(body, "Nguồn")


@pytest.mark.parametrize("name", NAMES)
def test_text_is_nfc_without_odd_characters(name: str) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\u00a0\u200b-\u200f\u2060\ufeff\t]", text)


@pytest.mark.parametrize("name", NAMES)
def test_numbered_lists_count_from_one(name: str) -> None:
    previous = 0
    for line in read(name)[1].splitlines():
        item = re.match(r"(\d+)\. ", line)
        if item:
            assert int(item[1]) in (previous + 1, 1)
            previous = int(item[1])


@pytest.mark.parametrize("name", WITHOUT_FIGURES)
def test_programme_without_figures_says_so_and_gives_none(name: str) -> None:
    _, body = read(name)
    assert "không nêu chỉ tiêu bằng số nào" in section(body, "Chỉ tiêu")
    assert not re.search(r"\d\s*%|phần trăm|nhóm \d|top \d|\d+ điểm|hạng \d", body, re.IGNORECASE)


@pytest.mark.parametrize(("name", "fact"), FACTS)
def test_key_fact(name: str, fact: str) -> None:
    assert fact in read(name)[1]


def test_every_province_of_today_is_named() -> None:
    _, body = read("sap-xep-don-vi-hanh-chinh-2025.md")
    merged = re.findall(r"^\d+\. (.+?) mới gồm", section(body, "Cấp tỉnh"), re.MULTILINE)
    unchanged = re.search(r"hai thành phố (.+) cùng chín tỉnh (.+)\.", body)
    assert unchanged
    kept = [name for group in unchanged.groups() for name in re.split(r", | và ", group)]
    assert len(set(merged)) == 23
    assert len(set(kept)) == 11


def test_lapsed_decree_is_never_given_as_current_law() -> None:
    head, body = read("nd-61-2018-nd-cp.md")
    assert head["effective_to"] == "2025-06-30"
    assert head["replaced_by"] == read("nd-118-2025-nd-cp.md")[0]["number"]
    for line in section(body, "Xin lỗi khi hồ sơ quá hạn").strip().splitlines():
        assert "(đã hết hiệu lực)" in line


def test_five_groups_of_decision_766_add_up() -> None:
    _, body = read("qd-766-qd-ttg.md")
    points = re.findall(r"^\d\. .+: tối đa (\d+) điểm", body, re.MULTILINE)
    assert len(points) == 5
    assert sum(map(int, points)) == 100
