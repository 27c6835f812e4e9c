"""What a deep link opens: a question, a document, or what another part of the assistant knows.

The messengers pass on at most 64 letters, digits, "_" and "-".
"""

from __future__ import annotations

import base64
import binascii
import hashlib

LONGEST = 64
QUESTION = "q_"
DOCUMENT = "d_"
DIGEST = 16  # characters of a document's digest


def link_of_question(question: str) -> str | None:
    """Return the parameter that asks `question`, None where it is too long for one."""
    written = base64.urlsafe_b64encode(question.encode("utf-8", "ignore")).decode().rstrip("=")
    parameter = f"{QUESTION}{written}"
    return parameter if question.strip() and len(parameter) <= LONGEST else None


def link_of_document(document_id: str) -> str:
    """Return the parameter that opens a document."""
    return f"{DOCUMENT}{hashlib.sha256(document_id.encode()).hexdigest()[:DIGEST]}"


def question_of_link(parameter: str) -> str | None:
    """Return the question that a parameter asks, None where it asks none that can be read."""
    if not parameter.startswith(QUESTION):
        return None
    written = parameter.removeprefix(QUESTION)
    try:
        data = base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)
        return data.decode("utf-8") or None
    except (binascii.Error, ValueError):
        return None
