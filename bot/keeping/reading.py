"""Reading a file that somebody sent: in a process of its own, within limits, under a safe name."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from knowledge.ingest import UNEXPECTED
from knowledge.readers import errors
from knowledge.readers.apart import ReaderProcess
from knowledge.readers.errors import ReadError, in_megabytes
from knowledge.readers.wire import dump

SECONDS = 60.0  # for one file; who sends it waits
LONGEST_NAME = 120  # characters
LARGEST_READING = 30_000_000  # characters of what was read, as JSON
NAMELESS = "tai-lieu"


@dataclass(frozen=True)
class ReadFile:
    """A file that somebody sent, as it was read; the file itself is not kept.

    Attributes:
        name: safe to show and to make an id of.
        digest: names its content.
        reading: what was read, as `knowledge.readers.wire` writes it; "" where it was refused.
        refusal: why it was refused, one sentence; "" where it was read.
    """

    name: str
    digest: str
    reading: str
    refusal: str = ""


def read_sent(name: str, data: bytes, max_bytes: int) -> ReadFile:
    """Read a file; slow, needs no store, may run in any thread.

    Args:
        name: as its sender calls it.
        data: its content.
        max_bytes: size over which it is refused.
    """
    safe, digest = safe_name(name), hashlib.sha256(data).hexdigest()
    try:
        return ReadFile(safe, digest, _read(safe, data, max_bytes))
    except ReadError as error:
        return ReadFile(safe, digest, "", str(error))
    except Exception:
        # What a library trips over is one sentence for who sent the file.
        return ReadFile(safe, digest, "", UNEXPECTED)


def read_named(path: Path, max_bytes: int) -> ReadFile:
    """Read a file of this machine; as `read_sent` does where it can be opened."""
    try:
        if not path.is_file():
            raise ReadError(errors.MISSING)
        if path.stat().st_size > max_bytes:
            raise ReadError(errors.TOO_LARGE.format(limit=in_megabytes(max_bytes)))
        return read_sent(path.name, path.read_bytes(), max_bytes)
    except ReadError as error:
        return ReadFile(safe_name(path.name), "", "", str(error))
    except OSError:
        return ReadFile(safe_name(path.name), "", "", errors.UNREADABLE)


def safe_name(name: str) -> str:
    """Return a file name without folders, signs that no name needs, and beyond a fair length."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isalnum() or c in " ._-()").strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        stem, suffix = kept, ""
    stem = stem[:LONGEST_NAME].encode()[: 2 * LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"{stem or NAMELESS}{dot}{suffix[:10]}"


def _read(name: str, data: bytes, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise ReadError(errors.TOO_LARGE.format(limit=in_megabytes(max_bytes)))
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with ReaderProcess(SECONDS) as reader:
            reading = dump(reader.read(path, max_bytes))
    if len(reading) > LARGEST_READING:
        raise ReadError(errors.TOO_HEAVY)
    return reading
