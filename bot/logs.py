"""The program's log: one line an event, without secrets and without personal data.

Libraries write what they like into their records, Telegram's token stands in every address that
is called. So whatever is logged, traceback and all, passes one filter before it is written.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.personal_data import without_personal_data

SECRET = "***"
_SHORTEST = 8  # characters of a secret; a shorter one would be found in ordinary words
_SECRET_NAMES = re.compile(r"CCHC_\w*(?:TOKEN|SECRET|KEY|PASSWORD)\w*")

_TOKEN = re.compile(r"\b\d{5,}:[\w-]{20,}")  # of Telegram and Zalo Bot, "123456:AAE…"
_NAMED = re.compile(
    r"""((?:access_token|refresh_token|secret_key|secret|token|password|api_key|code|signature)"""
    r"""["']?\s*[=:]\s*["']?|\b(?:bearer|basic)\s+)[^\s"'&,;]{4,}""",
    re.IGNORECASE,
)
_USER = re.compile(
    r"\b((?:telegram|zalo|zalo_bot|zalo_oa|web|terminal|account):)[\w-]+(?:\.[\w-]+)*"
)
_ADDRESS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")
_OWN_MACHINE = ("127.0.0.1", "0.0.0.0")

# Of libraries only warnings; uvicorn would write whole tracebacks, and of a taken port what our
# own sentence says.
_LEVELS = {"bot": logging.INFO, "index": logging.INFO, "uvicorn.error": logging.CRITICAL}


class Masking(logging.Filter):
    """Takes secrets and personal data out of every record, its traceback included.

    Args:
        secrets: values that may never be written, whatever they look like.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        # The longest first: one secret may hold another.
        known = sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)) if known else r"(?!)")

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Masking:
        """Return the filter for the secrets that stand in environment variables."""
        return cls(value for name, value in environ.items() if _SECRET_NAMES.fullmatch(name))

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record in place; it is always written."""
        record.msg, record.args = self.masked(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.masked(record.exc_text)
            record.exc_info = None  # no other handler may format it anew
        if record.stack_info:
            record.stack_info = self.masked(record.stack_info)
        return True

    def masked(self, text: str) -> str:
        """Return `text` without secrets, people's names on channels, addresses and numbers."""
        text = self._known.sub(SECRET, text)
        text = _TOKEN.sub(SECRET, text)
        text = _NAMED.sub(rf"\1{SECRET}", text)
        text = _USER.sub(rf"\1{SECRET}", text)
        text = _ADDRESS.sub(lambda f: f[0] if f[0] in _OWN_MACHINE else SECRET, text)
        return without_personal_data(text)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback as `error`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["error"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr(environ: Mapping[str, str], *, as_json: bool = False) -> None:
    """Log to standard error, where systemd and containers take it from.

    Args:
        environ: environment variables, whose secrets are masked wherever they turn up.
        as_json: whether each line is a JSON object.
    """
    handler = logging.StreamHandler()
    handler.addFilter(Masking.of(environ))
    lines = "%(asctime)s %(levelname)s %(name)s %(message)s"
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(lines))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
