"""What every event says, and the entry that carries it on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """One act, as the public record tells it. Holds no free text, no name and nothing private.

    `subject` is the id of what the act made or touched; `place` and `engagement` say where it
    belongs, None where it belongs to no single one. `on` is when it happened if that was not when
    it was recorded (an import, a letter keyed in later); `imported` is the import that brought it.
    """

    subject: UUID
    place: UUID | None = None
    engagement: UUID | None = None
    on: datetime | None = None
    imported: UUID | None = None

    @classmethod
    def kind(cls) -> str:
        """Its name on the record, which is the name of its class."""
        return cls.__name__


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event where it stands on the record.

    `index` counts from 0 without gaps. `at` is when it was recorded (UTC, whole seconds, never
    decreasing). `actor` is who acted, as a pseudonym that is the same within the event's place and
    nowhere else; None for the system and for ballots. `capacity` is the sector they spoke for or
    the role they acted in.
    """

    index: int
    at: datetime
    event: Event
    actor: str | None = None
    capacity: str | None = None

    @property
    def when(self) -> datetime:
        """When the act happened: its own date where it came late, else when it was recorded."""
        return self.event.on or self.at
