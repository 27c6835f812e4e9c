"""The files of the page, held in memory, also pressed for slow lines."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class File:
    """A file as it is sent.

    Attributes:
        content: as it is.
        pressed: with gzip.
        media_type: as in Content-Type.
        digest: changes with the content.
    """

    content: bytes
    pressed: bytes
    media_type: str
    digest: str

    @classmethod
    def of(cls, content: bytes, ending: str) -> File:
        """Return the file of this content.

        Args:
            content: what is in it.
            ending: ".css" and the like.
        """
        digest = hashlib.sha256(content).hexdigest()[:16]
        return cls(content, gzip.compress(content, 9, mtime=0), MEDIA_TYPES[ending], digest)

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Return the file, or that it has not changed since the browser fetched it.

        Args:
            request: what the browser has and takes.
            headers: sent along.
        """
        tag = f'"{self.digest}"'
        sent = {**headers, "ETag": tag, "Vary": "Accept-Encoding"}
        known = [mark.strip() for mark in request.headers.get("if-none-match", "").split(",")]
        # A proxy that presses files itself marks their tags as weak.
        if tag in known or f"W/{tag}" in known:
            return Response(status_code=304, headers=sent)
        content = self.content
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, sent["Content-Encoding"] = self.pressed, "gzip"
        return Response(content, headers=sent, media_type=self.media_type)


def read_files() -> dict[str, File]:
    """Return the files of `static/` by name."""
    folder = files("bot.channels.web").joinpath("static")
    return {
        item.name: File.of(item.read_bytes(), PurePath(item.name).suffix)
        for item in folder.iterdir()
        if PurePath(item.name).suffix in MEDIA_TYPES
    }


def version_of(found: Mapping[str, File]) -> str:
    """Return a name for these files together, which changes when one of them does."""
    names = "".join(f"{name}:{found[name].digest};" for name in sorted(found))
    return hashlib.sha256(names.encode()).hexdigest()[:12]
