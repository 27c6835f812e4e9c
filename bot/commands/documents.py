"""`cchc documents`: what is in the store, and corrections of what was read."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bot.commands.base import Command, ListedByDefault, Session, WrongUse
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY, Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option
from bot.streams import readable

if TYPE_CHECKING:
    from bot.application import Application
    from knowledge.document import Metadata
    from knowledge.store import Entry

HEADINGS = ("MÃ", "SỐ HIỆU", "TÊN", "NƠI", "GIAI ĐOẠN", "HIỆU LỰC")
TITLE = 2


@click.group("documents", cls=ListedByDefault, subcommand_metavar="[TỪ CẦN TÌM | LỆNH …]")
def documents() -> None:
    """Xem và sửa thông tin các tài liệu trong kho.

    “cchc documents” liệt kê tất cả; “cchc documents quang nam” chỉ liệt kê tài liệu có các từ đó
    trong mã, số hiệu, tên, nơi hoặc cơ quan ban hành.
    """


@documents.command("list", cls=Command)
@click.argument("query", nargs=-1, metavar="[TỪ CẦN TÌM]")
@json_option
@click.pass_obj
def listed(session: Session, query: tuple[str, ...], as_json: bool) -> int:
    """Liệt kê tài liệu (không cần gõ “list”)."""
    wanted = readable(" ".join(query))
    with opened(session) as application:
        found = [entry for entry in application.entries() if _matches(entry, wanted)]
        standings = {entry.id: application.standing(entry, date.today()) for entry in found}
        labels = application.texts.validity
    if as_json:
        print_json([_as_json(entry, standings[entry.id]) for entry in found])
    elif found:
        rows = [_row(entry, labels.label(standings[entry.id])) for entry in found]
        click.echo("\n".join(columns([HEADINGS, *rows], TITLE, printed_width())))
    else:
        what = f"khớp “{wanted}”" if wanted else "trong kho"
        click.echo(f"Không có tài liệu nào {what}.", err=True)
    return 0 if found or not wanted else PARTLY


@documents.command("show", cls=Command)
@click.argument("document_id", metavar="MÃ")
@click.option("--text", "with_text", is_flag=True, help="Hiện cả nội dung đã đọc được.")
@json_option
@click.pass_obj
def show(session: Session, document_id: str, with_text: bool, as_json: bool) -> int:
    """Xem mọi thông tin về một tài liệu."""
    with opened(session) as application:
        entry = _entry(application, document_id)
        standing = application.standing(entry, date.today())
        labels = application.texts.validity
        text = application.document(document_id).text if with_text else None
    shown = _as_json(entry, standing)
    if as_json:
        print_json(shown | ({"text": text} if with_text else {}))
        return 0
    shown["validity"] = labels.label(standing)
    rows = [[name, _written(value)] for name, value in shown.items()]
    click.echo("\n".join(columns([row for row in rows if row[1]])))
    if text is not None:
        click.echo(f"\n{text}")
    return 0


@documents.command("edit", cls=Command)
@click.argument("document_id", metavar="MÃ")
@click.argument("changes", nargs=-1, required=True, metavar="MỤC=GIÁ_TRỊ…")
@click.pass_obj
def edit(session: Session, document_id: str, changes: tuple[str, ...]) -> int:
    """Sửa thông tin đã đọc được; “MỤC=” để trống thì xóa.

    Ví dụ: cchc documents edit ke-hoach-2023 number=3532/QĐ-UBND period=2021-2025. Tên các mục như
    “cchc documents show MÃ” in ra. Chỗ đã sửa được giữ cả khi thêm bản mới của tài liệu.
    """
    from knowledge.metadata import MetadataError

    pairs = dict(_pair(change) for change in changes)
    with opened(session) as application:
        try:
            application.changes.correct(document_id, pairs)
            metadata = application.document(document_id).metadata
        except KeyError:
            raise unknown(document_id) from None
        except MetadataError as error:
            raise WrongUse(str(error)) from error
    for name in pairs:
        value = _written(_plain(metadata).get(name))
        click.echo(f"{document_id}: {name} = {value or '(trống)'}")
    return 0


def _pair(change: str) -> tuple[str, str]:
    name, equals, value = readable(change).partition("=")
    if not equals or not name.strip():
        raise WrongUse(f"“{change}” chưa đúng dạng MỤC=GIÁ_TRỊ, ví dụ number=3532/QĐ-UBND.")
    return name.strip(), value.strip()


def _entry(application: Application, document_id: str) -> Entry:
    for entry in application.entries():
        if entry.id == document_id:
            return entry
    raise unknown(document_id)


def unknown(document_id: str) -> Failure:
    """Return what is said where there is no such document."""
    return Failure(f"Không có tài liệu {document_id}; xem các mã có bằng “cchc documents”.")


def _matches(entry: Entry, wanted: str) -> bool:
    from index.text import fold

    known = entry.metadata
    parts = (entry.id, entry.title, known.number, known.place, known.issuer, known.kind, known.code)
    text = fold(" ".join(part for part in parts if part))
    return all(word in text for word in fold(wanted).split())


def _row(entry: Entry, validity: str) -> list[str]:
    known = entry.metadata
    period = known.period
    years = ""
    if period is not None:
        one = period.start == period.end
        years = str(period.start) if one else f"{period.start}–{period.end}"
    place = known.place or ""
    return [entry.id, known.number or known.code or "", entry.title, place, years, validity]


def _as_json(entry: Entry, standing: str) -> dict[str, Any]:
    """Return everything that is known of a document but its words."""
    own = {"id": entry.id, "title": entry.title}
    rest = {
        "validity": standing,
        "source": entry.source,
        "bundled": entry.bundled,
        "added_at": entry.added_at,
    }
    return own | _plain(entry.metadata) | rest


def _plain(metadata: Metadata) -> dict[str, Any]:
    from knowledge.serialise import plain

    return {field.name: plain(getattr(metadata, field.name)) for field in fields(metadata)}


def _written(value: Any) -> str:
    """Write a value of `_as_json` for people, the way `edit` takes it; empty where unknown."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        years = bool(value) and all(isinstance(item, int) for item in value)
        return ("-" if years else ", ").join(map(str, value))
    return "" if value is None else str(value)
