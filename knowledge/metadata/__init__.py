"""What a document is, read from its own words: number, kind, issuer, place, dates, period.

`reading` puts together what the other modules find: the announcement that names the document,
its issuer, its dates, what it says of its own force; `fields` lets front matter and officials
correct all of it.
"""

from __future__ import annotations

from knowledge.metadata.fields import MetadataError, corrected
from knowledge.metadata.reading import read_metadata, read_title

__all__ = ["MetadataError", "corrected", "read_metadata", "read_title"]
