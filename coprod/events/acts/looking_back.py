"""Looking back: surveys, needs met, replies to findings, history brought in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from coprod.events.envelope import Event


@dataclass(frozen=True, kw_only=True)
class SurveyHeld(Event):
    """Subject: the survey of people who took part. `agree`: 4 or 5 of 5 that they were heard."""

    invited: int
    replied: int
    agree: int


@dataclass(frozen=True, kw_only=True)
class SupportNeedsMet(Event):
    """Subject: the count. Requests for help to take part (transport, interpreter, carer cover)."""

    made: int
    met: int


@dataclass(frozen=True, kw_only=True)
class FindingAnswered(Event):
    """Subject: the answer. The body's right of reply to a finding about it."""

    body: UUID
    finding: str


@dataclass(frozen=True, kw_only=True)
class ImportMade(Event):
    """Subject: the import. `digest` is the SHA-256 of what was brought in, in hex."""

    source: str  # which format
    digest: str
    rows: int
