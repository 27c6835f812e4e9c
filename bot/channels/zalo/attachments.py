"""Pictures and files that go with a reply.

An Official Account can upload them to Zalo first. A bot cannot: it only names a public address of
a picture, and what the assistant draws for one person has none; so it says where to see it.

Sizes and kinds: the notes on "upload" in public clients of the Open API (`zalo-sdk`, and
`@warriorteam/redai-zalo-sdk`, which gives 1 MB for JPG and PNG, 5 MB for PDF, DOC and DOCX).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.zalo.errors import BusyError, TokenError, UnreachableError, ZaloError
from bot.channels.zalo.oa_api import OfficialAccountApi
from bot.message import Attachment
from config.zalo_texts import ZaloTexts

PICTURES = frozenset({"image/png", "image/jpeg"})
PICTURE_BYTES = 1_000_000
FILES = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
FILE_BYTES = 5_000_000

logger = logging.getLogger(__name__)


def told(attachment: Attachment, texts: ZaloTexts, page: str) -> str:
    """Return the line that stands for a picture or file that Zalo does not take.

    Args:
        attachment: what it is.
        texts: the words.
        page: address of the assistant's own page, "" where there is none.
    """
    if page:
        return texts.attachment_on_page.format(caption=attachment.caption, url=page)
    return texts.attachment.format(caption=attachment.caption)


async def message_with(
    api: OfficialAccountApi, attachment: Attachment, tries: int
) -> Mapping[str, Any] | None:
    """Upload a picture or file and return the message that shows it, None where Zalo takes none.

    Raises:
        ZaloError: the person or Zalo cannot be reached; one that only concerns the file is logged.
    """
    size = len(attachment.data)
    try:
        if attachment.media_type in PICTURES and size <= PICTURE_BYTES:
            return _picture(await api.upload("image", attachment, tries), attachment.caption)
        if attachment.media_type in FILES and size <= FILE_BYTES:
            return _file(await api.upload("file", attachment, tries))
    except (BusyError, TokenError, UnreachableError):
        raise
    except ZaloError as error:
        logger.warning("zalo_oa: an attachment was not taken: %s", error)
    return None


def _picture(uploaded: Mapping[str, Any], caption: str) -> Mapping[str, Any] | None:
    name = uploaded.get("attachment_id")
    if not isinstance(name, str):
        return None
    element = {"media_type": "image", "attachment_id": name}
    payload = {"template_type": "media", "elements": [element]}
    return {"text": caption, "attachment": {"type": "template", "payload": payload}}


def _file(uploaded: Mapping[str, Any]) -> Mapping[str, Any] | None:
    token = uploaded.get("token")
    if not isinstance(token, str):
        return None
    return {"attachment": {"type": "file", "payload": {"token": token}}}
