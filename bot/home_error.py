"""What to say of a home that cannot be opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.home import HomeError
from knowledge.store import FILE

_NOT_WRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def home_error(home: Path, error: OSError | sqlite3.Error) -> HomeError:
    """Return the sentence for a home that cannot be used."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(_BUSY):
            return HomeError(
                f"Thư mục dữ liệu {home} đang bận vì một chương trình khác đang ghi;"
                " hãy thử lại sau ít phút."
            )
        if not name.startswith(_NOT_WRITABLE):
            return HomeError(
                f"Tệp dữ liệu {home / FILE} bị hỏng; hãy chép lại tệp này từ bản sao lưu,"
                " hoặc chuyển nó đi nơi khác rồi thêm lại các văn bản."
            )
    return HomeError(
        f"Không ghi được vào thư mục dữ liệu {home}; hãy kiểm tra quyền ghi và chỗ trống trên đĩa,"
        " hoặc chọn thư mục khác bằng --home."
    )
