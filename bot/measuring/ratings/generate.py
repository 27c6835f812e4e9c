"""Made-up ratings, for measuring and for sample reports. Offices and people do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from bot.ratings.desk import RatingDesk
from bot.ratings.subjects import Subject
from bot.ratings.transaction import writing
from config.ratings import Office, Service

OFFICES = 12
CHANNELS = (("telegram", 0.35), ("zalo_oa", 0.4), ("web", 0.2), ("zalo_bot", 0.05))
# Field, its services, how satisfied people are made to be: the share of each level.
FIELDS = (
    ("Hộ tịch", ("Đăng ký khai sinh", "Đăng ký kết hôn", "Trích lục hộ tịch"), 0.94),
    ("Đất đai", ("Cấp giấy chứng nhận lần đầu", "Đăng ký biến động đất đai"), 0.82),
    ("Xây dựng", ("Cấp giấy phép xây dựng nhà ở",), 0.86),
    ("Đầu tư", ("Thành lập hộ kinh doanh", "Điều chỉnh dự án đầu tư"), 0.88),
    ("Y tế", ("Cấp giấy phép hành nghề",), 0.87),
    ("Giáo dục", ("Xác nhận chế độ học sinh", "Chuyển trường"), 0.9),
    ("Chứng thực", ("Chứng thực bản sao", "Chứng thực chữ ký"), 0.95),
)
REASONS = (
    ("thoi-gian", 0.32),
    ("thu-tuc", 0.22),
    ("thai-do", 0.08),
    ("huong-dan", 0.15),
    ("chi-phi", 0.02),
    ("co-so", 0.07),
    ("truc-tuyen", 0.1),
    ("khac", 0.04),
)
COMMENTS = (
    "Hẹn trả kết quả chậm ba ngày mà không báo trước.",
    "Hướng dẫn trên trang nộp trực tuyến khó hiểu, tải tệp lên hay lỗi.",
    "Phải đi lại hai lần vì thiếu một tờ khai không thấy ghi trong danh mục.",
    "Chỗ ngồi chờ ít, buổi sáng rất đông.",
    "Làm nhanh, giải thích rõ ràng, cảm ơn trung tâm.",
    "Mong có thêm quầy cho người cao tuổi.",
)


def generate(desk: RatingDesk, many: int, start: date, days: int, seed: int = 1) -> None:
    """Write ratings in one transaction, in the shape in which people's are stored.

    Args:
        desk: the ratings of a home made for this.
        many: how many.
        start: first day.
        days: over how many days; working days have most of them.
        seed: the same ratings for the same seed.
    """
    rng = np.random.default_rng(seed)
    # The rows come in no order of the indices, so those have to fit into memory.
    desk.db.execute("PRAGMA cache_size = -400000")
    with writing(desk.db):
        numbers, happy = _subjects(desk)
        subjects = rng.choice(len(numbers), many, p=_shares(rng, len(numbers)))
        weights = np.array(
            [0.02 if (start + timedelta(days=n)).weekday() > 4 else 1.0 for n in range(days)]
        )
        when = rng.choice(days, many, p=weights / weights.sum())
        channels = rng.choice([name for name, _ in CHANNELS], many, p=[p for _, p in CHANNELS])
        scores = _scores(rng, happy[subjects])
        ids = rng.permutation(many) + 1
        columns = (ids, subjects, channels, when, scores)
        rows = [
            (int(i), numbers[s], str(c), (start + timedelta(days=int(d))).isoformat(), int(v))
            for i, s, c, d, v in zip(*columns, strict=True)
        ]
        _write(desk, rows, rng)


def _subjects(desk: RatingDesk) -> tuple[list[int], Any]:
    numbers, happy = [], []
    for at in range(1, OFFICES + 1):
        office = Office(f"mau{at}", f"Trung tâm Phục vụ hành chính công phường Mẫu {at}")
        for field, services, share in FIELDS:
            for place, name in enumerate(services):
                service = Service(f"{FIELDS.index((field, services, share))}.{place}", name, field)
                numbers.append(desk.subjects.number(Subject(office, service)))
                happy.append(share - 0.004 * at)
    return numbers, np.array(happy)


def _shares(rng: np.random.Generator, many: int) -> Any:
    weights = rng.gamma(2.0, size=many)
    return weights / weights.sum()


def _scores(rng: np.random.Generator, happy: Any) -> Any:
    satisfied = rng.random(len(happy)) < happy
    high = np.where(rng.random(len(happy)) < 0.55, 4, 5)
    low = rng.choice([1, 2, 3], len(happy), p=[0.15, 0.3, 0.55])
    return np.where(satisfied, high, low)


def _write(
    desk: RatingDesk, rows: list[tuple[int, int, str, str, int]], rng: np.random.Generator
) -> None:
    connection = desk.db.conn
    connection.executemany(
        "INSERT INTO ratings (id, subject, channel, day, score, way, survey)"
        " VALUES (?, ?, ?, ?, ?, 'code', 'mac-dinh')",
        rows,
    )
    reasons = rng.choice([name for name, _ in REASONS], len(rows), p=[p for _, p in REASONS])
    told = rng.random(len(rows)) < 0.8
    connection.executemany(
        "INSERT INTO rating_answers (rating, subject, channel, day, survey, question, value)"
        " VALUES (?, ?, ?, ?, 'mac-dinh', 'ly-do', ?)",
        (
            (*row[:4], str(reason))
            for row, reason, tells in zip(rows, reasons, told, strict=True)
            if row[4] <= 3 and tells
        ),
    )
    connection.executemany(
        "INSERT INTO rating_comments (id, subject, channel, day, score, text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        _comments(rows, rng),
    )
    invited = rows[:: max(len(rows) // 200_000, 3)]
    connection.executemany(
        "INSERT INTO rating_invitations (id, person, once, bound, kind, office, service, state,"
        " expires, subject, channel, sent_on) VALUES (hex(randomblob(8)), randomblob(16),"
        " randomblob(16), 1, 'event', '', '', ?, '', ?, ?, ?)",
        [
            ("answered" if answers else "reminded", *row[1:4])
            for row, answers in zip(invited, rng.random(len(invited)) < 0.41, strict=True)
        ],
    )


def _comments(
    rows: list[tuple[int, int, str, str, int]], rng: np.random.Generator
) -> Iterator[tuple[object, ...]]:
    for at in np.flatnonzero(rng.random(len(rows)) < 0.02):
        row = rows[int(at)]
        text = COMMENTS[int(rng.integers(4)) if row[4] <= 3 else 4 + int(rng.integers(2))]
        yield (*row, text)
