"""What is rated: a service at an office, by the configuration or by the procedures in the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from config.ratings import Office, RatingSettings, Service
from index.text import fold, normalise

FindProcedure = Callable[[str], Service | None]


@dataclass(frozen=True)
class Subject:
    """A service at an office."""

    office: Office
    service: Service


class Catalogue:
    """The offices and services that may be rated.

    Args:
        settings: those that the configuration names.
        procedure: finds a procedure of the store by its code, as a service.
    """

    def __init__(self, settings: RatingSettings, procedure: FindProcedure | None = None) -> None:
        self.offices: Mapping[str, Office] = settings.offices
        self.services: Mapping[str, Service] = settings.services
        self._procedure = procedure

    def office(self, office_id: str) -> Office | None:
        """Return an office by its id."""
        return self.offices.get(office_id)

    def service(self, service_id: str) -> Service | None:
        """Return a service by its id or the code of a procedure."""
        known = self.services.get(service_id)
        if known is None and self._procedure is not None:
            return self._procedure(service_id)
        return known

    def subject(self, office_id: str, service_id: str) -> Subject | None:
        """Return a service at an office, None where one of them is unknown."""
        office, service = self.office(office_id), self.service(service_id)
        return Subject(office, service) if office and service else None

    def subjects_called(self, words: str) -> list[Subject]:
        """Return what can be rated whose names hold all the words; everything for no words.

        Args:
            words: of the service, its field or the office, or the code of a procedure.
        """
        exact = self.service(words.strip()) if words.strip() else None
        offices = list(self.offices.values())
        if exact is not None:
            return [Subject(office, exact) for office in offices]
        everything = [
            Subject(office, service) for service in self.services.values() for office in offices
        ]
        # "hai" is "hai" before it is "Hải".
        for form in (normalise, fold):
            found = [one for one in everything if _holds(form(_names(one)), form(words))]
            if found:
                return found
        return []


def _names(subject: Subject) -> str:
    office, service = subject.office, subject.service
    return f"{office.name} {office.id} {service.name} {service.field}"


def _holds(name: str, words: str) -> bool:
    within = name.split()
    return all(word in within for word in words.split())


class Subjects:
    """The subjects that have ratings, as numbers.

    Args:
        db: the home's database, migrated.
        catalogue: what they are called now.
    """

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self._db = db
        self._catalogue = catalogue

    def number(self, subject: Subject) -> int:
        """Return the number of a subject; the first call gives it one."""
        office, service = subject.office, subject.service
        row = self._db.execute(
            "SELECT id FROM rating_subjects WHERE office = ? AND service = ?",
            [office.id, service.id],
        ).fetchone()
        if row is not None:
            return int(row[0])
        done = self._db.execute(
            "INSERT INTO rating_subjects (office, service, office_name, service_name, field)"
            " VALUES (?, ?, ?, ?, ?)",
            [office.id, service.id, office.name, service.name, service.field],
        )
        return int(done.lastrowid or 0)

    def named(self, number: int) -> Subject:
        """Return a subject by its number, as it is called now, else as it was called then.

        Raises:
            KeyError: there is none.
        """
        row = self._db.execute(
            "SELECT office, service, office_name, service_name, field FROM rating_subjects"
            " WHERE id = ?",
            [number],
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return self._called(*row)

    def all(self) -> dict[int, Subject]:
        """Return all subjects by their number."""
        rows = self._db.execute(
            "SELECT id, office, service, office_name, service_name, field FROM rating_subjects"
        )
        return {int(row[0]): self._called(*row[1:]) for row in rows.fetchall()}

    def _called(self, office: str, service: str, *names: str) -> Subject:
        office_name, service_name, field = names
        return Subject(
            self._catalogue.offices.get(office) or Office(office, office_name),
            self._catalogue.services.get(service) or Service(service, service_name, field),
        )
