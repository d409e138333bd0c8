"""Where people live: partnership, locality, neighbourhood; who lives there, as published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import CTE, CheckConstraint, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from coprod import clock, record
from coprod.db import Base, Thing, session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import PlaceAdded, PlaceKind
from coprod.record import Actor, Words
from coprod.text import slug as make_slug
from coprod.text import tidy

NAME_MAX = 120  # characters


class Place(Thing):
    """Somewhere with conversations of its own."""

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("(kind = 'partnership') = (parent_id IS NULL)", name="parent_by_kind"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[PlaceKind]
    name_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("places.id"), index=True, default=None
    )

    parent: Mapped[Place | None] = relationship(lazy="raise", init=False, remote_side="Place.id")


class Baseline(Base):
    """A place's population and how deprived it is, by one published source. Never changed.

    Kept by version, since the areas and the index both move: a newer one is added beside it.
    """

    __tablename__ = "baselines"
    __table_args__ = (CheckConstraint("population > 0", name="people"),)

    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    population: Mapped[int | None]
    shares: Mapped[str] = mapped_column(
        comment="five fractions, most deprived fifth first, space-separated; or empty"
    )
    source: Mapped[str]
    added_on: Mapped[date]

    place: Mapped[Place] = relationship(lazy="raise", init=False)

    @property
    def fifths(self) -> tuple[Fraction, ...]:
        """Shares of the population by deprivation fifth, most deprived first; or ()."""
        return tuple(Fraction(share) for share in self.shares.split())


def get(place_id: UUID) -> Place:
    """The place with its parent. Raises NotFound."""
    return _one(Place.id == place_id)


def by_slug(slug: str) -> Place:
    """The place with its parent. Raises NotFound."""
    return _one(Place.slug == slug)


def every() -> Sequence[Place]:
    """All places with their parents, partnerships first, by name."""
    return session.scalars(
        select(Place).options(joinedload(Place.parent)).order_by(Place.parent_id, Place.name)
    ).all()


def localities() -> Sequence[Place]:
    """Every locality with its partnership, by partnership and name."""
    return session.scalars(
        select(Place)
        .where(Place.kind == PlaceKind.LOCALITY)
        .options(joinedload(Place.parent))
        .order_by(Place.parent_id, Place.name)
    ).all()


def household(slug: str) -> tuple[Place, Sequence[Place]]:
    """The place with its parent, and the places directly in it by name. Raises NotFound."""
    parent = aliased(Place)
    found = session.scalars(
        select(Place)
        .outerjoin(parent, Place.parent_id == parent.id)
        .where(or_(Place.slug == slug, parent.slug == slug))
        .options(joinedload(Place.parent))
        .order_by(Place.name, Place.id)
    ).all()
    place = next((place for place in found if place.slug == slug), None)
    if place is None:
        raise NotFound("There is no such place here.")
    return place, [inner for inner in found if inner is not place]


def baseline(place_id: UUID) -> Baseline | None:
    """The newest published baseline of a place; None where there is none."""
    return session.scalars(
        select(Baseline)
        .where(Baseline.place_id == place_id)
        .order_by(Baseline.added_on.desc(), Baseline.version.desc())
        .limit(1)
    ).first()


def lineage(place_id: UUID) -> CTE:
    """The ids of a place and of all it lies in, as a selectable."""
    line = select(Place.id, Place.parent_id).where(Place.id == place_id).cte("line", recursive=True)
    return line.union_all(
        select(Place.id, Place.parent_id).join(line, Place.id == line.c.parent_id)
    )


def within(place_id: UUID) -> CTE:
    """The ids of a place and of all that lies in it, as a selectable."""
    inner = select(Place.id).where(Place.id == place_id).cte("inner_places", recursive=True)
    return inner.union_all(select(Place.id).join(inner, Place.parent_id == inner.c.id))


def all_within(place_ids: Iterable[UUID]) -> set[UUID]:
    """The ids of these places and of all that lies in them: one small SELECT, none for none."""
    ahead, found = list(place_ids), set[UUID]()
    inner: dict[UUID, list[UUID]] = {}
    if ahead:
        for place_id, parent_id in session.execute(select(Place.id, Place.parent_id)):
            if parent_id is not None:
                inner.setdefault(parent_id, []).append(place_id)
    while ahead:
        place_id = ahead.pop()
        found.add(place_id)
        ahead += inner.get(place_id, ())
    return found


def add(
    actor: Actor | None,
    *,
    name: str,
    kind: PlaceKind,
    parent_id: UUID | None = None,
    population: int | None = None,
    shares: Sequence[Fraction] = (),
    source: str = "",
    version: str = "1",
    imported: UUID | None = None,
) -> Place:
    """Add a place, with its baseline where one is known. `actor` None: the system does it.

    `shares` are of the population, by deprivation fifth, most deprived first. Raises Refused where
    they do not add to 1 (to 0.01), or a place of that kind lacks, or has, a parent.
    """
    name = tidy(name)
    if (kind is PlaceKind.PARTNERSHIP) != (parent_id is None):
        raise Refused("A partnership lies in no other place; every other place lies in one.")
    if shares and (len(shares) != 5 or abs(sum(shares, Fraction()) - 1) > Fraction(1, 100)):
        raise Refused("Give five shares of the population, which add up to 1.")
    with transaction():
        place = Place(slug=free_slug(name), name=name, kind=kind, parent_id=parent_id)
        session.add(place)
        if population is not None or shares:
            session.add(
                Baseline(
                    place_id=place.id,
                    version=version,
                    population=population,
                    shares=" ".join(str(share) for share in shares),
                    source=source,
                    added_on=clock.today(),
                )
            )
        record.append(
            PlaceAdded(
                subject=place.id,
                place=place.id,
                kind_of_place=kind,
                slug=place.slug,
                parent=parent_id,
                population=population,
                shares=tuple(shares),
                imported=imported,
            ),
            actor,
            words={"name": Words(place.name_salt, name)},
        )
    return place


def free_slug(name: str) -> str:
    """The name as an address that no place has yet."""
    wanted = make_slug(name)
    taken = set(
        session.scalars(select(Place.slug).where(Place.slug.startswith(wanted, autoescape=True)))
    )
    return next(
        s for n in range(1, 10_000) if (s := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )


def _one(condition: object) -> Place:
    found = session.scalars(
        select(Place).where(condition).options(joinedload(Place.parent))  # type: ignore[arg-type]
    ).first()
    if found is None:
        raise NotFound("There is no such place here.")
    return found
