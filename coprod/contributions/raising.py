"""Putting something in: a contribution, or a comment under one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from coprod import bodies, engagements, identity, issues, outbox, permissions, record, search
from coprod.contributions.model import COMMENT_MAX, TEXT_MAX, TITLE_MAX, Contribution
from coprod.contributions.reading import hold
from coprod.db import session, transaction
from coprod.errors import Refused
from coprod.events import (
    Channel,
    ContributionMade,
    GatheredUnderIssue,
    Kind,
    Sector,
    Side,
    Stage,
)
from coprod.identity import NameShown
from coprod.issues import Issue
from coprod.permissions import Do
from coprod.record import Actor, Ref, Words
from coprod.text import tidy


@dataclass(frozen=True, kw_only=True)
class Standing:
    """As whom somebody speaks, this time.

    `recorded_by_id` is whoever writes it down for them; `headcount` how many people a group asked;
    `language` that of the words, as BCP 47. `unlinkable`: the record is not to show that what they
    say this time and what they say elsewhere comes from one person.
    """

    sector: Sector
    organisation_id: UUID | None = None
    name_shown: NameShown = NameShown.FIRST
    channel: Channel = Channel.ONLINE
    headcount: int = 1
    recorded_by_id: UUID | None = None
    language: str = "en"
    unlinkable: bool = False


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where something said elsewhere comes from: which import, and when it was really said."""

    said_at: datetime
    imported: UUID


def propose(
    author_id: UUID,
    *,
    title: str,
    text: str,
    kind: Kind,
    standing: Standing,
    place_id: UUID | None = None,
    engagement_id: UUID | None = None,
    issue_id: UUID | None = None,
) -> Contribution:
    """Put something to a locality, or to an engagement that is open.

    It joins the conversation `issue_id`, else the engagement's, else opens one of its own. Queues
    the receipt. Raises NotAllowed if the author has not the sector; Refused for words that are
    missing or too long; Changed once the engagement has closed.
    """
    title, text = _said(title, text)
    with transaction():
        engagement = engagements.hold(engagement_id, Stage.OPEN) if engagement_id else None
        place = engagement.place_id if engagement else place_id
        if place is None:
            raise Refused("Choose which area this is about", "place_id")
        author = identity.speaking(author_id, standing.sector)
        actor = _writer(author, standing, place)
        issue = _conversation(
            author,
            issue_id or (engagement.issue_id if engagement else None),
            title=title,
            place_id=place,
            sector=standing.sector,
        )
        made = Contribution(
            place_id=place,
            engagement_id=engagement_id,
            issue_id=issue.id,
            author_id=author_id,
            kind=kind,
            title=title,
            text=text,
            **_columns(standing),
        )
        issues.raised(issue, made.submitted_at)
        _put(made, author, actor)
        outbox.queue(author_id, "received", contribution_id=str(made.id))
    return made


def comment(
    author_id: UUID, contribution_id: UUID, *, text: str, side: Side, standing: Standing
) -> Contribution:
    """Say something under a contribution, or in reply to a comment on it, at most three deep.

    A deeper reply joins the third level. Raises NotAllowed, NotFound; Refused for words that are
    missing or over 1,000 characters, or in answer to words that are not shown.
    """
    text = tidy(text)
    if not text:
        raise Refused("Write what you want to say", "text")
    if len(text) > COMMENT_MAX:
        raise Refused(f"Say it in {COMMENT_MAX:,} characters or fewer", "text")
    with transaction():
        parent = hold(contribution_id)
        if not parent.readable:
            raise Refused("You cannot reply to words that are not shown.")
        author = identity.speaking(author_id, standing.sector)
        made = Contribution(
            place_id=parent.place_id,
            engagement_id=parent.engagement_id,
            issue_id=parent.issue_id,
            author_id=author_id,
            kind=Kind.COMMENT,
            title="",
            text=text,
            side=side,
            **_columns(standing),
        )
        made.answering(parent)
        _put(made, author, _writer(author, standing, parent.place_id))
        _count_comment(made)
    return made


def gather(planner_id: UUID, contribution_id: UUID, issue_id: UUID) -> None:
    """Move a contribution to the conversation it belongs to. Both keep its history.

    Raises NotAllowed, NotFound; Refused for a comment, or where it is there already.
    """
    with transaction():
        moved = hold(contribution_id)
        actor = permissions.require(planner_id, Do.GATHER, place_id=moved.place_id)
        if moved.parent_id is not None:
            raise Refused("A comment stays with what it answers.")
        if moved.issue_id == issue_id:
            raise Refused("It is part of that conversation already.", "issue_id")
        issue = issues.hold(issue_id)
        session.execute(
            update(Contribution)
            .where((Contribution.id == moved.id) | (Contribution.root_id == moved.id))
            .values(issue_id=issue.id)
            .execution_options(synchronize_session="fetch")
        )
        issues.raised(issue, moved.submitted_at)
        record.append(
            GatheredUnderIssue(
                subject=moved.id,
                place=moved.place_id,
                engagement=moved.engagement_id,
                issue=issue.id,
            ),
            actor,
            refs=[Ref(moved.id, "responds"), Ref(issue.id, "responds")],
        )


def words_of(made: Contribution) -> dict[str, Words]:
    """What its entry commits to: its title, if it has one, and its text. Empty once erased."""
    kept = {"title": (made.title_salt, made.title), "text": (made.text_salt, made.text)}
    return {name: Words(salt, value) for name, (salt, value) in kept.items() if salt and value}


def _said(title: str, text: str) -> tuple[str, str]:
    title, text = tidy(title), tidy(text)
    if not title or len(title) > TITLE_MAX:
        raise Refused(f"Give it a title, in {TITLE_MAX} characters or fewer", "title")
    if not text:
        raise Refused("Write what you want to say", "text")
    if len(text) > TEXT_MAX:
        raise Refused(f"Say it in {TEXT_MAX:,} characters or fewer", "text")
    return title, text


def _columns(standing: Standing) -> dict[str, Any]:
    if standing.headcount < 1:
        raise Refused("Say how many people you asked, at least 1", "headcount")
    return {
        "sector": standing.sector,
        "organisation_id": standing.organisation_id,
        "name_shown": standing.name_shown,
        "channel": standing.channel,
        "headcount": standing.headcount,
        "recorded_by_id": standing.recorded_by_id,
        "language": standing.language,
        "unlinkable": standing.unlinkable,
    }


def _writer(author: Actor, standing: Standing, place_id: UUID) -> Actor:
    """Whoever acts: the author, or the helper who writes their words down for them."""
    if standing.recorded_by_id is None:
        return author
    return permissions.require(standing.recorded_by_id, Do.WRITE_DOWN, place_id=place_id)


def _conversation(
    author: Actor, issue_id: UUID | None, *, title: str, place_id: UUID, sector: Sector
) -> Issue:
    if issue_id is not None:
        return issues.hold(issue_id)
    return issues.open_(
        author,
        title=title,
        place_id=place_id,
        sector=sector,
        body_id=bodies.sole_decider(place_id),
    )


def _put(made: Contribution, author: Actor, actor: Actor) -> None:
    session.add(made)
    search.add(
        made.id,
        "contribution" if made.parent_id is None else "comment",
        place_id=made.place_id,
        title=made.title or "",
        text=made.text or "",
        at=made.submitted_at,
    )
    tell(made, author, actor)


def tell(
    made: Contribution, author: Actor, actor: Actor | None, origin: Origin | None = None
) -> None:
    """Have the record say that it was made; `actor` None: the operator brought it in.

    An author who is not to be linked is not named as the one who acts either.
    """
    if made.unlinkable and actor == author:
        actor = None
    record.append(
        ContributionMade(
            subject=made.id,
            place=made.place_id,
            engagement=made.engagement_id,
            on=origin.said_at if origin else None,
            imported=origin.imported if origin else None,
            kind_of_input=made.kind,
            sector=made.sector,
            channel=made.channel,
            author=author.pseudonym(made.id if made.unlinkable else made.place_id),
            issue=made.issue_id,
            organisation=made.organisation_id,
            parent=made.parent_id,
            side=made.side,
            headcount=made.headcount,
            unlinkable=made.unlinkable,
        ),
        actor,
        words=words_of(made),
        refs=[Ref(made.parent_id, "responds")] if made.parent_id else [],
    )


def _count_comment(made: Contribution) -> None:
    session.execute(
        update(Contribution)
        .where(Contribution.id == made.root_id)
        .values(comments_count=Contribution.comments_count + 1)
    )
