"""`/thutim`: a knowledge keeper sees in the chat what a question finds and why."""

from __future__ import annotations

from bot.roles import Role
from config.texts import load_texts
from tests.bot.desk.conftest import OpenOffice

TEXTS = load_texts()


def test_a_keeper_sees_scores_and_words(office: OpenOffice) -> None:
    office.hire("telegram:1", Role.KEEPER)
    said = office.says("telegram:1", "/thutim pci quang nam 2023 hang may").text
    assert "PCI thuộc nhóm 6 tỉnh đứng đầu" in said
    assert "tin cậy" in said
    assert "pci" in said.split("khớp:")[1]
    missing = office.says("telegram:1", "/thutim pci sao hỏa").text
    assert "hỏa" in missing.split("thiếu:")[1]
    assert TEXTS.probe.below.format(threshold="0.50") in missing


def test_the_playground_leaves_no_question_in_the_queue(office: OpenOffice) -> None:
    office.hire("telegram:1", Role.KEEPER)
    office.says("telegram:1", "/thutim sao hỏa cách trái đất bao xa")
    assert office.desk.queue.of("telegram:1") == []


def test_it_says_how_it_is_used(office: OpenOffice) -> None:
    office.hire("telegram:1", Role.KEEPER)
    assert office.says("telegram:1", "/thutim").text == TEXTS.probe.how
