"""Figures of the running service in the text format of Prometheus.

They count what happened, never who or what was asked. Source of the format:
https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
"""

from __future__ import annotations

import hmac
import logging
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

TOKEN_VARIABLE = "CCHC_METRICS_TOKEN"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

_HELP = {
    "cchc_questions_total": "Messages replied to, by channel and status.",
    "cchc_unheard_total": "Messages left without a reply because one person sent too many.",
    "cchc_deliveries_total": "Deliveries of messengers; repeated ones were known already.",
    "cchc_errors_total": "Errors, by channel and kind.",
    "cchc_logged_errors_total": "Errors in the log, by the part of the program.",
    "cchc_ratings_total": "Ratings given, by stars.",
}
_LATENCY = "cchc_reply_seconds"
_LOCAL = ("127.0.0.1", "::1", "localhost")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "x-forwarded-host")

Labels = tuple[tuple[str, str], ...]


@dataclass
class _Histogram:
    """Seconds, counted in `BUCKETS` and one for all above."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.total += seconds


class Metrics:
    """Counts in memory; any thread may add."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._latency: dict[str, _Histogram] = {}
        self._gauges: dict[str, tuple[str, Callable[[], float]]] = {}

    def replied(self, channel: str, status: str, seconds: float) -> None:
        """Count a message that was replied to.

        Args:
            channel: "telegram".
            status: as in `bot.message.Status`.
            seconds: from its arrival to the reply, waiting included.
        """
        with self._lock:
            self._counts["cchc_questions_total", (("channel", channel), ("status", status))] += 1
            self._latency.setdefault(channel, _Histogram()).add(seconds)

    def unheard(self, channel: str) -> None:
        """Count a message that was left without a reply."""
        self._count("cchc_unheard_total", channel=channel)

    def delivered(self, channel: str, *, new: bool) -> None:
        """Count a delivery of a messenger, new or repeated."""
        self._count("cchc_deliveries_total", channel=channel, kind="new" if new else "repeated")

    def failed(self, channel: str, kind: str) -> None:
        """Count an error.

        Args:
            channel: where it happened.
            kind: class of the exception.
        """
        self._count("cchc_errors_total", channel=channel, kind=kind)

    def logged(self, logger: str) -> None:
        """Count an error in the log.

        Args:
            logger: name of the part of the program, "bot.postman".
        """
        self._count("cchc_logged_errors_total", logger=logger)

    def rated(self, stars: int) -> None:
        """Count a rating."""
        self._count("cchc_ratings_total", stars=str(stars))

    def watch(self, name: str, said: str, read: Callable[[], float]) -> None:
        """Show a value as it is whenever somebody looks.

        Args:
            name: "cchc_queue_length".
            said: what it is, one line.
            read: gives the value, quickly and in any thread; an OSError leaves it out.
        """
        self._gauges[name] = (said, read)

    def text(self) -> str:
        """Return all figures in Prometheus' text format."""
        return "".join(f"{line}\n" for line in self._lines())

    def _count(self, name: str, **labels: str) -> None:
        with self._lock:
            self._counts[name, tuple(labels.items())] += 1

    def _lines(self) -> Iterator[str]:
        with self._lock:
            counts = sorted(self._counts.items())
            latency = {name: (h.counts[:], h.total) for name, h in sorted(self._latency.items())}
        for name, said in _HELP.items():
            yield from (f"# HELP {name} {said}", f"# TYPE {name} counter")
            for (of, labels), count in counts:
                if of == name:
                    yield f"{name}{_written(labels)} {count}"
        yield f"# HELP {_LATENCY} Seconds from the arrival of a message to its reply."
        yield f"# TYPE {_LATENCY} histogram"
        for channel, (within, total) in latency.items():
            yield from _histogram(channel, within, total)
        for name, (said, read) in sorted(self._gauges.items()):
            try:
                value = float(read())
            except OSError:
                continue
            yield from (f"# HELP {name} {said}", f"# TYPE {name} gauge", f"{name} {value:g}")


class ErrorCounter(logging.Handler):
    """Counts the errors that are logged.

    Args:
        metrics: where to.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._metrics.logged(record.name)


def _histogram(channel: str, counts: list[int], total: float) -> Iterator[str]:
    so_far = 0
    for bound, count in zip([*map(str, BUCKETS), "+Inf"], counts, strict=True):
        so_far += count
        yield f"{_LATENCY}_bucket{_written((('channel', channel), ('le', bound)))} {so_far}"
    labels = _written((("channel", channel),))
    yield f"{_LATENCY}_sum{labels} {total:.6f}"
    yield f"{_LATENCY}_count{labels} {so_far}"


def _written(labels: Labels) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def metrics_route(metrics: Metrics, environ: Mapping[str, str]) -> Route:
    """Return the route `/metrics`, for this machine or for who has the token.

    Without a token only requests that come straight from this machine are served: behind a
    reverse proxy everybody comes from here, and the proxy says so in a header.

    Args:
        metrics: what is shown.
        environ: environment variables; `CCHC_METRICS_TOKEN` is asked for where it is set.
    """
    token = environ.get(TOKEN_VARIABLE, "").strip()

    async def show(request: Request) -> Response:
        if not _may_see(request, token):
            return PlainTextResponse("not found", 404)
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return Route("/metrics", show)


def _may_see(request: Request, token: str) -> bool:
    if token:
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    forwarded = any(name in request.headers for name in _FORWARDED)
    return not forwarded and request.client is not None and request.client.host in _LOCAL
