"""The one error of this package, and the sentence that a user reads for each cause.

Every sentence says what is wrong with the file and what to do about it. The name of the file is
not part of it: whoever reports the error puts the name in front.
"""

from __future__ import annotations

MISSING = "Không tìm thấy tệp; hãy kiểm tra lại tên và đường dẫn."
DIRECTORY = "Đây là thư mục, không phải tệp; hãy chỉ ra từng tệp bên trong."
NOT_A_FILE = "Đây không phải tệp thông thường; hãy chép nội dung ra một tệp rồi thêm lại."
UNREADABLE = (
    "Không mở được tệp: người đang chạy chương trình không có quyền đọc tệp hoặc thư mục chứa nó;"
    " hãy chép tệp đến nơi người ấy đọc được, hoặc đổi quyền."
)
EMPTY = "Tệp trống hoặc không có chữ nào; hãy kiểm tra lại tệp."
UNKNOWN_TYPE = (
    "Không nhận ra loại tệp; hãy dùng .txt, .md, .html, .docx, .pdf, .json, .jsonl hoặc .jsonl.gz."
)
OLD_WORD = "Đây là tệp Word kiểu cũ (.doc); hãy mở bằng Word và lưu lại thành .docx."
BINARY = "Tệp chứa dữ liệu nhị phân, không phải văn bản; hãy kiểm tra lại tệp."
ENCODING = "Không nhận ra bảng mã của tệp; hãy lưu lại tệp bằng bảng mã UTF-8."
LEGACY_FONT = (
    "Chữ trong tệp bị lỗi phông hoặc dùng bảng mã cũ không nhận chắc được; "
    "hãy chuyển sang Unicode bằng công cụ Toolkit của Unikey rồi thêm lại."
)
ENCRYPTED_PDF = "Tệp PDF được đặt mật khẩu; hãy gỡ mật khẩu rồi thêm lại."
BROKEN_PDF = "Tệp PDF bị hỏng hoặc không phải PDF; hãy tải hoặc xuất lại tệp."
SCANNED_PDF = (
    "Tệp PDF là bản quét, không có lớp chữ; hãy nhận dạng chữ (OCR) hoặc dùng bản Word của văn bản."
)
TOO_MANY_PAGES = "Tệp PDF dài quá {limit} trang; hãy tách thành nhiều tệp."
ENCRYPTED_DOCX = "Tệp Word được đặt mật khẩu; hãy gỡ mật khẩu rồi thêm lại."
BROKEN_DOCX = "Tệp Word bị hỏng hoặc không phải .docx; hãy mở bằng Word và lưu lại."
BROKEN_GZIP = "Tệp nén .gz bị hỏng hoặc thiếu phần cuối; hãy tải lại tệp."
ARCHIVE_BOMB = (
    "Tệp nén bung ra quá lớn (cho phép tối đa {limit} MB); hãy kiểm tra nguồn gốc của tệp."
)
TOO_LARGE = "Tệp quá lớn (cho phép tối đa {limit} MB); hãy tách nhỏ tệp."
TOO_SLOW = "Đọc tệp mất quá nhiều thời gian; hãy tách nhỏ tệp hoặc mở và lưu lại tệp."
TOO_HEAVY = "Đọc tệp cần quá nhiều bộ nhớ hoặc làm hỏng bộ đọc; hãy tách nhỏ hoặc lưu lại tệp."
BROKEN_JSON = "Tệp JSON sai cú pháp; hãy kiểm tra lại tệp."
JSON_SHAPE = (
    "JSON không đúng dạng; hãy ghi ma_thu_tuc và ten_thu_tuc, hoặc id, title và text cho mỗi mục."
)
BROKEN_LINE = "Dòng không phải JSON hợp lệ; hãy sửa hoặc bỏ dòng này."
NO_WORDS = "Mục này không có nội dung chữ; hãy bổ sung hoặc bỏ mục này."


class ReadError(Exception):
    """A file, or one record of it, cannot be read; the message is one Vietnamese sentence."""


def in_megabytes(size: int) -> str:
    """Write a number of bytes as megabytes the way it is read in Vietnamese ("0,5", "50")."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")
