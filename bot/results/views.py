"""Which pictures go with a look-up of targets."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.message import Attachment
from bot.results.pictures import BARS, Bar, Point, bars_picture, trend_picture
from bot.results.standing import figure
from bot.row_texts import value_text, written
from config.texts import ResultTexts
from knowledge.results.result import RANKS
from knowledge.row_shelf import Found
from knowledge.targets import Target

PNG = "image/png"
YEARS = 2  # years from which a trend is worth a picture


def pictures_of(
    context: Context, words: str, found: Sequence[Found[Target]]
) -> tuple[Attachment, ...]:
    """Return bars of targets and results where results are known, and a trend over the years.

    Args:
        context: the message.
        words: what was looked up.
        found: the rows.
    """
    bars = _bars(context, found)
    trend = _trend(context, found)
    texts = context.tools.texts.results
    pictures: list[Attachment] = []
    if bars:
        title = f"{texts.picture_title}: {words}"
        data = bars_picture(title, bars, texts)
        said = "; ".join(f"{bar.label}: {bar.result_text} / {bar.target_text}" for bar in bars)
        pictures.append(Attachment("chi-tieu.png", PNG, data, f"{title}. {said}"))
    if trend:
        first = found[0]
        title = texts.trend_title.format(
            indicator=first.row.indicator, place=first.document.metadata.place or ""
        ).strip(" ,")
        title = title[:1].upper() + title[1:]
        data = trend_picture(title, trend, first.row.unit, texts)
        said = "; ".join(_in_words(point, texts) for point in trend)
        pictures.append(Attachment("xu-huong.png", PNG, data, f"{title}. {said}"))
    return tuple(pictures)


def _in_words(point: Point, texts: ResultTexts) -> str:
    figures = ((texts.target, point.target), (texts.result, point.result))
    known = [f"{name.lower()} {written(value)}" for name, value in figures if value is not None]
    return f"{point.year}: {', '.join(known)}"


def _bars(context: Context, found: Sequence[Found[Target]]) -> list[Bar]:
    tools, on = context.tools, context.message.on
    bars: list[Bar] = []
    for one in found[:BARS]:
        progress = tools.standings.of(one, on)
        result = progress.result
        if result is None:
            continue
        place = one.document.metadata.place
        about = [part for part in (one.row.scope, place, str(one.row.year or "")) if part]
        bars.append(
            Bar(
                f"{one.row.indicator} ({', '.join(about)})" if about else one.row.indicator,
                one.row.value,
                result.value,
                value_text(one.row, tools.texts.targets),
                figure(result, tools.texts.results),
                progress.state,
                one.row.unit in RANKS,
            )
        )
    return bars


def _trend(context: Context, found: Sequence[Found[Target]]) -> list[Point]:
    """Return the years of one indicator of one place, nothing for a single year or a mixture."""
    first = found[0]
    same = [
        one
        for one in found
        if one.row.year
        and (one.row.key or one.row.indicator) == (first.row.key or first.row.indicator)
        and one.row.unit == first.row.unit
        and one.row.field == first.row.field
        and one.row.scope == first.row.scope
        and one.document.metadata.place == first.document.metadata.place
    ]
    points: dict[int, Point] = {}
    for one in same:
        result = context.tools.standings.of(one, context.message.on).result
        assert one.row.year is not None
        point = Point(one.row.year, one.row.value, result.value if result else None)
        points.setdefault(one.row.year, point)
    return [points[year] for year in sorted(points)] if len(points) >= YEARS else []
