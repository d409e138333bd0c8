"""What to call the things that findings rest on, and on whose page each is to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, case, cast, func, literal, select, union_all

from coprod.bodies import Body
from coprod.contributions import Contribution, State
from coprod.db import session
from coprod.decisions import Action, Citation, Decision
from coprod.engagements import Engagement, PromisedDate
from coprod.insight import Findings
from coprod.issues import Issue
from coprod.places import Place
from coprod.representation import Statement
from coprod.text import slug as make_slug
from coprod.voting import Poll

EXCERPT = 140  # characters of a comment, which has no title


class Kind(StrEnum):
    """What a figure counts, or a finding is about."""

    PLACE = "place"
    BODY = "body"
    ENGAGEMENT = "engagement"
    ISSUE = "issue"
    CONTRIBUTION = "contribution"
    DECISION = "decision"
    CITATION = "citation"
    ACTION = "action"
    STATEMENT = "statement"
    POLL = "poll"
    DATE = "date"


@dataclass(frozen=True)
class Named:
    """`words` are its title, or empty where they may not be read.

    `on` is whose page it stands on: its own, its decision's or its engagement's; None: no page.
    `more`: a contribution's state, a citation's effect, an action's owner.
    """

    id: UUID
    kind: Kind
    words: str
    on: UUID | None
    more: str
    given_slug: str

    @property
    def slug(self) -> str:
        """What follows the id, or is, its address."""
        return self.given_slug or make_slug(self.words)


def named(wanted: Mapping[Kind, Collection[UUID]]) -> dict[UUID, Named]:
    """The names of things of these kinds, all in one statement; unknown ids are left out."""
    asked = [_QUERIES[kind](set(ids)) for kind, ids in wanted.items() if ids]
    if not asked:
        return {}
    rows = session.execute(union_all(*asked))
    return {row[0]: Named(row[0], Kind(row[1]), row[2], row[3], row[4], row[5]) for row in rows}


def label(subject: UUID) -> str:
    """The short name of a place, body or engagement in published figures; else the id itself."""
    kinds = (Kind.PLACE, Kind.BODY, Kind.ENGAGEMENT)
    found = named({kind: {subject} for kind in kinds})
    return found[subject].slug if subject in found else str(subject)


def labels(found: Findings) -> Callable[[UUID], str]:
    """The short names of all that these findings speak of, as their addresses have them."""
    wanted: defaultdict[Kind, set[UUID]] = defaultdict(set)
    wanted[Kind.BODY] |= {alert.body for alert in found.alerts if alert.body is not None}
    wanted[Kind.PLACE] |= {fit.place for fit in found.reach} | set(found.influence.by_place)
    wanted[Kind.ENGAGEMENT] |= {one.engagement for one in found.promises.engagements}
    if found.scope.id is not None:
        wanted[Kind(found.scope.extent.value)].add(found.scope.id)
    names = named(wanted)

    def called(subject: UUID) -> str:
        one = names.get(subject)
        if one is None:
            return str(subject)
        return f"{subject}-{one.slug}" if one.kind is Kind.ENGAGEMENT else one.slug

    return called


def _query(
    kind: Kind,
    row: Any,
    ids: Iterable[UUID],
    words: Any,
    *,
    on: Any = None,
    more: Any = None,
    slug: Any = None,
) -> Select[Any]:
    return select(
        row.id,
        literal(kind.value),
        words,
        row.id if on is None else on,
        literal("") if more is None else more,
        literal("") if slug is None else slug,
    ).where(row.id.in_(ids))


def _contributions(ids: Collection[UUID]) -> Select[Any]:
    said = func.coalesce(Contribution.title, func.substr(Contribution.text, 1, EXCERPT))
    words = case((Contribution.state == State.PUBLISHED, said), else_="")
    return _query(Kind.CONTRIBUTION, Contribution, ids, words, more=cast(Contribution.state, Text))


def _citations(ids: Collection[UUID]) -> Select[Any]:
    said = func.coalesce(Contribution.title, func.substr(Contribution.text, 1, EXCERPT))
    words = case((Contribution.state == State.PUBLISHED, said), else_="")
    return _query(
        Kind.CITATION,
        Citation,
        ids,
        words,
        on=Citation.decision_id,
        more=cast(Citation.effect, Text),
    ).join(Contribution, Contribution.id == Citation.contribution_id)


_QUERIES: dict[Kind, Callable[[Collection[UUID]], Select[Any]]] = {
    Kind.PLACE: lambda ids: _query(Kind.PLACE, Place, ids, Place.name, slug=Place.slug),
    Kind.BODY: lambda ids: _query(Kind.BODY, Body, ids, Body.name, slug=Body.slug),
    Kind.ENGAGEMENT: lambda ids: _query(Kind.ENGAGEMENT, Engagement, ids, Engagement.title),
    Kind.ISSUE: lambda ids: _query(Kind.ISSUE, Issue, ids, Issue.title),
    Kind.CONTRIBUTION: _contributions,
    Kind.DECISION: lambda ids: _query(
        Kind.DECISION, Decision, ids, Decision.title, more=cast(Decision.outcome, Text)
    ),
    Kind.CITATION: _citations,
    Kind.ACTION: lambda ids: _query(
        Kind.ACTION, Action, ids, Action.title, on=Action.decision_id, more=Action.owner
    ),
    Kind.STATEMENT: lambda ids: _query(
        Kind.STATEMENT, Statement, ids, Statement.representative, on=Statement.decision_id
    ),
    Kind.POLL: lambda ids: _query(Kind.POLL, Poll, ids, Poll.question, on=Poll.engagement_id),
    Kind.DATE: lambda ids: _query(
        Kind.DATE,
        PromisedDate,
        ids,
        PromisedDate.about,
        on=PromisedDate.engagement_id,
        more=cast(PromisedDate.kind, Text),
    ),
}
