"""Printed cards: an independent reader finds the codes, and each leads to a stored rating."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.ratings.cards import draw_card, links_of
from bot.ratings.code import PREFIX, SHORT_PREFIX
from bot.ratings.subjects import Subject
from config.ratings import Office as Place
from config.ratings import Service
from tests.bot.ratings.conftest import Office, said


def scanned(picture: bytes) -> list[str]:
    """Return what the codes of a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


@pytest.mark.parametrize("size", ["a6", "a4"])
def test_scanning_a_card_leads_to_a_rating_on_each_channel(office: Office, size: str) -> None:
    desk = office.desk
    code = desk.codes.make("mot", "dat", timedelta(days=365))
    subject = desk.catalogue.subject("mot", "dat")
    assert subject is not None
    short = f"{SHORT_PREFIX} {desk.codes.short(code)}"
    links = links_of(desk.settings.links, desk.texts, f"{PREFIX}{desk.codes.long(code)}", short)
    picture = draw_card(subject, links, short, desk.texts, size, "png")
    width = {"a6": 1240, "a4": 2480}[size]  # 105 and 210 mm at 300 dots an inch
    assert Image.open(io.BytesIO(picture)).width == width
    printed = pypdfium2.PdfDocument(draw_card(subject, links, short, desk.texts, size, "pdf"))
    on_paper = zxingcpp.read_barcodes(printed[0].render(scale=3).to_pil())
    assert sorted(code.text for code in on_paper) == sorted(link.link for link in links)
    found = {urlsplit(link).netloc: link for link in scanned(picture)}
    assert set(found) == {"t.me", "zalo.me", "mau.vn"}
    for number, (user, host) in enumerate([("telegram", "t.me"), ("web", "mau.vn")]):
        (payload,) = parse_qs(urlsplit(found[host]).query)["start"]
        person = office.person(f"{user}:{number}")
        person.takes("Hài lòng", said(person.says(f"/start {payload}")))
    for user in ("zalo_oa:1", "zalo_bot:1"):
        person = office.person(user)
        person.takes("Hài lòng", said(person.says(short)))
    channels = [channel for _, channel, _ in office.ratings()]
    assert channels == ["telegram", "web", "zalo_bot", "zalo_oa"]


@pytest.mark.parametrize("many", [1, 2])
def test_fewer_codes_are_drawn_larger(office: Office, many: int) -> None:
    desk = office.desk
    subject = desk.catalogue.subject("hai", "khaisinh")
    assert subject is not None
    long = f"{PREFIX}{'A' * 62}"
    links = links_of(desk.settings.links, desk.texts, long, "DG 0000-0000-0000")[:many]
    texts = desk.texts
    picture = draw_card(subject, links, "DG 0000-0000-0000", texts, "a6", "png")
    assert sorted(scanned(picture)) == sorted(link.link for link in links)


def test_a_long_name_leaves_the_codes_readable_at_the_resolution_of_a_plain_printer(
    office: Office,
) -> None:
    desk = office.desk
    service = Service("dai", "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản " * 4, "")
    subject = Subject(Place("lon", "Trung tâm Phục vụ hành chính công phường " * 2), service)
    long, short = f"{PREFIX}{'Zz9_' * 15}zz", "DG 0000-0000-0000"
    links = links_of(desk.settings.links, desk.texts, long, short)
    picture = Image.open(io.BytesIO(draw_card(subject, links, short, desk.texts, "a6", "png")))
    small = picture.convert("L").resize((picture.width // 2, picture.height // 2))
    read = [found.text for found in zxingcpp.read_barcodes(small)]
    assert sorted(read) == sorted(link.link for link in links)
