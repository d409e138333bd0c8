"""Which imports there were, and what the things they brought in were called before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.contributions import Contribution
from coprod.db import Base, Thing, session
from coprod.errors import NotFound
from coprod.events import ImportMade
from coprod.importing.files import Sources
from coprod.importing.report import AlreadyHere
from coprod.record import Actor, Words


class Import(Thing):
    """One import: the files, by their name and SHA-256, and how many rows they held.

    The same files are never brought in twice. It was made by the operator, at the command line.
    """

    __tablename__ = "imports"

    source: Mapped[str] = mapped_column(comment="which format")
    file_name: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    rows: Mapped[int]
    file_name_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    made_at: Mapped[datetime] = mapped_column(default_factory=clock.now)


class ImportedId(Base):
    """What a thing is called in the files it came from. `matched`: it was here before."""

    __tablename__ = "imported_ids"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True, comment="as places, contributions")
    source_id: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    matched: Mapped[bool] = mapped_column(default=False)

    made_by: Mapped[Import] = relationship(lazy="raise", init=False)


class ToldVotes(Base):
    """How people voted on a statement elsewhere, each by their last vote; counts only.

    Those who agreed are its supports as well. There is no such thing here as voting against what
    somebody said, so the rest is kept for what it is: what the source counted.
    """

    __tablename__ = "told_votes"
    __table_args__ = (
        CheckConstraint("agreed >= 0 AND disagreed >= 0 AND passed >= 0", name="counted"),
    )

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    agreed: Mapped[int]
    disagreed: Mapped[int]
    passed: Mapped[int]

    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)


@dataclass(frozen=True)
class Named:
    """A thing of one kind, its id in the source and here."""

    kind: str
    source_id: str
    subject_id: UUID
    matched: bool = False


def begin(source: str, sources: Sources, rows: int, importer: Actor | None) -> Import:
    """Note, first of all, that these files are being brought in, inside the transaction.

    Raises AlreadyHere if they were before, also by an import that has only just finished.
    """
    check_new(sources)
    made = Import(source=source, file_name=sources.name, digest=sources.digest, rows=rows)
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyHere(f"{sources.name}: the same files are being brought in.") from error
    record.append(
        ImportMade(subject=made.id, source=source, digest=made.digest, rows=rows),
        importer,
        words={"file_name": Words(made.file_name_salt, made.file_name)},
    )
    return made


def check_new(sources: Sources) -> None:
    """Raises AlreadyHere if the very same files were brought in before."""
    before = session.scalars(select(Import).where(Import.digest == sources.digest)).first()
    if before is not None:
        day = clock.local_date(before.made_at)
        raise AlreadyHere(
            f"{sources.name}: these files were brought in already, on {day.day} {day:%B %Y}."
        )


def remember(import_id: UUID, named: Iterable[Named]) -> None:
    """Keep what things are called in the source, for later questions about a row or a line."""
    rows = [
        {
            "import_id": import_id,
            "kind": each.kind,
            "source_id": each.source_id,
            "subject_id": each.subject_id,
            "matched": each.matched,
        }
        for each in named
    ]
    if rows:
        session.execute(insert(ImportedId), rows)


def get(import_id: UUID) -> Import:
    """Raises NotFound."""
    found = session.get(Import, import_id)
    if found is None:
        raise NotFound("There is no such import.")
    return found


def every() -> Sequence[Import]:
    """All imports, newest first."""
    return session.scalars(select(Import).order_by(Import.made_at.desc(), Import.id)).all()


def source_ids() -> dict[UUID, str]:
    """What everything that was brought in is called where it came from, in one statement.

    Left out: what was known here first, and ids that two imports use for different things.
    """
    named: dict[str, set[UUID]] = {}
    rows = session.execute(
        select(ImportedId.source_id, ImportedId.subject_id).where(ImportedId.matched.is_(False))
    )
    for source_id, subject_id in rows:
        named.setdefault(source_id, set()).add(subject_id)
    return {
        subject_id: source_id
        for source_id, subjects in named.items()
        for subject_id in subjects
        if len(subjects) == 1
    }


def brought(import_id: UUID, kind: str, source_id: str) -> UUID | None:
    """What an import made of a row, by the row's own id; None if there was no such row."""
    return session.scalars(
        select(ImportedId.subject_id).where(
            ImportedId.import_id == import_id,
            ImportedId.kind == kind,
            ImportedId.source_id == source_id,
        )
    ).first()
