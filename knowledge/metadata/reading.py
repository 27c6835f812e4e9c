"""Metadata put together from what a text says of the document that it is or tells of."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from knowledge.document import BlockKind, Metadata, Period, RawDocument
from knowledge.folding import fold
from knowledge.metadata.announcement import Announcement, find_announcement
from knowledge.metadata.dates import find_dates, find_plan_year, find_stage
from knowledge.metadata.fields import stated_values
from knowledge.metadata.force import Force, read_force
from knowledge.metadata.issue_date import issue_date, publication_date
from knowledge.metadata.issuer import find_issuer, find_place, with_place
from knowledge.metadata.state_bodies import is_national, national_issuer
from knowledge.places import Places

NEWS = "Tin"
_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Quyết định", "Nghị quyết", "Chỉ thị")
_TITLE_LENGTH = 250
_PLAN_WORDS = re.compile(r"ke hoach|chuong trinh|nhiem vu|chi tieu")
_BASIS = re.compile(
    r",?\s+(?:thuc hien|theo|can cu|tiep tuc|thay cho)"
    r"\s+(?:nghi quyet|ke hoach|chuong trinh|quyet dinh)"
)
_STAMP_LINE = 90
_BODY_LINE = re.compile(
    r"(?:cong hoa xa hoi|doc lap|uy ban|ubnd|hdnd|hoi dong|so\s*:|chinh phu|tinh uy|quoc hoi|bo )"
)
_KIND_LINE = re.compile(
    r"(?:quyet dinh|nghi quyet|nghi dinh|thong tu|ke hoach|chuong trinh(?: hanh dong)?|chi thi"
    r"|bao cao|de an|luat)$"
)


def read_metadata(raw: RawDocument, text: str, places: Places) -> Metadata:
    """Read what is known of a document; its front matter wins over its words.

    Args:
        raw: what a reader found.
        text: its canonical text.
        places: names of places.

    Returns:
        The metadata; what the text leaves open stays unknown.

    Raises:
        MetadataError: the front matter holds a wrong value.
    """
    title = read_title(raw, text)
    stated = stated_values(raw.front_matter)
    if stated.get("summarises"):
        # A summary tells of other documents too: what it does not state of itself stays unknown.
        return replace(Metadata(), **stated)
    # A procedure of the portal names many documents and is none of them.
    own = None if stated.get("code") else find_announcement(title, text)
    if own is not None:
        found = _of_document(own, title, text, places)
    else:
        found = Metadata() if stated.get("code") else _of_news(title, text, places)
    metadata = replace(found, **stated)
    if isinstance(stated.get("place"), str):
        metadata = replace(metadata, place=places.resolve(stated["place"]) or stated["place"])
    return metadata


def read_title(raw: RawDocument, text: str) -> str:
    """One line that names a document for people.

    Args:
        raw: what a reader found.
        text: its canonical text.

    Returns:
        The markup's or front matter's title; else of a letterhead the kind with the line below it;
        else the first line that is neither a date nor a menu.
    """
    stated = raw.front_matter.get("title") or raw.title
    if stated and stated.strip():
        return " ".join(stated.split())
    lines = [line for line in text.split("\n")[:40] if line]
    for line, below in pairwise(lines):
        if _KIND_LINE.match(fold(line)) and line.isupper():
            return _shortened(f"{line.capitalize()} {below[0].lower()}{below[1:]}")
    headings = [block.text for block in raw.blocks[:10] if block.kind is BlockKind.HEADING]
    for line in [*headings, *lines]:
        if len(line.split()) > 4 and not _is_stamp(line) and not _is_letterhead(line):
            return _shortened(line)
    return _shortened(lines[0]) if lines else raw.key


def _is_stamp(line: str) -> bool:
    return len(line) <= _STAMP_LINE and bool(find_dates(line)) and not line.endswith(")")


def _is_letterhead(line: str) -> bool:
    return bool(_BODY_LINE.match(fold(line))) and (line.isupper() or len(line.split()) < 9)


def _of_document(own: Announcement, title: str, text: str, places: Places) -> Metadata:
    """Metadata of the plan, decision or law that a text is or tells of."""
    issuer = national_issuer(own.code.suffix if own.code else None)
    head = _head(text)
    spots = [(head, len(head))] if own.letterhead else [*own.spots, (title, len(title))]
    for sentence, offset in spots:
        issuer = issuer or find_issuer(sentence, offset, places)
    place = find_place(title, text, issuer, places)
    issued_on = issue_date(own, text)
    force = read_force(text, own, issued_on) if own.code else Force()
    return Metadata(
        number=own.number,
        kind=own.kind,
        issuer=with_place(issuer, place),
        place=place,
        issued_on=issued_on,
        period=_period(own, title, text),
        effective_from=force.effective_from,
        effective_to=force.effective_to,
        replaces=force.replaces,
        replaced_by=force.replaced_by,
    )


def _of_news(title: str, text: str, places: Places) -> Metadata:
    stamp = publication_date(text)
    kind = NEWS if stamp is not None else None
    subject = find_issuer(title, 0, places)
    national = subject if subject is not None and is_national(subject) else None
    place = find_place(title, text, national, places)
    return Metadata(kind=kind, place=place, issued_on=stamp)


def _head(text: str) -> str:
    """The letterhead on one line; a name ends where the line with the number begins."""
    lines = text.split("\n")[:12]
    return " ".join(f". {line}" if fold(line).startswith("so") else line for line in lines)


def _period(own: Announcement, title: str, text: str) -> Period | None:
    """The years a plan is for: of its own title before any other stage that the text names."""
    if own.kind not in _PLANS:
        return None
    sources = [title]
    for sentence, offset in [(_head(text), 0)] if own.letterhead else own.spots:
        sources += [sentence[offset:], sentence]
    sources = [_before_basis(source) for source in sources]
    stages = (find_stage(source) for source in sources)
    years = (find_plan_year(source) for source in sources if _PLAN_WORDS.search(fold(source)))
    return next(filter(None, (*stages, *years)), None)


def _before_basis(source: str) -> str:
    """The part of a title before the documents that the plan carries out or goes on from."""
    match = _BASIS.search(fold(source), 40)
    return source[: match.start()] if match else source


def _shortened(line: str) -> str:
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[: line.rfind(" ", 0, _TITLE_LENGTH)].rstrip(" ,;:") + " …"
