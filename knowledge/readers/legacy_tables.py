"""Code tables of the two font encodings that Vietnamese offices used before Unicode.

Both put Vietnamese letters on the codes of Western European ones, so their texts arrive as
Latin-1 characters that a font once drew as Vietnamese.
"""

from __future__ import annotations

# TCVN 5712:1993 VN3 ("ABC" fonts such as .VnTime): one character a letter. Capitals with
# diacritics exist only as the small letters' codes drawn by capital fonts (.VnTimeH).
TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

# VNI-Windows: a base letter followed by one character that carries the tone and the hat.
_VNI_TONES = {"": "øùûõï", "â": "àáåãä", "ê": "èéúüë"}
_VNI_VOWELS = {
    "a": {"": "àáảãạ", "â": "ầấẩẫậ", "ê": "ằắẳẵặ"},
    "e": {"": "èéẻẽẹ", "â": "ềếểễệ"},
    "o": {"": "òóỏõọ", "â": "ồốổỗộ"},
    "ô": {"": "ờớởỡợ"},
    "u": {"": "ùúủũụ"},
    "ö": {"": "ừứửữự"},
    "y": {"": "ỳýỷỹ"},
}
_VNI_HATS = {"aâ": "â", "aê": "ă", "eâ": "ê", "oâ": "ô"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    table = dict(_VNI_HATS)
    for base, hats in _VNI_VOWELS.items():
        for hat, letters in hats.items():
            marks = _VNI_TONES[hat][: len(letters)]
            table.update({base + mark: letter for mark, letter in zip(marks, letters, strict=True)})
    table.update(_VNI_SINGLE)
    # A capital letter takes the capital form of its mark, or the small one ("Aâ").
    capitals = {key.upper(): value.upper() for key, value in table.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in table.items()}
    return table | mixed | capitals


VNI = _vni()
