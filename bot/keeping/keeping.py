"""What a knowledge keeper does with files, whichever way they come: stage, review, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.keeping.changes import Changes, Stored
from bot.keeping.reading import ReadFile
from bot.keeping.review import Review, Reviewer
from bot.keeping.uploads import DROPPED, Upload, Uploads
from knowledge.document import Document
from knowledge.metadata import corrected


class GoneError(Exception):
    """There is no such file any more."""


class Keeping:
    """The keepers' work on one home.

    Args:
        changes: of the documents.
        uploads: files that wait.
        reviewer: says what a file holds.
    """

    def __init__(self, changes: Changes, uploads: Uploads, reviewer: Reviewer) -> None:
        self.changes = changes
        self.uploads = uploads
        self._reviewer = reviewer

    def stage(self, user: str, file: ReadFile) -> Upload | None:
        """Keep a file that was read, so that no kill loses it; None where too many wait.

        Raises:
            MetadataError: the file states something about itself that cannot be right.
        """
        self._reviewer.documents(Upload(0, file.name, file.reading, {}, None))
        return self.uploads.stage(user, file)

    def review(self, user: str, number: int, today: date) -> Review:
        """Return what a file of a person says.

        Raises:
            GoneError: it does not wait any more.
        """
        return self._reviewer.review(self._waiting(user, number), today)

    def correct(self, user: str, number: int, fields: Mapping[str, str]) -> None:
        """Correct fields of the document of a file, all of them or none.

        Args:
            user: whose file.
            number: of the file.
            fields: field of the metadata → what it is to say; "" clears it.

        Raises:
            GoneError: the file does not wait any more.
            MetadataError: a value is wrong; the message is for the user.
        """
        upload = self._waiting(user, number)
        changes = {**upload.fields, **fields}
        corrected(self._reviewer.documents(upload)[0].metadata, changes)
        self.uploads.correct(number, {**upload.corrections, **fields})

    def drop_target(self, user: str, number: int, mark: str) -> None:
        """Note that the target of a mark is none: its clause states nothing of the kind.

        Raises:
            GoneError: the file does not wait any more.
        """
        upload = self._waiting(user, number)
        marks = " ".join(sorted(upload.dropped | {mark}))
        self.uploads.correct(number, {**upload.corrections, DROPPED: marks})

    def confirm(self, user: str, number: int, actor: str) -> Stored:
        """Put the documents of a file into the store; from now on they answer.

        Asked for again, as after a kill, it says the same again.

        Raises:
            GoneError: there is no such file, or what it became was withdrawn or undone since.
            MetadataError: a correction does not fit.
        """
        upload = self.uploads.get(user, number)
        if upload is None:
            raise GoneError
        if upload.stored is not None:
            if not all(map(self.changes.knows, upload.stored)):
                raise GoneError
            return Stored(upload.stored, (), None)
        return self.changes.store(
            self._reviewer.documents(upload),
            upload.fields,
            actor,
            lambda stored: self.uploads.store(number, (*stored.added, *stored.unchanged)),
            upload.dropped,
        )

    def document(self, document_id: str) -> Document:
        """Return a document of the store.

        Raises:
            KeyError: there is none of that id.
        """
        return self.changes.document(document_id)

    def title(self, document_id: str) -> str:
        """Return the title of a document of the store.

        Raises:
            KeyError: there is none of that id.
        """
        return self.changes.document(document_id).title

    def _waiting(self, user: str, number: int) -> Upload:
        upload = self.uploads.get(user, number)
        if upload is None or upload.stored is not None:
            raise GoneError
        return upload
