"""`cchc extract`: what a file states, without taking it into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.base import Command, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import Failure
from bot.commands.opening import print_json
from bot.commands.options import json_option

if TYPE_CHECKING:
    from knowledge.document import Document
    from knowledge.extracting import Extract

TARGETS = ("CHỈ TIÊU", "GIÁ TRỊ", "NĂM", "PHẠM VI")
DEADLINES = ("VIỆC", "HẠN", "CƠ QUAN")


@click.command("extract", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@json_option
@click.pass_obj
def extract(session: Session, file: Path, as_json: bool) -> int:
    """Đọc chỉ tiêu và thời hạn trong một tệp, không thêm tệp vào kho.

    Trong JSON, mỗi văn bản là một đối tượng; tệp có nhiều văn bản thì in một danh sách.
    """
    read = _read(session, file)
    if as_json:
        rows = [_as_json(document, found) for document, found in read]
        print_json(rows[0] if len(rows) == 1 else rows)
        return 0
    for document, found in read:
        click.echo("\n".join(_lines(document, found)))
    return 0


def _read(session: Session, file: Path) -> list[tuple[Document, Extract]]:
    """Return the documents of a file with their rows.

    Raises:
        Failure: the file cannot be read.
        ConfigError: a configuration file is wrong.
    """
    from config.indicators import load_indicators
    from config.places import load_places
    from config.settings import load_settings
    from knowledge.extracting import Extractor
    from knowledge.ingest import Ingest
    from knowledge.metadata import MetadataError
    from knowledge.places import Places
    from knowledge.readers import read_file
    from knowledge.readers.errors import ReadError

    own = session.home / "config"
    extractor, places = Extractor(load_indicators(own)), Places(load_places(own))
    try:
        result = read_file(file, load_settings(own).max_bytes)
        documents = [Ingest.read(raw, places) for raw in result.documents]
    except (ReadError, MetadataError) as error:
        raise Failure(f"Không đọc được {file}: {error}") from error
    return [(document, extractor.read(document)) for document in documents]


def _as_json(document: Document, found: Extract) -> dict[str, Any]:
    known = document.metadata
    period = known.period
    return {
        "document": {
            "title": document.title,
            "number": known.number,
            "kind": known.kind,
            "issuer": known.issuer,
            "place": known.place,
            "issued_on": known.issued_on.isoformat() if known.issued_on else None,
            "period": [period.start, period.end] if period else None,
        },
        "targets": [row.as_json() for row in found.targets],
        "deadlines": [row.as_json() for row in found.deadlines],
    }


def _lines(document: Document, found: Extract) -> list[str]:
    from bot.row_texts import value_text
    from config.texts import load_texts

    texts = load_texts().targets
    lines = [document.title]
    if found.targets:
        rows = [
            [t.indicator, value_text(t, texts), str(t.year or ""), t.scope or ""]
            for t in found.targets
        ]
        lines += ["", *columns([TARGETS, *rows], 0, printed_width())]
    if found.deadlines:
        due = [[d.task, d.due or d.due_text, d.responsible or ""] for d in found.deadlines]
        lines += ["", *columns([DEADLINES, *due], 0, printed_width())]
    if not found.targets and not found.deadlines:
        lines.append("Không thấy chỉ tiêu hay thời hạn nào.")
    return [*lines, ""]
