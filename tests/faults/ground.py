"""One of everything there is on the site, and the addresses of all its pages about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import inspect
from werkzeug.routing import Rule

from coprod import clock, contributions, decisions, identity, moderation, replies, voting
from coprod.db import db, session
from coprod.decisions import Agreed
from coprod.events import HideRule, Reason, ReplyOutcome, Role, Side
from coprod.identity import Person
from tests.decisions.world import MET, START, World
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    a_plan,
    a_vote,
    an_engagement,
    as_,
    someone_who,
)

EARLIER = datetime(2026, 1, 20, 10, tzinfo=UTC)
NOW = MET + timedelta(days=2)  # when the pages are opened
DRAFT = "canarydraft"  # in words of one person's unfinished work
HIDDEN = "canaryhidden"  # in words that are kept from view
ANSWER = (
    "We asked the bus company to move the last bus to half past nine. They will try it in May, "
    "and we meet them again in June to see how many people used it."
)
HERE = (Role.PLANNER, Role.OFFICER, Role.MODERATOR, Role.CHECKER, Role.HELPER, Role.ADMIN)


class Ground(World):
    """A body's work, half done: decided, answered, voting, planning, hidden, drafted."""

    def __init__(self) -> None:
        with clock.at(START):
            super().__init__()
            self._said()
        with clock.at(EARLIER):
            self.voting = an_engagement(self.place, body=self.body)
            self.poll = a_vote(self.voting, closes_on=datetime(2026, 5, 1, tzinfo=UTC).date())
        with clock.at(NOW - timedelta(days=5)):
            self.open = an_engagement(self.place, body=self.body)
            self.plan = a_plan(self.place, body=self.body, title="A plan", summary=f"A {DRAFT}.")
        self._decided()
        self.roles: dict[str, Person] = {"member": a_person()}
        other = a_body(a_place())
        for role in HERE:
            self.roles[f"{role.value} here"] = someone_who(role, place=self.place)
            self.roles[f"{role.value} elsewhere"] = someone_who(role, body=other)
        session.remove()

    def _said(self) -> None:
        self.lift = self.also_said()
        self.hidden = a_contribution(self.place, author=self.author, text=f"It is {HIDDEN}.")
        self.moderator = someone_who(Role.MODERATOR, place=self.place)
        moderation.hide(self.moderator.id, self.hidden.id, rule=HideRule.OFF_TOPIC)
        self.comment = contributions.comment(
            a_person().id, self.said.id, text="So does mine.", side=Side.FOR, standing=as_()
        )
        contributions.support(a_person().id, self.said.id, sector=as_().sector)

    def _decided(self) -> None:
        due = (NOW + timedelta(days=30)).date()
        self.decision = self.decide(
            actions=[Agreed(title="Move the bus", owner="Transport planner", due=due)]
        )
        found = decisions.get(self.decision.id)
        self.citation = found.citations[0]
        self.action = decisions.actions_of([self.decision.id])[0]
        with clock.at(NOW - timedelta(hours=1)):
            self.reply = replies.answer(
                self.officer.id,
                self.lift.id,
                outcome=ReplyOutcome.ALREADY_HAPPENING,
                reasons=[Reason.EVIDENCE],
                text=ANSWER,
                body_id=self.body.id,
            )
            self.draft = decisions.start(
                self.officer.id,
                body_id=self.body.id,
                meeting_id=self.meeting.id,
                issue_id=self.issue_id,
            )
            decisions.put_ruling(self.officer.id, self.draft.id, self.ruling(title=f"The {DRAFT}"))
            decisions.pick(self.officer.id, self.draft.id, [self.lift.id], [self.lift.id])
            helper = someone_who(Role.HELPER, place=self.place)
            self.batch = voting.enter(
                helper.id,
                self.poll.id,
                papers=[[1]],
                sector=as_().sector,
                source="The library, on Monday",
            )
            self.sign_in = self._signed_in()

    def _signed_in(self) -> Any:
        identity.start(self.author.id, device="a phone")
        return identity.sign_ins(self.author.id)[0]

    def values(self, rule: Rule) -> Iterator[dict[str, Any]]:
        """What can stand in a page's address, about things that there are."""
        said = [self.said, self.hidden, self.comment]
        slugs = {"places": [self.place.slug], "bodies": [self.body.slug]}.get(
            rule.rule.split("/")[1], ["a-slug"]
        )
        known: dict[str, list[Any]] = {
            "contribution_id": [one.id for one in said],
            "citation_id": [self.citation.id],
            "decision_id": [self.decision.id],
            "draft_id": [self.draft.id],
            "engagement_id": [self.open.id, self.plan.id, self.voting.id],
            "issue_id": [self.issue_id],
            "poll_id": [self.poll.id],
            "batch_id": [self.batch.id],
            "option_id": [self.poll.options[0].id],
            "action_id": [self.action.id],
            "reply_id": [self.reply.id],
            "sign_in_id": [self.sign_in.id],
            "slug": slugs,
            "section": ["promise", "dates", "about"],
            "to": ["open", "analysing"],
            "code": ["V3", "I1"] if "findings" in rule.rule else ["abcd-efgh"],
            "index": [3],
            "number": [0],
            "token": ["a-token"],
        }
        for name in rule.arguments - known.keys():  # of something that this ground has none of
            known[name] = [UUID(int=7)]
        names = sorted(rule.arguments)
        for chosen in product(*(known[name] for name in names)):
            yield dict(zip(names, chosen, strict=True))

    def addresses(self, app: Flask, rule: Rule) -> Iterator[str]:
        """The addresses of a page about things that there are."""
        with app.test_request_context():
            for values in self.values(rule):
                found = rule.build(values)
                assert found is not None, rule
                yield found[1]


def everything() -> dict[str, str]:
    """A digest of each table's rows: equal before and after, if nothing was changed."""
    session.remove()
    seen = {}
    with db.engine.connect() as connection:
        for table in sorted(inspect(db.engine).get_table_names()):
            if table.startswith(("sqlite", "words_")) or "fts" in table:
                continue
            rows = sorted(
                repr(tuple(row))
                for row in connection.exec_driver_sql(
                    f'SELECT * FROM "{table}"'  # noqa: S608
                )
            )
            seen[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]
    return seen


def changed(before: dict[str, str]) -> set[str]:
    """The tables that are other than they were."""
    now = everything()
    return {name for name in now if now[name] != before.get(name)}
