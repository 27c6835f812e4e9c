"""From the start of `cchc serve` to its first answers, its memory, and how soon it is back."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bot.measuring.benchmark import Row, bundled_questions, copied
from bot.measuring.serving.api import question_names
from bot.measuring.serving.load import ask_at_rate
from bot.measuring.serving.process import Serving
from bot.measuring.serving.questions import many_questions

RATE = 20.0  # questions a second while memory grows
KILLS = 3


def run_start(home: Path, questions: int) -> list[Row]:
    """Measure over a copy of `home`.

    Args:
        home: folder of the documents.
        questions: how many are asked before the memory is looked at.

    Returns:
        Seconds from the start to being ready, and the processor time of that; memory then and
        after the questions, in MB, with what processes share counted once (pss) and every time
        (rss); how many of the questions were answered; seconds from a SIGKILL to being ready again
        and to the next answer.

    Raises:
        HomeError, ConfigError: the home cannot be used.
        BenchmarkError: the server does not start.
    """
    back: list[tuple[float, float]] = []
    with copied(home) as copy:
        asked = many_questions(bundled_questions(), question_names(copy))
        serving = Serving(copy)
        try:
            ready, spent, fresh = serving.ready_after, serving.processor_seconds, serving.memory
            answers = ask_at_rate(serving.port, list(islice(asked, questions)), RATE, "m")
            served = sum(one.status == 200 for one in answers)
            full = serving.memory
            for number in range(KILLS):
                serving.kill()
                serving = Serving(copy)
                first = ask_at_rate(serving.port, list(islice(asked, 1)), RATE, f"k{number}-")
                back.append((serving.ready_after, serving.ready_after + first[0].seconds))
        finally:
            serving.kill()
    memory = {f"ready_{kind}_mb": size for kind, size in fresh.items()}
    memory |= {f"after_{kind}_mb": size for kind, size in full.items()}
    return [
        Row("Từ khi chạy đến khi sẵn sàng", {"ready_s": round(ready, 2), "cpu_s": spent}),
        Row(f"Bộ nhớ, rồi sau {questions} câu", {k: round(v, 1) for k, v in memory.items()}),
        Row(f"Số câu được trả lời trong {questions} câu", {"served_messages": float(served)}),
        Row(
            f"Chạy lại sau SIGKILL, chậm nhất trong {KILLS} lần",
            {
                "ready_s": round(max(one for one, _ in back), 2),
                "answer_s": round(max(one for _, one in back), 2),
            },
        ),
    ]
