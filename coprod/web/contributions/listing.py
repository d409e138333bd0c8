"""Lists of contributions: filtered and sorted by what the address asks, in every state."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from coprod import bodies, contributions, engagements, issues, places, search
from coprod.contributions import Answered, Listed, Order, Wanted
from coprod.errors import NotFound
from coprod.events import Kind, Sector, Stage
from coprod.web import pagination
from coprod.web.access import anyone
from coprod.web.caching import cached
from coprod.web.contributions.room import pages
from coprod.web.wording import words

E = TypeVar("E", bound=Enum)

SEEDS = 1_000  # random orders there are; each visitor draws one, and all may be kept
FOUND_MAX = 100  # texts that a list narrowed by words shows; the search page goes on
ANSWERED = {
    Answered.WAITING: "No answer yet",
    Answered.REPLIED: "Answered",
    Answered.USED: "Used in a decision",
    Answered.NOT_USED: "Not used, with reasons",
}
ORDERS = {
    Order.NEWEST: "Newest first",
    Order.OLDEST: "Oldest first",
    Order.MOST_SUPPORTED: "Most supported",
    Order.MOST_DISCUSSED: "Most discussed",
    Order.FAIR: "Random, so that nobody is always first",
}


@dataclass(frozen=True)
class Choice:
    """One of the questions by which a list is narrowed, with what is chosen; "" for any."""

    name: str
    label: str
    chosen: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """A page of a list, with what it was asked for."""

    wanted: Wanted
    page: Listed
    choices: list[Choice]
    question: str
    older: str | None
    cut: int | None = None  # texts with the words that are listed, of more; None: all are

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked that leaves something out."""
        asked = [c.chosen for c in self.choices if c.name not in ("sort", "place")]
        return bool(self.question or any(asked))


def shown(fixed: Wanted, default: Order = Order.NEWEST, limit: int = contributions.PAGE) -> Shown:
    """The page of a list that this request asks for, within what the page itself fixes."""
    kind, sector = _asked(Kind, "kind"), _asked(Sector, "sector")
    answered, order = _asked(Answered, "answered"), _asked(Order, "sort") or default
    question = request.args.get("q", "").strip()[:200]
    found, more = _holding(question, fixed.place_id) if question else (None, False)
    wanted = replace(
        fixed,
        kind=kind,
        sector=sector,
        answered=answered,
        order=order,
        seed=request.args.get("seed", 1, type=int),
        ids=found,
    )
    by = datetime if order in {Order.NEWEST, Order.OLDEST} else int
    page = contributions.listed(wanted, pagination.after(ordered_by=by), limit)
    choices = [
        _choice("kind", "What it is", kind, {k: words(k) for k in Kind if k is not Kind.COMMENT}),
        _choice("sector", "Here as", sector, {s: words(s) for s in Sector}),
        _choice("answered", "What became of it", answered, ANSWERED),
        _choice("sort", "Order", order, ORDERS),
    ]
    cut = FOUND_MAX if more else None
    return Shown(wanted, page, choices, question, pagination.older(page.after), cut)


def seeded(default: Order) -> str | None:
    """Where to go to draw an order, if a random one is asked for and none is drawn yet."""
    order = _asked(Order, "sort") or default
    if order is not Order.FAIR or "seed" in request.args:
        return None
    return pagination.here(sort=order.value, seed=1 + secrets.randbelow(SEEDS), after=None)


@pages.get("/contributions")
@anyone
@cached
def index() -> ResponseReturnValue:
    args = request.args
    place = places.by_slug(args["place"]) if args.get("place") else None
    body = bodies.by_slug(args["body"]) if args.get("body") else None
    engagement = engagements.get(_id("engagement")) if args.get("engagement") else None
    issue = issues.get(_id("issue")) if args.get("issue") else None
    voting = engagement is not None and engagement.stage is Stage.VOTING
    default = Order.FAIR if voting else Order.NEWEST
    if drawn := seeded(default):
        return redirect(drawn, 303)
    fixed = Wanted(
        place_id=place.id if place else None,
        body_id=body.id if body else None,
        engagement_id=engagement.id if engagement else None,
        issue_id=issue.id if issue else None,
    )
    found = shown(fixed, default)
    if not (body or engagement or issue):
        areas = {area.slug: area.name for area in ([place] if place else [])}
        areas |= {area.slug: area.name for area in places.localities()}
        found.choices.insert(0, Choice("place", "Area", place.slug if place else "", areas))
    return render_template(
        "contributions/index.html",
        list=found,
        place=place,
        body=body,
        engagement=engagement,
        issue=issue,
    )


def _asked(closed: type[E], name: str) -> E | None:
    """The member asked for by its value; None for any, and for what is not on the list."""
    value = request.args.get(name, "")
    return next((member for member in closed if member.value == value), None)


def _choice(name: str, label: str, chosen: Enum | None, options: Mapping[Any, str]) -> Choice:
    by_value = {member.value: text for member, text in options.items()}
    return Choice(name, label, chosen.value if chosen else "", by_value)


def _holding(question: str, place_id: UUID | None) -> tuple[list[UUID], bool]:
    """Contributions that hold the words, at most 100 of them; and whether there are more."""
    within = select(places.within(place_id).c.id) if place_id else None
    ids: list[UUID] = []
    after: str | None = None
    while len(ids) < FOUND_MAX:  # twice at most: a search gives no more than 60 at a time
        found = search.find(
            question,
            kinds=["contribution"],
            places=within,
            limit=FOUND_MAX - len(ids),
            after=after,
        )
        ids += [hit.subject_id for hit in found.hits]
        after = found.next_cursor
        if after is None:
            break
    return ids, after is not None


def _id(name: str) -> UUID:
    try:
        return UUID(request.args[name])
    except ValueError:
        raise NotFound("There is nothing at this address.") from None
