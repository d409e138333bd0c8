"""Recording a decision: whose words it used, what became of the rest, what will be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select, update

from coprod import bodies, clock, engagements, issues, outbox, permissions, search
from coprod.contributions import Contribution, State
from coprod.db import session, transaction
from coprod.decisions.acting import agree_in
from coprod.decisions.model import (
    STRENGTH,
    Citation,
    Decision,
    Disposed,
    citation_words,
    disposition_words,
    words_of,
)
from coprod.decisions.saying import (
    Agreed,
    Cited,
    Rest,
    Ruling,
    Unused,
    check_meeting,
    check_quotable,
    check_quote,
    check_rest,
    tidied,
)
from coprod.engagements import Engagement
from coprod.errors import NotFound, Refused
from coprod.events import CitationMade, DecisionRecorded, Disposition, DispositionGiven, Role, Stage
from coprod.issues import Issue
from coprod.permissions import Do
from coprod.record import Actor, Ref, append, new_salt
from coprod.replies import codes
from coprod.text import tidy

HOW = {Disposition.DUPLICATE: "duplicate", Disposition.OUT_OF_SCOPE: "out_of_scope"}


def record(
    officer_id: UUID,
    body_id: UUID,
    *,
    ruling: Ruling,
    meeting_id: UUID,
    issue_id: UUID,
    engagement_id: UUID | None = None,
    reverses_id: UUID | None = None,
    citations: Sequence[Cited] = (),
    unused: Sequence[Unused] = (),
    rest: Rest | None = None,
    actions: Sequence[Agreed] = (),
) -> Decision:
    """Record what a body decided on a conversation, at a meeting that was held.

    It may cite anything said, anywhere and in any year, up to the day the paper was final. Every
    other readable contribution on the issue gets a row of its own: from `unused`, else from `rest`.
    What an earlier decision cited or disposed of for good needs none. Noted and put off are
    recorded but decide nothing: the conversation goes on waiting and nobody is told "not used".
    Everyone cited, and everyone else whose words were weighed, is told. Raises NotAllowed; Refused
    with the field. A decision taken while people are still being asked is recorded as what it is.
    """
    ruling = tidied(ruling)
    with transaction():
        engagement = engagements.lock(engagement_id) if engagement_id else None
        issue = issues.hold(issue_id)
        body = bodies.get(body_id)
        actor = permissions.require(officer_id, Do.DECIDE, place_id=body.place_id, body_id=body_id)
        decided = check_meeting(bodies.meeting(meeting_id), body_id, ruling.paper_final)
        _check_belongs(issue, engagement, reverses_id, decided)
        decision = Decision(
            body_id=body_id,
            outcome=ruling.outcome,
            title=ruling.title,
            text=ruling.text,
            reasons=ruling.reasons,
            paper=ruling.paper,
            paper_final=ruling.paper_final,
            decided=decided,
            place_id=issue.place_id,
            meeting_id=meeting_id,
            issue_id=issue_id,
            engagement_id=engagement_id,
            reverses_id=reverses_id,
            recorded_by_id=officer_id,
            role=Role(actor.capacity),
        )
        said = quotable([cited.contribution_id for cited in citations])
        made = [_citation(decision, cited, said) for cited in citations]
        left = _disposed(decision, issue, {c.contribution_id for c in made}, unused, rest)
        _write(decision, made, said, actor)
        _dispose(decision, left, actor)
        for agreed in actions:
            agree_in(decision, agreed, actor)
        if decision.decides:
            settle_issue(issue, decided)
            if engagement is not None:
                engagements.decided(engagement.id, actor, on=decided)
    return decision


def _check_belongs(
    issue: Issue, engagement: Engagement | None, reverses_id: UUID | None, decided: date
) -> None:
    if engagement is not None and engagement.stage is Stage.PLANNING:
        raise Refused("This have-your-say has not opened yet", "engagement_id")
    if engagement is not None and engagement.issue_id not in {None, issue.id}:
        raise Refused("This have-your-say is about another conversation", "engagement_id")
    if reverses_id is None:
        return
    earlier = session.get(Decision, reverses_id)
    if earlier is None:
        raise NotFound("There is no such decision.")
    if earlier.decided > decided:
        raise Refused("Only an earlier decision can be reversed", "reverses_id")


def quotable(ids: Sequence[UUID]) -> dict[UUID, Contribution]:
    """Contributions to be cited, locked in the order of their ids. Raises NotFound."""
    if not ids:
        return {}
    found = session.scalars(
        select(Contribution)
        .where(Contribution.id.in_(ids))
        .order_by(Contribution.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(set(ids)):
        raise NotFound("There is no such contribution.")
    return {said.id: said for said in found}


def _citation(decision: Decision, cited: Cited, known: Mapping[UUID, Contribution]) -> Citation:
    said = known[cited.contribution_id]
    check_quotable(said, decision.recorded_by_id, decision.paper_final)
    start, length = check_quote(cited, said)
    before, after = tidy(cited.before), tidy(cited.after)
    changed = bool(before and after)
    return Citation(
        decision_id=decision.id,
        contribution_id=said.id,
        effect=cited.effect,
        quote=(said.text or "")[start : start + length],
        start=start,
        length=length,
        before=before if changed else None,
        after=after if changed else None,
    )


def _write(
    decision: Decision,
    citations: Sequence[Citation],
    said: Mapping[UUID, Contribution],
    actor: Actor,
) -> None:
    session.add_all([decision, *citations])
    tell_decision(decision, actor)
    for citation in citations:
        contribution = said[citation.contribution_id]
        tell_citation(citation, contribution, decision, actor)
        strengthen(contribution, citation)
        outbox.queue(
            contribution.author_id,
            "used",
            once=f"used-{citation.id}",
            citation_id=str(citation.id),
            decision_id=str(decision.id),
            contribution_id=str(contribution.id),
        )


def tell_decision(decision: Decision, actor: Actor | None, on: datetime | None = None) -> None:
    """Tell the record of a decision; `on` is when it was taken, where it came from elsewhere."""
    refs = [
        Ref(subject, how)
        for subject, how in (
            (decision.meeting_id, "responds"),
            (decision.issue_id, "responds"),
            (decision.reverses_id, "supersedes"),
        )
        if subject is not None
    ]
    append(
        DecisionRecorded(
            subject=decision.id,
            place=decision.place_id,
            engagement=decision.engagement_id,
            on=on,
            imported=decision.imported,
            body=decision.body_id,
            outcome=decision.outcome,
            paper_final=decision.paper_final,
            decided=decision.decided,
            issue=decision.issue_id,
            meeting=decision.meeting_id,
        ),
        actor,
        words=words_of(decision),
        refs=refs,
    )
    search.add(
        decision.id,
        "decision",
        place_id=decision.place_id,
        title=decision.title,
        text=decision.text,
        at=decision.recorded_at,
    )


def tell_citation(
    citation: Citation,
    said: Contribution,
    decision: Decision,
    actor: Actor | None,
    on: datetime | None = None,
) -> None:
    """Tell the record of a citation, in the contribution's place so that pseudonyms compare."""
    append(
        CitationMade(
            subject=citation.id,
            place=said.place_id,
            engagement=decision.engagement_id,
            on=on,
            imported=citation.imported,
            decision=decision.id,
            contribution=said.id,
            effect=citation.effect,
            start=citation.start,
            length=citation.length,
            amended=citation.before is not None,
        ),
        actor,
        words=citation_words(citation),
        refs=[Ref(said.id, "cites"), Ref(decision.id, "responds")],
    )


def strengthen(said: Contribution, citation: Citation) -> None:
    """Keep on the contribution the strongest effect that a decision cites it for."""
    if said.effect is None or STRENGTH[citation.effect] > STRENGTH[said.effect]:
        said.effect = citation.effect


def undisposed(issue_id: UUID, until: date) -> ColumnElement[bool]:
    """Readable, said by the end of that day, on the issue, and not yet used or disposed of."""
    return (
        (Contribution.issue_id == issue_id)
        & (Contribution.state == State.PUBLISHED)
        & (Contribution.submitted_at < _end_of(until))
        & Contribution.effect.is_(None)
        & or_(
            Contribution.disposition.is_(None),
            Contribution.disposition == Disposition.LATER_DECISION,
        )
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.LONDON)


Said = Row[UUID, UUID, UUID, UUID | None]


def _disposed(
    decision: Decision,
    issue: Issue,
    cited: set[UUID],
    unused: Sequence[Unused],
    rest: Rest | None,
) -> list[tuple[Said, Rest]]:
    """Every other contribution on the issue with what became of it. Raises Refused if any lacks."""
    given = {one.contribution_id: one for one in unused}
    for each in (*unused, *([rest] if rest else [])):
        check_rest(each)
    if cited & given.keys():
        raise Refused("Something is both cited and set aside: choose one", "unused")
    if not decision.decides:
        return []
    rows = session.execute(
        select(
            Contribution.id,
            Contribution.author_id,
            Contribution.place_id,
            Contribution.engagement_id,
        )
        .where(
            or_(
                undisposed(issue.id, decision.decided),
                (Contribution.id.in_(list(given))) & (Contribution.issue_id == issue.id),
            )
        )
        .order_by(Contribution.id)
    ).all()
    if given.keys() - {row.id for row in rows}:
        raise Refused("Something you set aside is not part of this conversation", "unused")
    others = [row for row in rows if row.id not in cited]
    missing = [row for row in others if row.id not in given]
    if missing and rest is None:
        raise Refused(
            f"{len(missing):,} of the things people said here would get no answer. "
            "Say what became of them, and why",
            "rest",
        )
    return [(row, one) for row in others if (one := given.get(row.id) or rest)]


def _dispose(decision: Decision, left: Sequence[tuple[Said, Rest]], actor: Actor) -> None:
    """A row, an entry and a message for each: constant in statements, however many there are."""
    if not left:
        return
    given_at = clock.now()
    rows = [_row(decision, said.id, rest, given_at) for said, rest in left]
    session.add_all(rows)
    session.flush()
    for disposition in {rest.disposition for _, rest in left}:
        these = select(Disposed.contribution_id).where(
            Disposed.decision_id == decision.id, Disposed.disposition == disposition
        )
        session.execute(
            update(Contribution)
            .where(Contribution.id.in_(these))
            .values(disposition=disposition)
            .execution_options(synchronize_session=False)
        )
    told: defaultdict[UUID, list[str]] = defaultdict(list)
    for row, (said, rest) in zip(rows, left, strict=True):
        told[said.author_id].append(str(said.id))
        append(
            DispositionGiven(
                subject=said.id,
                place=said.place_id,
                engagement=said.engagement_id,
                decision=decision.id,
                disposition=rest.disposition,
                reasons=row.grounds,
            ),
            actor,
            words=disposition_words(row),
            refs=[Ref(said.id, HOW.get(rest.disposition, "not_taken"))],
        )
    for author_id, ids in told.items():
        outbox.queue(
            author_id,
            "not_used",
            once=f"not-used-{decision.id}-{author_id}",
            decision_id=str(decision.id),
            contribution_ids=ids,
        )


def _row(decision: Decision, said_id: UUID, rest: Rest, given_at: datetime) -> Disposed:
    because = tidy(rest.because) or None
    return Disposed(
        decision_id=decision.id,
        contribution_id=said_id,
        disposition=rest.disposition,
        reasons=codes(rest.reasons),
        because=because,
        because_salt=new_salt() if because else None,
        given_at=given_at,
    )


def settle_issue(issue: Issue, decided: date) -> None:
    """Note on a held issue that it was decided on that day; if raised since, it waits again."""
    issues.decided(issue)
    first = session.scalars(
        select(Contribution.submitted_at)
        .where(
            Contribution.issue_id == issue.id,
            Contribution.depth == 0,
            Contribution.submitted_at >= _end_of(decided),
        )
        .order_by(Contribution.submitted_at)
        .limit(1)
    ).first()
    if first is not None:
        issues.waits_again(issue, first)
