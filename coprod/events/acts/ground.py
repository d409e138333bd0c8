"""The ground: places, bodies, the roles people hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from coprod.events.envelope import Event
from coprod.events.terms import BodyKind, PlaceKind, Role, Sector


@dataclass(frozen=True, kw_only=True)
class PlaceAdded(Event):
    """Subject: the place. `shares` is its population by deprivation fifth, most deprived first."""

    kind_of_place: PlaceKind
    slug: str
    parent: UUID | None = None
    population: int | None = None  # people
    shares: tuple[Fraction, ...] = ()  # five, adding to 1; or none known


@dataclass(frozen=True, kw_only=True)
class BodyAdded(Event):
    """Subject: the body. `community_majority`: most votes are held by the community's side."""

    kind_of_body: BodyKind
    slug: str
    decides: bool
    community_majority: bool = False


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Event):
    """Subject: the organisation. `parent` groups branches, so that splitting adds no voices."""

    sector: Sector
    parent: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SeatFilled(Event):
    """Subject: the seat. `voting_from` None: it advises, without a vote."""

    body: UUID
    sector: Sector
    since: date
    voting_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Event):
    """Subject: the seat."""

    body: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(Event):
    """Subject: the meeting."""

    body: UUID
    held: date


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """Subject: the grant. The holder's name is not here; `body` None: the role is for the place."""

    role: Role
    body: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """Subject: the grant that ends."""

    role: Role
    body: UUID | None = None
