"""What an officer says when they record a decision, and the rules that hold whoever says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod import clock
from coprod.bodies import Meeting
from coprod.contributions import Contribution
from coprod.decisions.model import (
    AMENDING,
    CHANGE_MAX,
    NAME_MAX,
    NOTE_MAX,
    QUOTE_MAX,
    TEXT_MAX,
    TITLE_MAX,
)
from coprod.errors import Refused
from coprod.events import Disposition, Effect, Outcome, Reason
from coprod.text import occurs, tidy


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What was decided: title, outcome, the decision in plain words, why, and on which paper."""

    outcome: Outcome
    title: str
    text: str
    reasons: str
    paper_final: date
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """Whose words were used, which, and what they did; for changed and shaped, to what text."""

    contribution_id: UUID
    effect: Effect
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Rest:
    """What became of contributions that are not cited, and why. `because` may stay empty."""

    disposition: Disposition
    reasons: Sequence[Reason]
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Unused(Rest):
    """The same, of one contribution."""

    contribution_id: UUID


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """Something that will be done: `owner` is a post."""

    title: str
    owner: str
    due: date


def tidied(said: Ruling) -> Ruling:
    """The ruling as it is kept. Raises Refused for what is missing, or too long."""
    kept = Ruling(
        outcome=said.outcome,
        title=" ".join(tidy(said.title).split()),
        text=tidy(said.text),
        reasons=tidy(said.reasons),
        paper_final=said.paper_final,
        paper=tidy(said.paper),
    )
    if not kept.title or len(kept.title) > TITLE_MAX:
        raise Refused(f"Give the decision a title, in {TITLE_MAX} characters or fewer", "title")
    if not kept.text:
        raise Refused("Say what was decided, in plain words", "text")
    if not kept.reasons:
        raise Refused("Give the reasons: why was this decided?", "reasons")
    for field, words in (("text", kept.text), ("reasons", kept.reasons)):
        if len(words) > TEXT_MAX:
            raise Refused(f"Say it in {TEXT_MAX:,} characters or fewer", field)
    if len(kept.paper) > NAME_MAX:
        raise Refused(f"Give the paper's reference in {NAME_MAX} characters or fewer", "paper")
    return kept


def check_meeting(meeting: Meeting, body_id: UUID, paper_final: date | None = None) -> date:
    """The day of a meeting at which this body can have decided. Raises Refused.

    It must be the body's, have been held, and come no earlier than the day the paper was final.
    """
    if meeting.body_id != body_id:
        raise Refused("Choose a meeting of the body that decided", "meeting_id")
    day = clock.local_date(meeting.held_at)
    if meeting.held_at > clock.now():
        raise Refused("This meeting has not been held yet", "meeting_id")
    if paper_final is not None and paper_final > day:
        raise Refused("The paper cannot have been final after the meeting", "paper_final")
    return day


def check_quotable(said: Contribution, officer_id: UUID | None, paper_final: date | None) -> None:
    """Refuse what a decision cannot rest on: hidden words, one's own, and what came too late."""
    named = said.title or "this comment"
    if not said.readable or said.text is None:
        raise Refused(f"You cannot quote words that are not shown ({named})", "contribution_id")
    if said.author_id == officer_id:
        raise Refused(
            f"You cannot cite your own words ({named}): ask a colleague to record the decision",
            "contribution_id",
        )
    if paper_final is not None and clock.local_date(said.submitted_at) > paper_final:
        raise Refused(
            f"It came after the paper was final, so the decision cannot rest on it ({named})",
            "contribution_id",
        )


def check_quote(cited: Cited, said: Contribution) -> tuple[int, int]:
    """Where the quoted words stand in what was said: start and length in characters.

    Raises Refused, for the field, where they do not occur, or where changed and shaped lack the
    text before and after, or these are the same.
    """
    quote, before, after = tidy(cited.quote), tidy(cited.before), tidy(cited.after)
    if not quote or len(quote) > QUOTE_MAX:
        raise Refused(f"Quote the words used, in {QUOTE_MAX:,} characters or fewer", "quote")
    found = occurs(quote, said.text or "")
    if found is None:
        raise Refused(
            f"These words are not in what was said ({said.title or 'this comment'}). "
            "Copy them exactly as they were written",
            "quote",
        )
    _check_change(cited.effect, before, after)
    return found


def _check_change(effect: Effect, before: str, after: str) -> None:
    if effect in AMENDING:
        if not before:
            raise Refused("Give the text as it stood before", "before")
        if not after:
            raise Refused("Give the text as it reads after", "after")
        if before.split() == after.split():
            raise Refused("The text before and after is the same: what did it change?", "after")
    for field, words in (("before", before), ("after", after)):
        if len(words) > CHANGE_MAX:
            raise Refused(f"Give it in {CHANGE_MAX:,} characters or fewer", field)


def check_rest(rest: Rest) -> None:
    """Refuse a disposition that gives no reason."""
    if not rest.reasons:
        raise Refused("Say why: choose at least one reason", "reasons")
    if len(tidy(rest.because)) > NOTE_MAX:
        raise Refused(f"Explain it in {NOTE_MAX} characters or fewer", "because")


def check_action(agreed: Agreed, decided: date) -> None:
    """Refuse an action that nobody could follow: no words, no post, or due before it was agreed."""
    if not tidy(agreed.title) or len(tidy(agreed.title)) > NOTE_MAX:
        raise Refused(f"Say what will be done, in {NOTE_MAX} characters or fewer", "title")
    if not tidy(agreed.owner) or len(tidy(agreed.owner)) > NAME_MAX:
        raise Refused("Name the post that will do it, such as Transport planner", "owner")
    if agreed.due < decided:
        raise Refused("Choose a day after the decision", "due")
