"""What people said elsewhere, taken in as it was said: many at a time, by its own dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod import issues, record, search
from coprod.contributions.model import Contribution
from coprod.contributions.raising import Origin, tell
from coprod.db import session
from coprod.events import ContributionHidden, PolicyTagged
from coprod.issues import Issue
from coprod.record import Actor, Ref


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something said elsewhere, and by whom. `parent` is what it answers, and comes before it."""

    made: Contribution
    author: Actor
    origin: Origin
    parent: Contribution | None = None


def bring_in(said: Sequence[Said], importer: Actor | None) -> None:
    """Take in what was said elsewhere, as the source has it, inside the import's transaction.

    Each keeps its own date and is shown as imported; no stage is checked, since it was not said
    here, and nobody is written to. It may come hidden, or tagged as to current policy. A
    conversation it belongs to counts it as raised when it was said. A few statements for all.
    """
    for each in said:
        made, origin = each.made, each.origin
        made.submitted_at, made.imported = origin.said_at, origin.imported
        if each.parent is not None:
            made.answering(each.parent)
        session.add(made)
    _count_comments(said)
    session.flush()
    search.add_all(
        search.Entry(
            subject_id=each.made.id,
            kind="contribution" if each.made.parent_id is None else "comment",
            place_id=each.made.place_id,
            title=each.made.title or "",
            text=each.made.text or "",
            at=each.made.submitted_at,
        )
        for each in said
        if each.made.readable
    )
    _raise(said)
    for each in said:
        _tell(each, importer)


def _count_comments(said: Sequence[Said]) -> None:
    roots = {each.made.id: each.made for each in said}
    for root_id, many in Counter(each.made.root_id for each in said).items():
        if root_id is not None:
            root = roots.get(root_id) or session.get_one(Contribution, root_id)
            root.comments_count += many


def _raise(said: Sequence[Said]) -> None:
    """A comment does not raise its conversation: it talks about what did."""
    held: dict[UUID, Issue] = {}
    for made in (each.made for each in said):
        if made.parent_id is None and made.issue_id is not None:
            if made.issue_id not in held:
                held[made.issue_id] = issues.hold(made.issue_id)
            issues.raised(held[made.issue_id], made.submitted_at)


def _tell(each: Said, importer: Actor | None) -> None:
    made, origin = each.made, each.origin
    tell(made, each.author, importer, origin)
    if made.challenges_policy is not None:
        tagged = PolicyTagged(
            subject=made.id,
            place=made.place_id,
            engagement=made.engagement_id,
            on=origin.said_at,
            imported=origin.imported,
            challenges=made.challenges_policy,
        )
        record.append(tagged, importer, refs=[Ref(made.id, "responds")])
    if made.rule is not None:
        hidden = ContributionHidden(
            subject=made.id,
            place=made.place_id,
            engagement=made.engagement_id,
            on=origin.said_at,
            imported=origin.imported,
            rule=made.rule,
        )
        record.append(hidden, importer, refs=[Ref(made.id, "hides")])
