"""A document is encoded while its sender looks at it; confirming it then encodes nothing."""

from __future__ import annotations

from threading import Event

import pytest

from bot.application import Application
from bot.keeping.ahead import encode_ahead
from bot.keeping.reading import read_sent
from index.encoder import EncoderError
from tests.made import TinyEncoder

TEXT = "KẾ HOẠCH\nNuôi ong\n" + "".join(f"{i}. Nuôi {i} đàn ong lấy mật.\n" for i in range(1, 9))
FILE = read_sent("ke-hoach.txt", TEXT.encode(), 1_000_000)


def encoded_by_confirming(application: Application) -> int:
    assert isinstance(application.encoder, TinyEncoder)
    upload = application.keeping.stage("terminal:k", FILE)
    assert upload is not None
    before = len(application.encoder.encoded)
    application.keeping.confirm("terminal:k", upload.id, "An")
    return len(application.encoder.encoded) - before


@pytest.mark.parametrize("leaves", [False, True])
def test_what_is_encoded_ahead_is_not_encoded_again(application: Application, leaves: bool) -> None:
    leaving = Event()
    if leaves:
        leaving.set()  # the first batch is made and kept all the same
    encode_ahead(application.home, application.encoder, application.places, FILE.reading, leaving)
    assert encoded_by_confirming(application) == 0


def test_without_it_confirming_does_the_work(application: Application) -> None:
    assert encoded_by_confirming(application) > 0


def test_a_home_that_cannot_be_opened_is_no_matter(application: Application) -> None:
    elsewhere = application.home / "khong-co"
    encode_ahead(elsewhere, application.encoder, application.places, FILE.reading, Event())


def test_a_model_that_cannot_be_used_is_no_matter(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise EncoderError("model.onnx is missing")

    monkeypatch.setattr(TinyEncoder, "encode_passages", broken)
    encode_ahead(application.home, application.encoder, application.places, FILE.reading, Event())
