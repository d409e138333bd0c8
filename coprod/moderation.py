"""Keeping words from view, and letting them go: by a published rule, on the record, open to appeal.

Nothing here deletes an entry or lowers a count. Hidden words leave a stub that names the rule;
erased words leave one that names the reason; the author of hidden words can always appeal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import (
    clock,
    contributions,
    decisions,
    identity,
    issues,
    outbox,
    permissions,
    record,
    search,
)
from coprod.contributions import Contribution, State
from coprod.db import Thing, session, transaction, truncate_log
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import (
    AppealDecided,
    AppealMade,
    ContributionHeld,
    ContributionHidden,
    ContributionShown,
    ContributionWithdrawn,
    EraseReason,
    Event,
    HideRule,
    WordsErased,
)
from coprod.permissions import Do
from coprod.record import Actor, Ref
from coprod.text import tidy

APPEAL_MAX = 2_000  # characters
COVERED = "A conversation whose first words are not shown"


class Appeal(Thing):
    """An author's appeal against the hiding of their words. Nobody can refuse to take it in."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("(upheld IS NULL) = (decided_at IS NULL)", name="decided_when"),
    )

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"), index=True)
    text: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    upheld: Mapped[bool | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)

    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)


def withdraw(author_id: UUID, contribution_id: UUID) -> None:
    """Take back one's own words. They are no longer shown, and stay counted.

    Raises NotAllowed for anyone else; Refused unless they are published.
    """
    with transaction():
        held = contributions.hold(contribution_id)
        if held.author_id != author_id:
            raise NotAllowed("Only the person who said it can take it back.")
        _only_from(held, State.PUBLISHED)
        held.state = State.WITHDRAWN
        search.remove(held.id)
        _cover_title(held)
        actor = Actor(identity.key_of(author_id), held.sector.value)
        _tell(held, ContributionWithdrawn, actor, "withdrawn")


def hold_back(moderator_id: UUID, contribution_id: UUID, *, rule: HideRule) -> None:
    """Keep words from view until somebody has looked at them. The author is told."""
    with transaction():
        held = contributions.hold(contribution_id)
        actor = permissions.require(moderator_id, Do.MODERATE, place_id=held.place_id)
        _only_from(held, State.PUBLISHED)
        _out_of_sight(held, State.HELD, rule)
        _tell(held, ContributionHeld, actor, "hides", rule=rule)


def hide(moderator_id: UUID, contribution_id: UUID, *, rule: HideRule) -> None:
    """Withhold words under a published rule. The author is told, and how to appeal."""
    with transaction():
        held = contributions.hold(contribution_id)
        actor = permissions.require(moderator_id, Do.MODERATE, place_id=held.place_id)
        _only_from(held, State.PUBLISHED, State.HELD)
        _out_of_sight(held, State.HIDDEN, rule)
        _tell(held, ContributionHidden, actor, "hides", rule=rule)


def show(moderator_id: UUID, contribution_id: UUID) -> None:
    """Show words again that were held or hidden."""
    with transaction():
        held = contributions.hold(contribution_id)
        actor = permissions.require(moderator_id, Do.MODERATE, place_id=held.place_id)
        _back_in_sight(held, actor)


def appeal(author_id: UUID, contribution_id: UUID, *, text: str) -> Appeal:
    """Appeal against the hiding of one's own words. Raises NotAllowed, Refused."""
    text = tidy(text)
    if not text or len(text) > APPEAL_MAX:
        raise Refused(f"Say why, in {APPEAL_MAX:,} characters or fewer", "text")
    with transaction():
        held = contributions.hold(contribution_id)
        if held.author_id != author_id:
            raise NotAllowed("Only the person who said it can appeal.")
        _only_from(held, State.HIDDEN, State.HELD)
        if _open_appeal(held.id) is not None:
            raise Refused("Your appeal is with us already.")
        made = Appeal(contribution_id=held.id, text=text)
        session.add(made)
        actor = Actor(identity.key_of(author_id), held.sector.value)
        _tell(held, AppealMade, actor, "disputes")
    return made


def decide_appeal(checker_id: UUID, contribution_id: UUID, *, upheld: bool) -> None:
    """Settle an appeal; upheld, the words are shown again. Only an independent checker may.

    Raises NotAllowed, also for whoever kept the words from view, and for their author, whatever
    roles they hold; NotFound if no appeal waits.
    """
    with transaction():
        held = contributions.hold(contribution_id)
        actor = permissions.require(checker_id, Do.CHECK, place_id=held.place_id)
        if checker_id == held.author_id or _kept_from_view_by(actor, held):
            raise NotAllowed("You had a part in this, so somebody else must settle it.")
        waiting = _open_appeal(held.id)
        if waiting is None:
            raise NotFound("There is no appeal waiting here.")
        waiting.upheld, waiting.decided_at = upheld, clock.now()
        _tell(held, AppealDecided, actor, "resolves", upheld=upheld)
        if upheld and held.state in {State.HELD, State.HIDDEN}:
            _back_in_sight(held, actor)
        outbox.queue(held.author_id, "appeal_decided", contribution_id=str(held.id))


def erase(contribution_id: UUID, *, reason: EraseReason, by_id: UUID | None = None) -> None:
    """Erase words and their salts for good, wherever they were quoted; entry and count stay.

    What the database keeps of them on disk, in its index and its log, is wiped afterwards.
    `by_id` None: the operator. An author may erase their own; otherwise a moderator.
    """
    with transaction():
        held = contributions.hold(contribution_id)
        if held.state is State.ERASED:
            raise Refused("These words have been erased already.")
        _cover_title(held)
        held.state, held.rule, held.erased_for = State.ERASED, None, reason
        held.title = held.text = held.title_salt = held.text_salt = None
        search.remove(held.id)
        decisions.forget_words(held.id)
        _tell(held, WordsErased, _eraser(held, by_id), "erases", reason=reason)
    search.scrub()
    truncate_log()


def appeals_waiting() -> Sequence[Appeal]:
    """Appeals that nobody has settled, with the words and their place, oldest first."""
    return session.scalars(
        _appeals().where(Appeal.decided_at.is_(None)).order_by(Appeal.made_at, Appeal.id)
    ).all()


def get(appeal_id: UUID) -> Appeal:
    """The appeal with the words and their place. Raises NotFound."""
    found = session.scalars(_appeals().where(Appeal.id == appeal_id)).first()
    if found is None:
        raise NotFound("There is no such appeal.")
    return found


@dataclass(frozen=True)
class Tally:
    """How often what was done: under each rule, and by each reason for erasing.

    An appeal counts under the rule by which the words were kept from view when it was made.
    """

    held: Counter[HideRule] = field(default_factory=Counter)
    hidden: Counter[HideRule] = field(default_factory=Counter)
    shown: Counter[HideRule] = field(default_factory=Counter)
    appeals: Counter[HideRule] = field(default_factory=Counter)
    upheld: Counter[HideRule] = field(default_factory=Counter)
    erased: Counter[EraseReason] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)


def tallies(since: datetime) -> tuple[Tally, Tally]:
    """What was kept from view, let go and appealed against: since that moment, and in all.

    Counted from the record, in one statement.
    """
    lately, ever = Tally(), Tally()
    rules: dict[UUID, HideRule] = {}
    for entry in record.of_kinds(kind.kind() for kind in _ACTS):
        for tally in (lately, ever) if entry.at >= since else (ever,):
            _count(tally, entry.event, rules.get(entry.event.subject))
        if isinstance(entry.event, ContributionHeld | ContributionHidden):
            rules[entry.event.subject] = entry.event.rule
    return lately, ever


_ACTS = (
    ContributionHeld,
    ContributionHidden,
    ContributionShown,
    ContributionWithdrawn,
    WordsErased,
    AppealMade,
    AppealDecided,
)


def _count(tally: Tally, event: Event, rule: HideRule | None) -> None:
    match event:
        case ContributionHeld():
            tally.held[event.rule] += 1
        case ContributionHidden():
            tally.hidden[event.rule] += 1
        case WordsErased():
            tally.erased[event.reason] += 1
        case ContributionWithdrawn():
            tally.withdrawn["author"] += 1
        case ContributionShown() if rule:
            tally.shown[rule] += 1
        case AppealMade() if rule:
            tally.appeals[rule] += 1
        case AppealDecided(upheld=True) if rule:
            tally.upheld[rule] += 1


def _appeals() -> Select[Appeal]:
    said = joinedload(Appeal.contribution)
    return select(Appeal).options(
        said.joinedload(Contribution.place), said.joinedload(Contribution.root)
    )


def _kept_from_view_by(actor: Actor, held: Contribution) -> bool:
    """Whether the record says that this person held or hid these words, in whatever role."""
    kinds = (ContributionHeld.kind(), ContributionHidden.kind())
    mine = actor.pseudonym(held.place_id)
    return any(entry.actor == mine for entry in record.of_kinds(kinds, held.id))


def _eraser(held: Contribution, by_id: UUID | None) -> Actor | None:
    if by_id is None:
        return None
    if by_id == held.author_id:
        return Actor(identity.key_of(by_id), held.sector.value)
    return permissions.require(by_id, Do.MODERATE, place_id=held.place_id)


def _only_from(held: Contribution, *states: State) -> None:
    if held.state not in states:
        raise Refused(f"These words are {held.state.value} now, so this cannot be done.")


def _out_of_sight(held: Contribution, state: State, rule: HideRule) -> None:
    held.state, held.rule = state, rule
    search.remove(held.id)
    _cover_title(held)
    outbox.queue(held.author_id, "hidden", contribution_id=str(held.id), rule=rule.value)


def _back_in_sight(held: Contribution, actor: Actor) -> None:
    _only_from(held, State.HELD, State.HIDDEN)
    held.state, held.rule = State.PUBLISHED, None
    if held.issue_id is not None and held.title:
        issues.call_otherwise(held.issue_id, held.title, instead_of=COVERED)
    search.add(
        held.id,
        "contribution" if held.parent_id is None else "comment",
        place_id=held.place_id,
        title=held.title or "",
        text=held.text or "",
        at=held.submitted_at,
    )
    _tell(held, ContributionShown, actor, "resolves")


def _cover_title(held: Contribution) -> None:
    """The conversation that these words opened bears their title: it is covered with them."""
    if held.issue_id is not None and held.title:
        issues.call_otherwise(held.issue_id, COVERED, instead_of=held.title)


def _open_appeal(contribution_id: UUID) -> Appeal | None:
    return session.scalars(
        select(Appeal).where(Appeal.contribution_id == contribution_id, Appeal.decided_at.is_(None))
    ).first()


def _tell(
    held: Contribution, kind: type[Event], actor: Actor | None, how: str, **facts: object
) -> None:
    record.append(
        kind(
            subject=held.id,
            place=held.place_id,
            engagement=held.engagement_id,
            **facts,  # type: ignore[arg-type]
        ),
        actor,
        refs=[Ref(held.id, how)],
    )
