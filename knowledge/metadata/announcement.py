"""Which document a text is about: its own letterhead, or the one that an article announces.

An article on a plan names many documents: the plan itself, what it is based on, what it carries
out, what it amends. The words before a number tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.codes import Code, CodeMention, code_mentions
from knowledge.folding import fold
from knowledge.metadata.kinds import KIND_OF_WORD, KIND_WORD, PLAN_WORD, kind_of_code
from knowledge.sentences import sentence_spans

#: How much of a text, title aside, may announce its document.
_OPENING = 3500
#: A later sentence cites documents, it announces none.
_SENTENCES = 8
#: A letterhead is within the first lines.
_LETTERHEAD = 25
#: How far before a number the words that tell its role may stand.
_REACH = 130

_NUMBER_LINE = re.compile(r"\s*(?:so|so hieu|so ky hieu|so van ban)\s*:\s*\d|so \d.{4,30}$")
# "ban hành theo", "kèm theo" announce; a bare "theo" cites.
_ISSUES = (
    r"ban hanh|\bky\b|phe duyet|thong qua|cong bo(?= tai| theo| bang)|kem(?: theo)?|duoc quy dinh"
)
_CITES = (
    r"can cu|thuc hien|trien khai|\btheo\b|sua doi|bo sung|thay the|thay cho|\bthay\b|bai bo"
    r"|tren co so|quy dinh tai|huong dan thi hanh|dua tren|so voi|tiep tuc|cu the hoa|bam vao"
    r"|gan voi|lap theo|het hieu luc|bi thay|duoc thay|trong khuon kho|nham"
)
_CUE = re.compile(
    rf"(?P<issues>(?:{_ISSUES})(?:\s+(?:theo|tai|bang|kem theo))?)|(?P<cites>{_CITES})"
)
_ANNOUNCES = re.compile(
    rf"(?:ban hanh|ky|phe duyet|thong qua|trien khai|xay dung)\s+(?:\w+\s+){{0,4}}?"
    rf"(?P<kind>{PLAN_WORD})\b"
)
_OF_ITS_ISSUE = re.compile(r"ban hanh|phe duyet|ve viec|quy dinh|huong dan|cua (?:ubnd|uy ban|thu)")


@dataclass(frozen=True)
class Announcement:
    """The document that a text is about.

    Attributes:
        kind: "Quyết định"; None if only a number is known.
        code: its number as far as it is written.
        sentence: the sentence or line that names it, where its date and issuer stand too.
        offset: where its number, or its kind, begins in that sentence.
        letterhead: whether the text is the document itself.
        again: further sentences that name it, with the offsets there.
    """

    kind: str | None
    code: Code | None
    sentence: str
    offset: int
    letterhead: bool = False
    again: tuple[tuple[str, int], ...] = ()

    @property
    def spots(self) -> tuple[tuple[str, int], ...]:
        """Every sentence that names the document, and where in it."""
        return ((self.sentence, self.offset), *self.again)

    @property
    def number(self) -> str | None:
        """The official number; None where the text leaves a part of it out."""
        return str(self.code) if self.code is not None and self.code.complete else None


def find_announcement(title: str, text: str) -> Announcement | None:
    """Find the document that a text is about.

    Args:
        title: the text's title.
        text: canonical text.

    Returns:
        What names it, None for texts that are about none (news, results).
    """
    lines = text.split("\n")
    opening = _opening(text)
    found = _letterhead(lines) or _numbered(title, opening) or _unnumbered(title, opening)
    return replace(found, again=_again(found, opening)) if found is not None else None


def _again(own: Announcement, opening: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Further sentences of the opening that name a document."""
    spots: list[tuple[str, int]] = []
    for sentence in opening:
        if sentence == own.sentence:
            continue
        if own.code is not None:
            offsets = [m.start for m in code_mentions(sentence) if own.code.matches(m.code)]
        else:
            offsets = [fold(sentence).find(fold(own.kind or "?"))] if len(spots) < 2 else []
        spots.extend((sentence, offset) for offset in offsets[:1] if offset >= 0)
    return tuple(spots)


def _opening(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, min(len(text), _OPENING))]


def _letterhead(lines: Sequence[str]) -> Announcement | None:
    for line in lines[:_LETTERHEAD]:
        if _NUMBER_LINE.match(fold(line)):
            mentions = code_mentions(line)
            if mentions:
                code = mentions[0].code
                kind = kind_of_code(code)
                return Announcement(kind, code, line, mentions[0].start, letterhead=True)
    return None


def _numbered(title: str, opening: Sequence[str]) -> Announcement | None:
    """The first number that the words before it announce; else one that opens the text."""
    weak: Announcement | None = None
    for position, sentence in enumerate([title, *opening[:_SENTENCES]]):
        for mention in code_mentions(sentence):
            if mention.code.is_procedure:
                continue
            role = _role(sentence, mention)
            kind = kind_of_code(mention.code) or _kind_before(sentence, mention.start)
            found = Announcement(kind, mention.code, sentence, mention.start)
            if role == "own" and mention.code.complete:
                return found
            if weak is None and (role == "own" or (role == "weak" and position <= 4)):
                weak = found
    if weak is None or weak.code is None or weak.code.complete:
        return weak
    return _completed(weak, opening)


def _role(sentence: str, mention: CodeMention) -> str:
    """ "own" for an announced number, "cited" for others, "weak" where both can be meant."""
    folded = fold(sentence)
    before = folded[max(0, mention.start - _REACH) : mention.start]
    after = folded[mention.end : mention.end + _REACH]
    cues = list(_CUE.finditer(before))
    if not cues:
        subject = re.fullmatch(
            rf"(?:\W*[\w\s.,-]{{0,40}}:)?\W*(?:{KIND_WORD})?\s*(?:so)?\W*", before
        )
        return "own" if subject else "cited"
    last = cues[-1]
    if last["issues"]:
        return "own"
    opens = not before[: last.start()].strip() and last["cites"] == "theo"
    return "weak" if opens and _OF_ITS_ISSUE.search(after) else "cited"


def _kind_before(sentence: str, offset: int) -> str | None:
    match = re.search(rf"({KIND_WORD})\s*(?:so)?\s*:?\s*$", fold(sentence[:offset]))
    return KIND_OF_WORD[match[1]] if match else None


def _completed(partial: Announcement, opening: Sequence[str]) -> Announcement:
    """The same document where the text writes its number in full."""
    assert partial.code is not None
    for sentence in opening:
        for mention in code_mentions(sentence):
            if mention.code.complete and partial.code.matches(mention.code):
                kind = kind_of_code(mention.code) or partial.kind
                return Announcement(kind, mention.code, sentence, mention.start)
    return partial


def _unnumbered(title: str, opening: Sequence[str]) -> Announcement | None:
    """A document that is announced without a number: "đã ban hành Kế hoạch thực hiện …"."""
    for sentence in [title, *opening[:6]]:
        match = _ANNOUNCES.search(fold(sentence))
        if match:
            kind = KIND_OF_WORD[match["kind"]]
            return Announcement(kind, None, sentence, match.start("kind"))
    subjects = [
        (title, r"(?:^|[:,]\s+|^theo\s+)"),
        *((line, "^(?:theo )?") for line in opening[:2]),
    ]
    for sentence, opens in subjects:
        match = re.search(rf"{opens}(?P<kind>{PLAN_WORD})\b", fold(sentence))
        if match:
            kind = KIND_OF_WORD[match["kind"]]
            return Announcement(kind, None, sentence, match.start("kind"))
    return None
