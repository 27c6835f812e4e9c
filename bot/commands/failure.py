"""What the user reads when something goes wrong: one Vietnamese sentence and an exit status."""

from __future__ import annotations

import errno
import sqlite3

import click

PARTLY = 1

#: What the system says, and what to do about it.
_OF_SYSTEM = {
    errno.EACCES: (
        "người đang chạy lệnh không có quyền với tệp ấy hoặc với một thư mục chứa nó; hãy chép tệp"
        " đến nơi người ấy đọc, ghi được, hoặc đổi quyền"
    ),
    errno.ENOENT: "không có tệp hoặc thư mục này; hãy xem lại tên",
    errno.ENOSPC: "đĩa đã đầy; hãy dọn đĩa",
    errno.EROFS: "nơi này chỉ đọc được; hãy chọn nơi khác",
    errno.EISDIR: "đây là một thư mục; hãy ghi tên tệp",
}


class Failure(click.ClickException):
    """Ends a command with a Vietnamese sentence."""

    exit_code = PARTLY


class Unusable(Failure):
    """What the user named, a home or a file of settings or questions, cannot be used."""

    exit_code = 2


def failure(error: Exception) -> Failure:
    """Return the sentence and the status for an exception that a command let through."""
    from bot.home import HomeError
    from bot.operations.errors import OperationError
    from bot.server_error import ServerError
    from config.errors import ConfigError
    from index.evaluation.retrieval import EvaluationError

    known = HomeError | ConfigError | EvaluationError | ServerError | OperationError
    if isinstance(error, known):
        return Unusable(str(error))
    if isinstance(error, sqlite3.Error):
        return Failure(_of_database(str(error)))
    if isinstance(error, OSError) and error.strerror:
        where = f" {error.filename}" if error.filename else ""
        why = _OF_SYSTEM.get(error.errno or 0, f"{error.strerror}; hãy kiểm tra quyền")
        return Failure(f"Không đọc hoặc ghi được{where}: {why}.")
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return Failure(f"Có lỗi ngoài dự kiến ({said}); thêm --debug ngay sau cchc để xem chi tiết.")


def _of_database(message: str) -> str:
    lowered = message.lower()
    if "locked" in lowered or "busy" in lowered:
        return "Dữ liệu đang bận vì một chương trình khác đang ghi; hãy thử lại sau ít phút."
    if "readonly" in lowered or "unable to open" in lowered or "full" in lowered:
        return "Không ghi được vào thư mục dữ liệu; hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa."
    return "Tệp dữ liệu bị hỏng; hãy chạy “cchc check”, hoặc chép lại bản sao lưu của thư mục."
