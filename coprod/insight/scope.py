"""Which part of the record a finding is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Extent(StrEnum):
    SITE = "site"
    PLACE = "place"
    BODY = "body"
    ENGAGEMENT = "engagement"


@dataclass(frozen=True)
class Scope:
    """Everything; a place with all that lies in it; what a body answers for; one engagement.

    `id` is None for everything, and for nothing else.
    """

    extent: Extent
    id: UUID | None = None

    @classmethod
    def site(cls) -> Scope:
        return cls(Extent.SITE)

    @classmethod
    def of_place(cls, place: UUID) -> Scope:
        return cls(Extent.PLACE, place)

    @classmethod
    def of_body(cls, body: UUID) -> Scope:
        return cls(Extent.BODY, body)

    @classmethod
    def of_engagement(cls, engagement: UUID) -> Scope:
        return cls(Extent.ENGAGEMENT, engagement)
