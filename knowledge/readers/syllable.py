"""Whether a word is spelt like a Vietnamese syllable.

Used as evidence only: text in an old encoding turns into well-spelt syllables under the right
table and into nonsense under a wrong one.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_RHYME = (
    "(?:iê|yê|uô|ươ|uyê|oa|oă|oe|uâ|uê|ua|ue|uy|oo|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])"
    "|i?[aă][iouy]|[aâ][uy]|e[ou]|êu|iu|i?[oôơuư]i|ưu|i?êu|yêu|uôi|ươi|ươu"
    "|oa[iyo]|oeo|uây|uy[au]|uya|uai|uay|uao|oai"
    "|ia|ua|ưa|oa|oe|uê|uơ|uy|iê|yê|ya|u[aeo]|[aăâeêioôơuưy]"
)
_SHAPE = re.compile(f"(?:{_ONSET})?(?:{_RHYME})")
_STOPPED = re.compile("(?:ch|[cpt])$")


def is_syllable(word: str) -> bool:
    """Tell whether a word (one syllable, any case) obeys Vietnamese spelling.

    A syllable that ends in c, ch, p or t carries only the acute or the dot below, which French
    words with accents nearly always break.
    """
    bare = []
    tones = []
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in _TONES:
            tones.append(_TONES[character])
        else:
            bare.append(character)
    shape = unicodedata.normalize("NFC", "".join(bare))
    if len(tones) > 1 or not _SHAPE.fullmatch(shape):
        return False
    return not (_STOPPED.search(shape) and tones and tones[0] not in "'.")
