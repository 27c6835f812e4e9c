"""The picture of how a store's size tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.measuring.large.steps import Figures

#: Panels from top to bottom: heading, unit, aimed at, lines (figure, label, factor).
PANELS = (
    (
        "Một câu hỏi",
        "mili giây",
        60.0,
        (("p95_ms", "95 % số câu", 1.0), ("p50_ms", "một nửa số câu", 1.0)),
    ),
    (
        "Bộ nhớ",
        "GB",
        1.5,
        (("build_max_mb", "lúc lập chỉ mục", 1e-3), ("rss_mb", "lúc hỏi", 1e-3)),
    ),
    ("Thời gian", "giây", None, (("build_s", "lập chỉ mục", 1.0), ("load_s", "mở kho", 1.0))),
)
COLOURS = ("#c2410c", "#1d4ed8")


def draw(measured: Sequence[Figures], path: Path) -> None:
    """Draw latency, memory and building time against the number of sections."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 9), layout="constrained")
    sizes = [f["sections"] for f in measured]
    for axes, (heading, unit, aim, lines) in zip(
        figure.subplots(len(PANELS), sharex=True), PANELS, strict=True
    ):
        for (name, label, factor), colour, above in zip(lines, COLOURS, (7, -15), strict=True):
            values = [f[name] * factor for f in measured]
            axes.plot(sizes, values, "o-", color=colour, label=label)
            for size, value in zip(sizes, values, strict=True):
                axes.annotate(
                    f"{value:.2g}".replace(".", ",") if value < 10 else f"{value:.0f}",
                    (size, value),
                    textcoords="offset points",
                    xytext=(0, above),
                    ha="center",
                    color=colour,
                )
        if aim is not None:
            axes.axhline(aim, color="grey", linestyle="--", label="mục tiêu khi hỏi")
        axes.set(xscale="log", yscale="log", title=heading, ylabel=unit)
        axes.set_xticks(sizes, [f"{round(size, -3):,.0f}".replace(",", ".") for size in sizes])
        axes.minorticks_off()
        axes.margins(x=0.12, y=0.25)
        axes.grid(alpha=0.3)
        axes.legend(loc="upper left")
    axes.set_xlabel("Số mục trong kho")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=140)
