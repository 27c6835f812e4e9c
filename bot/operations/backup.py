"""`cchc backup`: everything of a home that cannot be made anew, in one file.

That is the database, the secret of the pseudonyms and an official's own configuration. The index
is made anew from the database; tokens of the channels stay out (`cchc.env`), so that a backup
opens no channel to whoever gets hold of it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.operations.copying import broken, copy_database, sync_folder
from bot.operations.errors import OperationError
from bot.pseudonyms import FILE as KEY
from config.office import VIETNAM
from knowledge.store import FILE as DATABASE

FORMAT = 1
MANIFEST = "manifest.json"
CONFIG = "config"
SUFFIX = ".tar.gz"


@dataclass(frozen=True)
class Backup:
    """A backup that was written: where it lies, its size in bytes, how many files are in it."""

    path: Path
    size: int
    files: int


def write_backup(home: Path, target: Path) -> Backup:
    """Write a backup of `home`, which may be in use.

    The file is written aside, checked, brought to the disk and only then given its name: whatever
    carries the name is whole.

    Args:
        home: the folder of the store.
        target: the file to write; in a folder a name with the time in Vietnam is made.

    Raises:
        OperationError: the database is missing or broken.
        sqlite3.Error, OSError: something cannot be read or written.
    """
    if not (home / DATABASE).is_file():
        raise OperationError(f"Thư mục {home} chưa có dữ liệu để sao lưu; xem lại --home.")
    if target.is_dir():
        target = target / f"cchc-{datetime.now(VIETNAM):%Y%m%d-%H%M%S}{SUFFIX}"
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(prefix=".cchc-", dir=target.parent) as folder:
            database = Path(folder) / DATABASE
            copy_database(home / DATABASE, database)
            if problem := broken(database):
                raise OperationError(
                    f"Kho văn bản bị hỏng ({problem}); giữ lại bản sao lưu cũ và chạy cchc doctor."
                )
            files = {DATABASE: database, **dict(_others(home))}
            _pack(files, aside)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Backup(target, target.stat().st_size, len(files))


def _others(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the backup, file) for what lies beside the database."""
    if (home / KEY).is_file():
        yield KEY, home / KEY
    for path in sorted((home / CONFIG).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(home).as_posix(), path


def _pack(files: dict[str, Path], target: Path) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {name: digest_of(path) for name, path in files.items()},
    }
    said = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            archive.addfile(_member(MANIFEST, len(said)), io.BytesIO(said))
            for name, path in files.items():
                with path.open("rb") as content:
                    size = os.fstat(content.fileno()).st_size
                    archive.addfile(_member(name, size), content)
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    member.mtime = int(datetime.now(UTC).timestamp())
    return member


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
