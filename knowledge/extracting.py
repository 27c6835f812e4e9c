"""What is read out of a document besides its text: targets and deadlines."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from config.indicators import Indicators
from knowledge.deadlines import Deadline
from knowledge.document import Document
from knowledge.targets import Target

if TYPE_CHECKING:
    from knowledge.deadlines.reading import DeadlineReader
    from knowledge.targets.reading import TargetReader

#: Raised when the rules read something differently; all stored documents are then read anew.
RULES = 7


@dataclass(frozen=True)
class Extract:
    """The rows of one document, in reading order."""

    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


class Extractor:
    """Reads targets and deadlines out of documents.

    Args:
        vocabulary: names of indices, kinds of targets, fields and units.

    Attributes:
        version: names the rules and the vocabulary; another version may read other rows.
    """

    def __init__(self, vocabulary: Indicators) -> None:
        self.vocabulary = vocabulary
        words = hashlib.sha256(repr(vocabulary).encode()).hexdigest()[:16]
        self.version = f"{RULES}-{words}"

    @cached_property
    def _targets(self) -> TargetReader:
        # Who asks has no use for the rules of reading, which take a while to import.
        from knowledge.targets.reading import TargetReader

        return TargetReader(self.vocabulary)

    @cached_property
    def _deadlines(self) -> DeadlineReader:
        from knowledge.deadlines.reading import DeadlineReader

        return DeadlineReader()

    def read(self, document: Document) -> Extract:
        """Return the rows of a document."""
        targets = self._targets.read(document)
        return Extract(targets, self._deadlines.read(document, targets))
