"""Draw `chat.svg`, a conversation with the real assistant: `python docs/pictures/make_chat.py`.

The questions are asked of a fresh home that holds the bundled pages only, so the picture shows
what a new user gets.
"""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.application import Application
from bot.channels.drawing import ReplyView
from bot.message import Message

PICTURE = Path(__file__).with_name("chat.svg")
WIDTH = 96
TITLE = "cchc chat"
DAY = date(2026, 11, 29)  # answers say what holds on the day they are given
QUESTIONS = (
    "Năm 2023 Quảng Nam đặt mục tiêu PCI hạng mấy?",
    "còn PAPI thì sao?",
    "ke hoach cchc cua vinh long con hieu luc ko",
    "lam lai bang lai xe mat bao lau, het bao nhieu tien",
    "Tỉnh Lào Cai đặt mục tiêu PCI năm 2024 thế nào?",
)
# Rich's frame loads its letters from the network; every machine has some of the right width.
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def converse(console: Console) -> None:
    """Ask the questions in one conversation and draw it as the terminal does."""
    view = ReplyView(console.file, console)
    with TemporaryDirectory() as home, closing(Application.open(Path(home))) as application:
        texts = application.texts.chat
        view.say(texts.greeting)
        for question in QUESTIONS:
            console.print()
            console.print(f"{texts.prompt}[bold]{question}[/bold]\n", highlight=False)
            view.show(application.reply(Message("picture", question, DAY)))


def main() -> None:
    """Write the picture."""
    console = Console(
        file=StringIO(),
        record=True,
        width=WIDTH,
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    converse(console)
    drawn = console.export_svg(title=TITLE, unique_id="chat")
    PICTURE.write_text(_FONT_FACE.sub("", drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
