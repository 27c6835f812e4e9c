"""Old font encodings are converted where they are sure, and correct text is never touched."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers import ReadError, read_file
from knowledge.readers.legacy import looks_like_tcvn3, looks_like_vni, to_unicode
from knowledge.readers.legacy_tables import TCVN3, VNI

from .files import LIMIT

VIETNAMESE = (
    "Ủy ban nhân dân xã tiếp nhận hồ sơ của công dân; người được giao việc phải trả kết quả "
    "đúng hẹn, những trường hợp trễ hẹn thì xin lỗi bằng văn bản và nêu rõ lý do. Sổ hộ tịch giữ "
    "ở bộ phận một cửa. Đường dây nóng: hỏi về đất đai, cưới hỏi, khai tử, nghỉ dưỡng, chữa bệnh, "
    "kỳ họp, quỹ, bể, ngõ, mẫu đơn."
)
FRENCH = (
    "L'élève a déjà reçu « l'été » où il a goûté les maïs du château; ça coûte très cher à Noël, "
    "à l'hôpital près de la forêt. Il était né naïf, aîné d'une fratrie où l'on célébrait août."
)
ENGLISH = (
    "The café's naïve façade © 2024 cost £5 at 30 °C — a coöperative rôle, 10 µm wide, ½ off ®."
)
PORTUGUESE = (
    "A organização não tem informações sobre a situação; é só uma questão de opinião e coração."
)

_TO_TCVN3 = {new: old for old, new in TCVN3.items()}
_TO_VNI = {new: old for old, new in reversed(VNI.items())}


def as_tcvn3(text: str) -> str:
    return "".join(_TO_TCVN3.get(c, _TO_TCVN3.get(c.lower(), c)) for c in text)


def as_vni(text: str) -> str:
    return "".join(_TO_VNI.get(c, c) for c in text)


def test_known_phrases() -> None:
    assert to_unicode("Céng hoµ x· héi chñ nghÜa ViÖt Nam") == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert (
        to_unicode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam")
        == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert (
        to_unicode("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM")
        == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )


def test_tables_cover_every_vietnamese_letter() -> None:
    shapes = "aăâeêioôơuưy"
    letters = {
        unicodedata.normalize("NFC", shape + tone)
        for shape in shapes
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    } - set("aeiouy") | {"đ"}
    assert letters <= set(TCVN3.values())
    # VNI writes two small letters with the characters that Latin-1 has for them.
    assert letters - {"ì", "í"} <= set(VNI.values())
    assert {letter.upper() for letter in letters} - {"Ì", "Í"} <= set(VNI.values())


def test_round_trips() -> None:
    assert looks_like_tcvn3(as_tcvn3(VIETNAMESE))
    assert looks_like_vni(as_vni(VIETNAMESE))
    assert to_unicode(as_tcvn3(VIETNAMESE)).lower() == VIETNAMESE.lower()
    assert to_unicode(as_vni(VIETNAMESE)) == VIETNAMESE


@pytest.mark.parametrize(
    "text", [VIETNAMESE, FRENCH, ENGLISH, PORTUGUESE, "Toàn khoá hoà toán thuý"]
)
def test_correct_text_is_not_taken_for_an_old_encoding(text: str) -> None:
    assert not looks_like_tcvn3(text)
    assert not looks_like_vni(text)
    assert to_unicode(text) == text


@given(
    st.lists(
        st.sampled_from(
            [*VIETNAMESE.split(), *FRENCH.split(), *ENGLISH.split(), *PORTUGUESE.split()]
        ),
        max_size=60,
    ).map(" ".join)
)
def test_no_mixture_of_correct_words_is_touched(text: str) -> None:
    assert to_unicode(text) == text
    assert to_unicode(unicodedata.normalize("NFD", text)) == text


def test_unicode_lines_in_an_old_document_are_left_alone() -> None:
    both = f"{as_vni(VIETNAMESE)}\n{VIETNAMESE}"
    assert to_unicode(both) == f"{VIETNAMESE}\n{VIETNAMESE}"


@pytest.mark.parametrize(
    "garbled",
    [
        "Cá»\x99ng hÃ²a xÃ£ há»\x99i chá»§ nghÄ©a Viá»‡t Nam",
        "K\ufffd ho\ufffdch c\ufffdi c\ufffdch h\ufffdnh ch\ufffdnh",
        "K\ue001 ho\ue002ch c\ue003i c\ue004ch",
    ],
)
def test_garbled_text_is_refused_with_advice(garbled: str) -> None:
    with pytest.raises(ReadError, match="Unikey"):
        to_unicode(garbled)


@pytest.mark.parametrize("convert", [as_tcvn3, as_vni])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_files_in_old_encodings_are_read(tmp_path: Path, convert: object, encoding: str) -> None:
    assert callable(convert)
    path = tmp_path / "cu.txt"
    path.write_bytes(convert(VIETNAMESE).encode(encoding))
    text = read_file(path, LIMIT).documents[0].blocks[0].text
    assert text.lower() == VIETNAMESE.lower()
