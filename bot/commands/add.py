"""`cchc add`: take files into the store."""

from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session
from bot.commands.columns import cut
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option
from bot.commands.progress import ProgressBar

if TYPE_CHECKING:
    from bot.application import Application
    from knowledge.ingest import Added, AddReport, Rejected

TITLE = 80  # characters of a title that are shown
SINGLE = 5  # files with more documents than this are reported as a whole

NO_MATCH = "Không có tệp nào khớp mẫu này; hãy kiểm tra lại tên và đường dẫn."
NOTHING_INSIDE = "Thư mục không có tệp nào thuộc loại đọc được."


@click.command("add", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@json_option
@click.pass_obj
def add(session: Session, files: tuple[str, ...], as_json: bool) -> int:
    """Đọc tài liệu vào kho; thư mục thì đọc mọi tệp bên trong.

    Đọc .txt, .md, .html, .docx, .pdf có lớp chữ; thủ tục hành chính dạng .json, .jsonl, .jsonl.gz.
    Tệp đã có không đổi gì, bản mới thay bản cũ. Kết thúc với mã 1 khi có tệp không nhận được.
    """
    from knowledge.ingest import Rejected

    paths, refused = expand(files)
    with opened(session) as application:
        with ProgressBar() as progress:
            report = application.add(paths, progress)
        report.rejected[:0] = [Rejected(name, reason) for name, reason in refused]
        if as_json:
            print_json(_as_json(report))
        else:
            for line in _lines(report, application):
                click.echo(line)
    _complain(report.rejected, as_json)
    return PARTLY if report.rejected else 0


def expand(files: tuple[str, ...]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Return the files that the arguments name, each once, and arguments that name none.

    Folders stand for the readable files in them; patterns that the shell left as they are
    (Windows does) are matched here.
    """
    paths: dict[Path, None] = {}
    refused: list[tuple[str, str]] = []
    for name in files:
        if glob.has_magic(name) and not os.path.lexists(name):
            # Path.glob takes no absolute patterns.
            found = glob.glob(name, recursive=True)  # noqa: PTH207
            matches = [Path(match) for match in sorted(found)]
            if not matches:
                refused.append((name, NO_MATCH))
        else:
            matches = [Path(name)]
        for path in matches:
            inside = list(_readable_in(path)) if _is_folder(path) else [path]
            if not inside:
                refused.append((str(path), NOTHING_INSIDE))
            paths.update(dict.fromkeys(inside))
    return list(paths), refused


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # below a folder that may not be entered; reading the file says so
        return False


def _readable_in(folder: Path) -> Iterator[Path]:
    from knowledge.readers import SUPPORTED

    endings = tuple(SUPPORTED)
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(endings) and not name.startswith((".", "~$")):
                yield Path(at, name)


def _as_json(report: AddReport) -> dict[str, list[dict[str, object]]]:
    return {
        "added": [
            {
                "file": str(a.file),
                "document": a.document,
                "chunks": a.chunks,
                "targets": a.targets,
                "deadlines": a.deadlines,
            }
            for a in report.added
        ],
        "unchanged": [{"file": str(u.file), "document": u.document} for u in report.unchanged],
        "rejected": [{"file": str(r.file), "reason": r.reason} for r in report.rejected],
    }


def _lines(report: AddReport, application: Application) -> Iterator[str]:
    """Yield what became of each file; a file of thousands of records is one line."""
    entries = {entry.id: entry for entry in application.entries()} if report.added else {}
    by_file: defaultdict[str, list[Added]] = defaultdict(list)
    for added in report.added:
        by_file[str(added.file)].append(added)
    for file, group in by_file.items():
        if len(group) > SINGLE:
            sections = sum(added.chunks for added in group)
            yield f"Đã thêm {file}: {_count(len(group))} tài liệu, {_count(sections)} phần"
            continue
        for added in group:
            entry = entries[added.document]
            number = f" (số {entry.metadata.number})" if entry.metadata.number else ""
            chunks = _count(added.chunks)
            rows = f", {added.targets} chỉ tiêu" if added.targets else ""
            rows += f", {added.deadlines} thời hạn" if added.deadlines else ""
            title = cut(entry.title, TITLE)
            yield f"Đã thêm {file}: {title}{number}, {chunks} phần{rows}, mã {entry.id}"
    unchanged: defaultdict[str, int] = defaultdict(int)
    for same in report.unchanged:
        unchanged[str(same.file)] += 1
    for file, count in unchanged.items():
        yield f"Không đổi {file}" + (f": {_count(count)} tài liệu" if count > 1 else "")


def _complain(rejected: list[Rejected], as_json: bool) -> None:
    """Tell on standard error what was not taken; the JSON says it already."""
    if not as_json:
        for refusal in rejected:
            click.echo(f"Không nhận {refusal.file}: {refusal.reason}", err=True)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
