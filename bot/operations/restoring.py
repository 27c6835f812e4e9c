"""`cchc restore`: a home out of a backup, whole or not at all."""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import sys
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from bot.environment import FILE as ENVIRONMENT
from bot.operations.backup import CONFIG, FORMAT, MANIFEST, digest_of
from bot.operations.copying import broken, counts, in_use, sync_folder
from bot.operations.errors import OperationError
from bot.pseudonyms import FILE as KEY
from config.office import VIETNAM
from knowledge.store import FILE as DATABASE

_LONGEST_MANIFEST = 4_000_000  # bytes
_MOST_FILES = 10_000
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h

_NO_BACKUP = "{path} không phải bản sao lưu của cchc hoặc đã hỏng; hãy dùng bản khác."


@dataclass(frozen=True)
class Restored:
    """What a restoring did: when the backup was made, its documents, where the old home went."""

    made_at: str
    documents: int
    before: Path | None


def check_backup(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and check everything in it.

    Only plain files that its list names are taken, each below `folder`; every digest has to agree
    and the database has to pass SQLite's check.

    Returns:
        The backup's list.

    Raises:
        OperationError: the backup is broken, or holds what none may hold.
        OSError: a file cannot be read or written.
    """
    try:
        manifest = _unpack(source, folder)
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise OperationError(_NO_BACKUP.format(path=source)) from error
    except OSError as error:
        if error.errno is None:  # how gzip says that this is none
            raise OperationError(_NO_BACKUP.format(path=source)) from error
        raise
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise OperationError(f"Bản sao lưu {source} hỏng ở phần {name}; hãy dùng bản khác.")
    if problem := broken(folder / DATABASE):
        raise OperationError(f"Kho văn bản trong {source} hỏng ({problem}); hãy dùng bản khác.")
    return manifest


def restore(source: Path, home: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the place of a home.

    It is unpacked and checked beside the home and then takes its place in one step; the old home
    is kept under another name. Tokens of the channels are taken over from it.

    Args:
        source: what `cchc backup` wrote.
        home: where it is to stand; has to be empty unless `replace`.
        replace: whether a home with data may be replaced.

    Raises:
        OperationError: the backup is broken, the home is in use or not empty.
        OSError: something cannot be read or written; the home is as it was.
    """
    full = home.is_dir() and any(home.iterdir())
    if full and not replace:
        raise OperationError(
            f"Thư mục {home} đã có dữ liệu; thêm --replace để thay (dữ liệu cũ được giữ cạnh đó)."
        )
    if full and in_use(home / DATABASE):
        raise OperationError(
            f"Dữ liệu ở {home} đang được dùng; dừng trợ lý (systemctl stop cchc) rồi làm lại."
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    aside = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
    aside.mkdir(mode=0o700)
    try:
        manifest = check_backup(source, aside)
        documents = counts(aside / DATABASE).get("documents", 0)
        if (home / ENVIRONMENT).is_file():
            shutil.copy2(home / ENVIRONMENT, aside / ENVIRONMENT)
        before = _swap(aside, home) if full else None
        if before is None:
            _place(aside, home)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    sync_folder(home.parent)
    return Restored(str(manifest["made_at"]), documents, before)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    with tarfile.open(source, "r:gz") as archive:
        first = archive.next()
        if first is None or first.name != MANIFEST or first.size > _LONGEST_MANIFEST:
            raise ValueError("no list")
        content = archive.extractfile(first)
        assert content is not None
        manifest: dict[str, Any] = json.loads(content.read())
        allowed = set(manifest["files"])
        if manifest["format"] != FORMAT or DATABASE not in allowed or len(allowed) > _MOST_FILES:
            raise ValueError("of another format")
        datetime.fromisoformat(manifest["made_at"])
        if not all(map(_may_stand, allowed)):
            raise ValueError("a name that leads out of the folder")
        room = shutil.disk_usage(folder).free
        while (member := archive.next()) is not None:
            if not member.isreg() or member.name not in allowed or member.size > room:
                raise ValueError("not of this backup, or too large")
            room -= member.size
            allowed.remove(member.name)  # each once
            _write(archive, member, folder / member.name)
    return manifest


def _may_stand(name: str) -> bool:
    path = PurePosixPath(name)
    plain = path.as_posix() == name and ".." not in path.parts and "\\" not in name
    inside = name in (DATABASE, KEY) or (len(path.parts) > 1 and path.parts[0] == CONFIG)
    return plain and inside and "\0" not in name


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    assert content is not None
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())


def _place(aside: Path, home: Path) -> None:
    """Put the new home where there is none, or an empty one."""
    if home.is_dir():
        home.rmdir()
    aside.rename(home)


def _swap(aside: Path, home: Path) -> Path:
    """Exchange the two and return where the old home is kept."""
    before = home.with_name(f"{home.name}.truoc-khoi-phuc-{datetime.now(VIETNAM):%Y%m%d-%H%M%S}")
    if _exchanged(aside, home):
        aside.rename(before)
    else:
        home.rename(before)
        try:
            aside.rename(home)
        except OSError:
            before.rename(home)
            raise
    return before


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; say whether the system can do that (Linux can)."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
