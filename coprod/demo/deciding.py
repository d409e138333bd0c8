"""Decisions in the stories: taken at a meeting, on people's words, and what followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from coprod import bodies, clock, decisions
from coprod.bodies import Body
from coprod.contributions import Contribution
from coprod.decisions import Action, Agreed, Cited, Decision, Rest, Ruling
from coprod.demo.replying import sentences_of
from coprod.demo.saying import Area
from coprod.events import Disposition, Effect, Outcome, Reason, Sector

CALLED = 21  # days before a meeting that it is called


@dataclass(frozen=True, kw_only=True)
class Use:
    """How a contribution was used. `of`: its key, or its place among those of the conversation.

    `quote` empty: its first sentence of some length. `then`: what its author said of it:
    confirmed, disputed (nobody has looked), upheld, dismissed, removed; empty: nothing.
    """

    of: str | int
    effect: Effect
    quote: str = ""
    before: str = ""
    after: str = ""
    then: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Do:
    """Something that is to be done: due, claimed and confirmed so many days before today."""

    what: str
    post: str
    due: int
    claimed: int | None = None
    proof: str = ""
    confirmed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Settled:
    """One decision. `day`: of the meeting; `paper`: when the paper was final."""

    day: int
    outcome: Outcome
    title: str
    text: str
    reasons: str
    paper: int | None = None  # default: a week before the meeting
    ref: str = ""
    uses: tuple[Use, ...] = ()
    rest: tuple[Disposition, Reason, str] = (
        Disposition.NOT_USED,
        Reason.OTHER_INPUT,
        "Read by the people who wrote the paper; others had made the same point.",
    )
    does: tuple[Do, ...] = ()
    body: str = ""
    key: str = ""  # by which other stories know it
    reverses: str = ""
    engaged: bool = True


def settle(
    area: Area,
    talk: str,
    settled: Settled,
    body: Body,
    engaged: Callable[[], UUID] | None = None,
) -> None:
    """Leave a decision, its meeting and what followed for later."""
    world = area.world
    deciding = world.bodies[settled.body] if settled.body else body
    held = world.at(settled.day, 14)
    called: list[bodies.Meeting] = []
    world.later(
        world.at(settled.day + CALLED, 9),
        lambda: called.append(
            bodies.call_meeting(None, deciding.id, held_at=held, venue=venue(area, deciding))
        ),
    )
    world.later(
        world.at(settled.day, 16, 30),
        lambda: _decide(area, talk, settled, called[0], engaged),
    )


def venue(area: Area, body: Body) -> str:
    """Where a body meets."""
    return "Online, and shown in the civic centre" if "IJB" in body.name else f"{area.name} library"


def _decide(
    area: Area,
    talk: str,
    settled: Settled,
    meeting: bodies.Meeting,
    engaged: Callable[[], UUID] | None,
) -> None:
    world = area.world
    body = bodies.get(meeting.body_id)
    paper = settled.paper if settled.paper is not None else settled.day + 7
    said = [find(area, talk, use.of) for use in settled.uses]
    cited = [_cite(one, use) for one, use in zip(said, settled.uses, strict=True)]
    disposition, reason, because = settled.rest
    reverses = world.decisions.get(settled.reverses)
    made = decisions.record(
        officer(area, body),
        body.id,
        ruling=Ruling(
            outcome=settled.outcome,
            title=settled.title,
            text=settled.text,
            reasons=settled.reasons,
            paper_final=world.day(paper),
            paper=settled.ref,
        ),
        meeting_id=meeting.id,
        issue_id=area.issues[talk].id,
        engagement_id=engaged() if engaged and settled.engaged else None,
        reverses_id=reverses.id if reverses else None,
        citations=cited,
        rest=Rest(disposition=disposition, reasons=[reason], because=because),
        actions=[
            Agreed(title=one.what, owner=one.post, due=world.day(one.due)) for one in settled.does
        ],
    )
    if settled.key:
        world.decisions[settled.key] = made
    _follow(area, body, made, settled, said)


def officer(area: Area, body: Body) -> UUID:
    """Who records a body's decisions: an area's planner for its group, else the Board's officer."""
    return area.planner if body.id == area.group.id else area.world.people["priya"].id


def find(area: Area, talk: str, of: str | int) -> Contribution:
    """What was said, by its key or its place in the conversation."""
    return area.said[of] if isinstance(of, str) else area.on[talk][of]


def _cite(said: Contribution, use: Use) -> Cited:
    return Cited(
        contribution_id=said.id,
        effect=use.effect,
        quote=use.quote or first_words(said.text or ""),
        before=use.before,
        after=use.after,
    )


def first_words(text: str) -> str:
    """A sentence to quote: the first that says something, or the first."""
    sentences = sentences_of(text)
    return next((one for one in sentences if len(one) > 40), sentences[0])[:400]


def _follow(
    area: Area, body: Body, made: Decision, settled: Settled, said: Sequence[Contribution]
) -> None:
    cited = {one.contribution_id: one.id for one in decisions.get(made.id).citations}
    for use, one in zip(settled.uses, said, strict=True):
        _answer_quotation(area, cited[one.id], one.author_id, use, body)
    for do, action in zip(settled.does, _in_order(made, settled), strict=True):
        _do(area, body, do, action)


def _in_order(made: Decision, settled: Settled) -> Sequence[Action]:
    found = {action.title: action for action in decisions.actions_of([made.id])}
    return [found[do.what] for do in settled.does]


def _answer_quotation(area: Area, citation_id: UUID, author: UUID, use: Use, body: Body) -> None:
    world = area.world
    days = 2 if use.then == "disputed" else world.lots.randint(2, 9)
    soon = clock.now() + timedelta(days=days, hours=2)
    ruth = world.people["ruth"].id
    if use.then == "confirmed":
        world.later(soon, lambda: decisions.confirm_citation(author, citation_id))
    elif use.then in {"disputed", "upheld", "dismissed"}:
        world.later(soon, lambda: decisions.dispute_citation(author, citation_id, note=use.note))
        if use.then != "disputed":
            world.later(
                soon + timedelta(days=18),
                lambda: decisions.settle(ruth, citation_id, upheld=use.then == "upheld"),
            )
    elif use.then == "removed":
        world.later(
            soon,
            lambda: decisions.remove_citation(officer(area, body), citation_id, reason=use.note),
        )


def _do(area: Area, body: Body, do: Do, action: Action) -> None:
    world = area.world
    if do.claimed is not None:
        world.later(
            world.at(do.claimed, 12),
            lambda: decisions.claim(officer(area, body), action.id, proof=do.proof),
        )
    if do.confirmed is not None:
        resident = area.crowd.people[Sector.RESIDENT][-1]
        world.later(
            world.at(do.confirmed, 18),
            lambda: decisions.confirm(resident.id, action.id, sector=Sector.RESIDENT),
        )
