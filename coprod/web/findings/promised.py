"""The card of one engagement: what was promised, what was done, and why it is judged so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from coprod.events import Promise
from coprod.findings import Named
from coprod.insight import Delivered, Findings, Share
from coprod.web import wording
from coprod.web.filters import plural
from coprod.web.findings.words import ARNSTEIN, GUNNING, LEVELS, RUNGS, TESTS

ITEMS = 7  # things people need to know (indicators.md, T3)


@dataclass(frozen=True)
class Test:
    """One of the five tests: whether it was passed, and the facts it was judged by."""

    words: str
    passed: bool
    facts: str


@dataclass(frozen=True)
class Card:
    """One engagement. `rung` is empty where none is shown: under way, a body that is starting out,
    or held for review; then `review_until` is the day on which what was found becomes public.
    """

    title: str
    href: str
    findings_href: str
    body: str
    judged: bool
    promised: int
    delivered: int | None
    gap: int | None
    rung: str
    arnstein: str
    step: int | None
    review: bool
    review_until: date | None
    tests: tuple[Test, ...]
    gunning: tuple[tuple[str, bool | None], ...]

    @property
    def promise_words(self) -> str:
        """What was promised, in the words people were given."""
        return wording.words(Promise(self.promised))

    @property
    def verdict(self) -> str:
        """What became of the promise, in a sentence."""
        if self.gap is None or self.delivered is None:
            return "Still under way. It is judged once people were due to hear."
        if self.gap < 0:
            levels = plural(-self.gap, "level")
            return f"{LEVELS[self.delivered]}, {levels} less than promised."
        more = " and more" if self.gap else ""
        return f"{LEVELS[self.delivered]}, as promised{more}."


def cards(
    found: Findings, names: Mapping[UUID, Named], held: Mapping[UUID, date | None]
) -> list[Card]:
    """The cards of the engagements in scope, in the order of the record. `held`: from when each
    false quotation that is not public yet may be shown."""
    return [
        _card(one, found, names, held)
        for one in found.promises.engagements
        if one.engagement in names
    ]


def _card(
    one: Delivered, found: Findings, names: Mapping[UUID, Named], held: Mapping[UUID, date | None]
) -> Card:
    named, body = names[one.engagement], names.get(one.body)
    where: dict[str, Any] = {"engagement_id": named.id, "slug": named.slug}
    waiting = [held[row] for row in one.false_citations if row in held] if one.review else []
    hidden = not one.judged or found.starting_out or bool(waiting)
    return Card(
        title=named.words,
        href=url_for("engagements.show", **where),
        findings_href=url_for("findings.engagement", **where),
        body=body.words if body else "",
        judged=one.judged,
        promised=one.promised,
        delivered=one.delivered,
        gap=one.gap,
        rung="" if hidden else RUNGS[one.rung],
        arnstein="" if hidden else ARNSTEIN.get(one.rung or 0, ""),
        step=None if hidden else one.rung,
        review=one.review,
        review_until=max((day for day in waiting if day), default=None),
        tests=tuple(_tests(one, found)),
        gunning=tuple(zip(GUNNING, one.gunning, strict=True)),
    )


def _tests(one: Delivered, found: Findings) -> Iterator[Test]:
    told = found.timing.information.get(one.engagement, 0)
    facts = (
        (
            f"{told} of {ITEMS} things people need to know were there; 5 are needed. "
            f"{_decided(one, told)}"
        ),
        f"{_of(one.any_reply, 'had a reply', 80)} {_heard(one)}",
        f"{_of(one.before_fixed, 'came before the choices were settled', 50)} "
        f"{_of(one.reasoned, 'had a reply with reasons', 70)} "
        + (
            "The community is truly quoted."
            if one.genuine_community
            else "No quotation of the community passes our checks."
        ),
        "It takes a choice that came from the community, a comparison that its people signed too, "
        "and words of theirs that changed or shaped the decision.",
        "It takes a vote that binds and was followed, or most of the votes on the body.",
    )
    for words, passed, said in zip(TESTS, one.tests, facts, strict=True):
        yield Test(words, passed, said)


def _of(share: Share, did: str, least: int) -> str:
    if not share.n:
        return f"Nobody is due yet who {did}." if "reply" in did else f"Nothing said {did}."
    return f"{share.x:,} of {share.n:,} {did}; {least}% are needed."


def _decided(one: Delivered, told: int) -> str:
    if one.tests[0]:
        return "A decision is published."
    return "No decision is published." if told * 7 >= 5 * ITEMS else ""


def _heard(one: Delivered) -> str:
    if one.tests[1]:
        return "People were told what happened, on time."
    enough = one.any_reply.value is not None and one.any_reply.value * 100 >= 80
    return "People were not told what happened by the day they were promised." if enough else ""
