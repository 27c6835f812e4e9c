"""What is known of an administrative procedure, as rows that other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

IN_PERSON, ONLINE, BY_POST = "Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"
MODES = (IN_PERSON, ONLINE, BY_POST)

Span = tuple[int, int]


@dataclass(frozen=True)
class Duration:
    """How long something takes.

    Attributes:
        amount: 3, or 0.5 for half a day; None where the words hold no number.
        unit: "day", "working_day", "hour", "month", "week" or "year"; None where none is named.
    """

    amount: float | None = None
    unit: str | None = None

    @property
    def days(self) -> float | None:
        """Number of days, None for other units."""
        return self.amount if self.unit in ("day", "working_day") else None

    @property
    def working(self) -> bool | None:
        """Whether the days are working days; None where it is no number of days."""
        return None if self.days is None else self.unit == "working_day"


@dataclass(frozen=True)
class Fee:
    """What something costs.

    Attributes:
        text: as the portal words it; None where it states nothing.
        amounts: sums in đồng that it names, each once, in their order; empty where the words hold
            no sum that can be relied on.
        free: whether it says that nothing is charged.
        doubtful: whether the sum seems to be in thousands of đồng ("25 VNĐ").
    """

    text: str | None = None
    amounts: tuple[int, ...] = ()
    free: bool = False
    doubtful: bool = False

    @property
    def vnd(self) -> int | list[int] | None:
        """The sum, the sums, or None where none is known."""
        if self.amounts:
            return self.amounts[0] if len(self.amounts) == 1 else list(self.amounts)
        return 0 if self.free else None


@dataclass(frozen=True)
class Mode:
    """One row of the table of the ways to hand in.

    Attributes:
        mode: one of MODES.
        time: as worded; None where nothing is stated.
        duration: the same as a number.
        fee: what it costs.
        note: the rest of the row: for which case it holds, where to go; may be empty.
        span: where the row stands in the document's text.
        head: where mode, time and fee stand, without the rest.
    """

    mode: str
    time: str | None
    duration: Duration
    fee: Fee
    note: str = ""
    span: Span = (0, 0)
    head: Span = (0, 0)

    def as_json(self) -> dict[str, Any]:
        """Return the row in the shape that other programs read."""
        return {
            "mode": self.mode,
            "time": self.time,
            "time_days": self.duration.days,
            "working_days": self.duration.working,
            "fee": self.fee.text,
            "fee_vnd": self.fee.vnd,
            "note": self.note or None,
        }


@dataclass(frozen=True)
class Paper:
    """One paper that has to be handed in or shown.

    Attributes:
        name: its name, a slice of the row.
        originals, copies: how many; None where the table does not say.
        form: name of the form's file, if one belongs to it.
        case: for whom the paper is asked, if the table is for one case only.
        span: where the row stands in the document's text.
    """

    name: str
    originals: int | None = None
    copies: int | None = None
    form: str | None = None
    case: str | None = None
    span: Span = (0, 0)

    def as_json(self) -> dict[str, Any]:
        """Return the paper in the shape that other programs read."""
        return {
            "name": self.name,
            "originals": self.originals,
            "copies": self.copies,
            "form": self.form,
            "case": self.case,
        }


@dataclass(frozen=True)
class Procedure:
    """The facts of one procedure.

    Attributes:
        code: "1.004222".
        name, field, level: as the portal has them; level as it is since 1 July 2025.
        modes: rows of the table of ways to hand in, in its order.
        papers: in the order of the table.
        authority: who carries it out.
        result: what comes out of it.
        legal_basis: numbers of the documents that it rests on.
        url: address of its page.
        number: of the decision that published it, as printed.
        place: where it holds.
        document: id of the stored document that all of it was read from.
        summary: whether that document is the project's own sheet of facts.
    """

    code: str
    name: str
    field: str | None = None
    level: str | None = None
    modes: tuple[Mode, ...] = ()
    papers: tuple[Paper, ...] = ()
    authority: str | None = None
    result: str | None = None
    legal_basis: tuple[str, ...] = ()
    url: str | None = None
    number: str | None = None
    place: str | None = None
    document: str = ""
    summary: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the procedure in the shape that other programs read."""
        return {
            "code": self.code,
            "name": self.name,
            "field": self.field,
            "level": self.level,
            "modes": [mode.as_json() for mode in self.modes],
            "documents": [paper.name for paper in self.papers],
            "papers": [paper.as_json() for paper in self.papers],
            "authority": self.authority,
            "result": self.result,
            "legal_basis": list(self.legal_basis),
            "url": self.url,
            "number": self.number,
            "place": self.place,
            "document": self.document,
            "summary": self.summary,
        }
