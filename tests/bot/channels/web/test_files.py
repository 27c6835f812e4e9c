"""The page's files: what browsers are told with them, and how small they are."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

import httpx
import pytest

from bot.channels.web.page import Within, page, portal_script
from config.texts import load_texts
from tests.bot.channels.web.stand_in import web

BEFORE_FONTS = 100_000  # bytes


def policy(response: httpx.Response) -> dict[str, list[str]]:
    directives = response.headers["content-security-policy"].split(";")
    return {name: rest for name, *rest in (directive.split() for directive in directives)}


def loaded(client: httpx.Client, path: str = "/") -> dict[str, httpx.Response]:
    """Return the page and every file that it names or that its scripts import."""
    found = {path: client.get(path)}
    waiting = re.findall(r'(?:src|href)="(static/[^"]+)"', found[path].text)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = client.get(f"/{name}")
        folder = name.rsplit("/", 1)[0]
        imports = re.findall(r'from "\./([^"]+)"', found[name].text)
        waiting += [f"{folder}/{imported}" for imported in imports]
    return found


def test_everything_is_there_and_small(client: httpx.Client) -> None:
    found = loaded(client)
    assert {name.rsplit("/", 1)[-1] for name in found} >= {"app.js", "drawing.js", "icon.svg"}
    assert all(response.status_code == 200 for response in found.values())
    assert sum(len(response.content) for response in found.values()) < BEFORE_FONTS


def test_nothing_comes_from_elsewhere(client: httpx.Client) -> None:
    for name, response in loaded(client).items():
        named = set(re.findall(r"https?://[\w.]+", response.text))
        assert named <= {"http://www.w3.org"}, name


def digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@pytest.mark.parametrize("path", ["/", "/embed", "/?nhung=1"])
def test_the_policy_of_the_page_is_strict(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    said = policy(response)
    assert said["default-src"] == ["'none'"]
    (style,) = re.findall("<style>(.*?)</style>", response.text, re.DOTALL)
    (script,) = re.findall("<script>(.*?)</script>", response.text, re.DOTALL)
    assert said["script-src"] == ["'self'", digest(script)]
    assert said["style-src"] == [digest(style)]
    assert said["base-uri"] == said["form-action"] == ["'none'"]
    assert said["frame-ancestors"] == ["'self'", "https://tinh.gov.vn"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in response.headers["permissions-policy"]
    assert "x-frame-options" not in response.headers
    mode = "alone" if path == "/" else "embedded"
    assert f'data-mode="{mode}"' in response.text


def test_without_origins_nobody_else_frames_the_page() -> None:
    with web() as (address, _):
        response = httpx.get(address)
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert response.headers["x-frame-options"] == "SAMEORIGIN"


def test_files_are_kept_until_they_change_and_answers_are_not(client: httpx.Client) -> None:
    found = loaded(client)
    assert found.pop("/").headers["cache-control"] == "no-cache"
    for response in found.values():
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.get("/static/old/app.js").headers["cache-control"] == "no-cache"
    asked = client.post("/api/ask", json={"text": "a", "session": "s"})
    assert asked.headers["cache-control"] == "no-store"
    assert asked.headers["x-content-type-options"] == "nosniff"


def test_what_the_browser_has_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("/").headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}'):
        again = client.get("/", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
    pressed = client.get("/", headers={"accept-encoding": "gzip"})
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert pressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert pressed.text == plain.text


@pytest.mark.parametrize("name", ["khong-co.js", "..%2fopenapi.json", "index.html", "embed.js"])
def test_other_files_are_not_given(client: httpx.Client, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


def test_the_portals_script_may_be_loaded_from_elsewhere(client: httpx.Client) -> None:
    response = client.get("/embed.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "{{" not in response.text


def test_an_offices_words_cannot_break_the_page() -> None:
    from dataclasses import replace

    evil = "</script><script>alert(1)</script>\"'&"
    texts = replace(load_texts().web, tagline=evil, open=evil, examples=f"{evil}\n\nb")
    folder = files("bot.channels.web").joinpath("static")
    template = folder.joinpath("index.html").read_text("utf-8")
    drawn = page(template, Within("", ""), texts, evil, "v", embedded=False)
    assert "alert(1)</script>" not in drawn
    assert drawn.count('class="example"') == 2
    assert "</script>" not in portal_script('const words = "{{words}}";', texts, evil)
