"""PDF files drawn for tests: text and lines at their places, as word processors set tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .files import pdf_of

SIZE = 10
LINE = 13.0


@dataclass
class Page:
    """A page: texts with the place of their left lower corner, and lines."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def table(
        self,
        top: float,
        edges: Sequence[float],
        rows: Sequence[Sequence[str | None]],
        ruled: bool = True,
    ) -> float:
        """Draw rows of cells; None goes on with the cell to its left, "^" with the one above.

        Returns:
            The lower edge.
        """
        bottoms: list[float] = []
        y = top
        for row in rows:
            tallest = max(len((cell or "").split("\n")) for cell in row)
            y -= tallest * LINE + 4
            bottoms.append(y)
        for i, row in enumerate(rows):
            upper, lower = (bottoms[i - 1] if i else top), bottoms[i]
            for j, cell in enumerate(row):
                for k, words in enumerate((cell or "").split("\n")):
                    if words and words != "^":
                        self.texts.append((edges[j] + 3, upper - 11 - k * LINE, words))
                if not ruled:
                    continue
                if cell != "^":
                    self.lines.append((edges[j], upper, edges[j + 1], upper))
                if cell is not None:
                    self.lines.append((edges[j], upper, edges[j], lower))
        if ruled:
            self.lines.append((edges[0], bottoms[-1], edges[-1], bottoms[-1]))
            self.lines.append((edges[-1], top, edges[-1], bottoms[-1]))
        return y


def drawn(pages: Sequence[Page]) -> bytes:
    """Return a PDF file of pages."""
    return pdf_of([_drawing(page) for page in pages])


def _drawing(page: Page) -> str:
    texts = " ".join(
        f"1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj" for x, y, words in page.texts
    )
    lines = " ".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in page.lines)
    return f"0.6 w {lines} BT /F {SIZE} Tf {texts} ET"
