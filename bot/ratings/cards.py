"""Cards to print and put on a counter: what is rated, and one code for each channel.

Everything is drawn as shapes, so that the PDF is sharp at any size. A code's modules are at least
half a millimetre wide on A6, which the camera of any phone reads from a hand away.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Shape

from bot.ratings.subjects import Subject
from config.rating_texts import RatingTexts
from config.ratings import Links

INCH = 25.4  # millimetres
SIZES = {"a6": (105.0, 148.0), "a4": (210.0, 297.0)}  # millimetres
DPI = 300
QUIET = 4  # modules of white around a code, ISO/IEC 18004
LONG_NAME = 70  # characters above which a service's name is written smaller
LOW = 127.0  # millimetres of A6 where the words below the codes begin
INK, SOFT = "#14202c", "#4a5663"


@dataclass(frozen=True)
class Marked:
    """A code of a card: the channel's name, where it leads, what is said below it."""

    name: str
    link: str
    below: str = ""


def links_of(links: Links, texts: RatingTexts, long_code: str, short_code: str) -> list[Marked]:
    """Return what a card shows for the channels that are configured.

    Args:
        links: where codes lead.
        texts: what is said.
        long_code: the form for links, with its prefix.
        short_code: the form to type, with its prefix; Zalo's address takes no code along.
    """
    shown = []
    if links.telegram:
        shown.append(Marked("Telegram", links.telegram.replace("{code}", long_code)))
    if links.zalo:
        link = links.zalo.replace("{code}", long_code)
        shown.append(Marked("Zalo", link, texts.card_zalo.format(code=short_code)))
    if links.page:
        shown.append(Marked(texts.card_page, links.page.replace("{code}", long_code)))
    return shown


def draw_card(
    subject: Subject,
    codes: Sequence[Marked],
    short_code: str,
    texts: RatingTexts,
    size: str,
    form: str,
) -> bytes:
    """Return a card.

    Args:
        subject: the service and the office that are named on it.
        codes: one to three.
        short_code: the form to type, with its prefix.
        texts: what is said.
        size: "a6" or "a4".
        form: "png" or "pdf".
    """
    width, height = SIZES[size]
    figure = Figure(figsize=(width / INCH, height / INCH), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 105), ylim=(148, 0))  # drawn in millimetres of A6, down from the top
    scale = width / 105
    at = _lines(axes, texts.card_title, 8, 15 * scale, INK, 30, bold=True)
    name = subject.service.name
    # A long name in smaller letters, so that the codes keep their size.
    size_of_name, width_of_name = (13, 36) if len(name) <= LONG_NAME else (11, 44)
    at = _lines(axes, name, at + 2, size_of_name * scale, INK, width_of_name)
    at = _lines(axes, subject.office.name, at + 1, 9.5 * scale, SOFT, 50)
    _codes(axes, codes, at + 2, scale)
    low = _lines(axes, texts.card_how, LOW, 9.5 * scale, INK, 52)
    _lines(
        axes, texts.card_typed.format(code=short_code), low + 1.5, 9.5 * scale, INK, 60, bold=True
    )
    written = io.BytesIO()
    figure.savefig(written, format=form, dpi=DPI)
    return written.getvalue()


def _lines(
    axes: Any, text: str, top: float, size: float, colour: str, width: int, bold: bool = False
) -> float:
    """Write centred lines from `top` on and return where they end, in millimetres of A6."""
    lines = textwrap.wrap(text, width, max_lines=3, placeholder=" …")
    weight = "bold" if bold else "normal"
    axes.text(
        52.5, top, "\n".join(lines), fontsize=size, color=colour, ha="center", va="top",
        weight=weight, linespacing=1.25,
    )  # fmt: skip
    # A line is 1.25 letters of size / 72 inches high; the page's scale is in the size already.
    scale = float(axes.figure.get_size_inches()[0]) * INCH / 105
    return top + len(lines) * 1.25 * 1.15 * size / 72 * INCH / scale


def _codes(axes: Any, codes: Sequence[Marked], top: float, scale: float) -> None:
    """Draw the codes: one large, two or three in a triangle that uses the width."""
    room = LOW - 3 - top
    places: list[tuple[float, float]]
    if len(codes) == 1:
        side = min(62.0, room - 10)
        places = [(52.5 - side / 2, top)]
    elif len(codes) == 2:
        side = min(43.0, room - 12)
        places = [(52.5 - side - 3, top + 4), (52.5 + 3, top + 4)]
    else:
        side = min(38.0, (room - 14) / 2)
        places = [(52.5 - side - 5, top), (52.5 + 5, top), (52.5 - side / 2, top + side + 5)]
        # Words of two lines find room below the last row alone.
        codes = sorted(codes, key=lambda code: bool(code.below))
    for code, (left, upper) in zip(codes, places, strict=True):
        _code(axes, code.link, left, upper, side)
        label = f"{code.name}\n{code.below}" if code.below else code.name
        axes.text(
            left + side / 2, upper + side + 0.5, label, fontsize=8.5 * scale, color=INK,
            ha="center", va="top", linespacing=1.3,
        )  # fmt: skip


def _code(axes: Any, content: str, left: float, top: float, side: float) -> None:
    """Draw a QR code; a tenth more of it than a fold or a stain may be lost (level M)."""
    matrix = segno.make(content, error="m", micro=False).matrix
    module = side / (len(matrix) + 2 * QUIET)
    axes.add_patch(Rectangle((left, top), side, side, color="white", linewidth=0))
    points: list[tuple[float, float]] = []
    kinds: list[Any] = []
    for y, row in enumerate(matrix):
        for first, last in _runs(row):
            x0, x1 = (left + (QUIET + at) * module for at in (first, last))
            y0, y1 = (top + (QUIET + at) * module for at in (y, y + 1))
            points += [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
            kinds += [Shape.MOVETO, *[Shape.LINETO] * 3, Shape.CLOSEPOLY]
    shape = PathPatch(Shape(points, kinds), facecolor="black", linewidth=0, antialiased=False)
    axes.add_patch(shape)


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return where runs of dark modules begin and end."""
    edges = [0, *row, 0]
    starts = [at for at in range(len(row)) if edges[at + 1] and not edges[at]]
    ends = [at + 1 for at in range(len(row)) if edges[at + 1] and not edges[at + 2]]
    return list(zip(starts, ends, strict=True))
