"""What stands on a saved page without being part of its content.

Visit counters, buttons, menus, lists of other news. The filter is conservative: a line goes only
where all of it is made of known phrases, and the rest of a page goes only behind a phrase that
closes an article, while more text stands before it than behind. Authors, sources, dates stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import Block, BlockKind

_NUMBER = r"[\d.,\s]*\d"
_COUNTERS = (
    rf"(?:(?:số )?lượt (?:xem|truy cập|đọc)|đã xem|đang (?:online|truy cập|trực tuyến|xem)|"
    rf"thống kê(?: truy cập)?|tổng (?:số )?(?:lượt )?truy cập|online)\s*:?\s*{_NUMBER}(?: lượt)?"
)
_BUTTONS = (
    r"bản in|quay lại|in bài viết|in trang(?: này)?|đọc báo in|multimedia|gửi (?:email|bài viết)|"
    r"chia sẻ(?: facebook| zalo| twitter)?|lưu bài viết|cỡ chữ|a\+|a-|về đầu trang|"
    r"lên đầu trang|mã xác thực không đúng\.?|nhập mã xác thực|gửi bình luận|viết bình luận|"
    r"go to|xem theo ngày\s*:?|lượt đánh giá\s*:?[\d\s,]*|tệp đính kèm\s*:?|tin liên quan|"
    r"bài viết liên quan|tin cùng chuyên mục|(?:các )?tin (?:khác|đã đưa)|ý kiến bạn đọc|"
    r"\(\d+\) bình luận|góp ý dự thảo|liên kết (?:website|web)|sơ đồ (?:trang|cổng|web)|"
    r"trang \d+ ?/ ?\d+(?: \d+)*"
)
# Words of menus and boxes that may also head a part of a document: they go in company only.
_WEAK = (
    r"a|in|tin tức(?: (?:-|và) sự kiện)?|tin mới(?: nhất)?|mới nhất|nổi bật|đọc nhiều|bình luận|"
    r"đánh giá\s*:?|trung bình\s*:?[\d\s,./]*|trang chủ|giới thiệu|liên hệ|rss|facebook|zalo|"
    r"đăng nhập|đăng ký|văn bản mới(?: ban hành)?|"
    rf"(?:(?:trong|hôm) (?:năm|tháng|tuần|ngày|nay|qua)|tất cả|khách|thành viên)\s*:\s*{_NUMBER}"
)
_GAP = r"[\s|·•,;>»/-]*"
_STRONG_LINE = re.compile(
    rf"(?=.*?(?:{_COUNTERS}|{_BUTTONS}))(?:(?:{_COUNTERS}|{_BUTTONS}|{_WEAK})(?![^\W_]){_GAP})+"
    r"|powered by .{1,60}|(?:copyright|©) .{1,80}",
    re.IGNORECASE,
)
_WEAK_LINE = re.compile(rf"(?:(?:{_WEAK})(?![^\W_]){_GAP})+", re.IGNORECASE)
_KNOWN = re.compile(rf"(?:{_BUTTONS}|{_WEAK})", re.IGNORECASE)
_END = re.compile(
    r"(?:các )?tin (?:khác|đã đưa|liên quan|cùng chuyên mục)\b.{0,80}|bài viết liên quan|"
    r"ý kiến bạn đọc|\(\d+\) bình luận|tệp đính kèm\s*:?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:thứ \w+|chủ nhật),? \d{1,2}/\d{1,2}/\d{4},? [\d:]{5,8}( (?:sa|ch))?", re.I)
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_WIDTH, _MENU_PARTS, _MENU_WIDTH, _REPEAT = 200, 3, 60, 20


def without_furniture(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that are content, in order, a repeated caption or title once.

    Args:
        blocks: a page in reading order. Rows of tables are never taken for furniture.
    """
    page = _before_end(blocks)
    furniture = [_is_strong(block) for block in page]
    furniture = _spread(page, furniture, range(len(page)), -1)
    furniture = _spread(page, furniture, range(len(page) - 1, -1, -1), 1)
    kept = [block for block, out in zip(page, furniture, strict=True) if not out]
    return tuple(_once(_without_clock(kept)))


def is_furniture(line: str) -> bool:
    """Tell whether a line is made of counters, buttons and menu words alone."""
    return len(line) <= _WIDTH and (bool(_STRONG_LINE.fullmatch(line)) or _is_menu(line))


def _is_strong(block: Block) -> bool:
    return block.kind is not BlockKind.ROW and is_furniture(block.text)


def _is_menu(line: str) -> bool:
    parts = [part.strip() for part in re.split(r"[|»]", line)]
    return (
        len(parts) >= _MENU_PARTS
        and all(len(part) <= _MENU_WIDTH and not re.search(r"\d|[.;:]$", part) for part in parts)
        and any(_KNOWN.fullmatch(part) for part in parts)
    )


def _spread(page: list[Block], out: list[bool], order: range, step: int) -> list[bool]:
    """Take menu words out where the line beside them (at `step`) is out."""
    out = list(out)
    for i in order:
        beside = i + step
        if 0 <= beside < len(page) and out[beside] and page[i].kind is not BlockKind.ROW:
            out[i] = out[i] or bool(_WEAK_LINE.fullmatch(page[i].text))
    return out


def _before_end(blocks: Sequence[Block]) -> list[Block]:
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.ROW and _END.fullmatch(block.text):
            before = sum(len(b.text) for b in blocks[:i])
            if before > sum(len(b.text) for b in blocks[i + 1 :]):
                return list(blocks[:i])
    return list(blocks)


def _without_clock(blocks: list[Block]) -> list[Block]:
    # A page's own clock shows when it was visited; the date of the article follows it.
    if len(blocks) > 1 and _CLOCK.fullmatch(blocks[0].text) and _DATE.search(blocks[1].text):
        return blocks[1:]
    return blocks


def _once(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        text = block.text.casefold()
        repeated = kept and kept[-1].text.casefold() == text and len(text) >= _REPEAT
        if not repeated or block.kind in (BlockKind.ROW, BlockKind.ITEM):
            kept.append(block)
    return kept
