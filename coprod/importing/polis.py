"""A Polis conversation, as its export gives it: statements, and who agreed with them.

Statements become contributions, and the people whose last vote on one was "agree" support it.
Disagreements and passes are kept as counts. Source of the columns and their signs: the export of
https://github.com/compdemocracy/polis; participants-votes.csv says nothing that votes.csv does not.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from coprod import bodies, clock, contributions, db, engagements, places
from coprod.contributions import Contribution, Said, State, Supporter
from coprod.db import session
from coprod.engagements import Engagement
from coprod.events import BodyKind, Channel, HideRule, Kind, PlaceKind, Promise, Sector
from coprod.identity import NameShown
from coprod.importing import files, model, tables
from coprod.importing.bringing import Bringing, actor, taken
from coprod.importing.files import Sources
from coprod.importing.report import Progress, Report
from coprod.importing.tables import BadRow, Row, Shape, needed
from coprod.places import Place
from coprod.text import tidy

FILES = ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv")
COMMENTS = Shape(
    ("timestamp", "comment-id", "author-id", "moderated", "comment-body"),
    ("datetime", "agrees", "disagrees"),
)
VOTES = Shape(("timestamp", "comment-id", "voter-id", "vote"), ("datetime",))
ELSEWHERE = "Imported conversations"  # the partnership and body of those that belong to none here
REJECTED = "-1"
AGREED, DISAGREED, PASSED = "1", "-1", "0"


@dataclass(frozen=True)
class Comment:
    row: Row
    id: str
    author: str
    at: datetime
    rejected: bool
    text: str


@dataclass(frozen=True)
class Vote:
    comment: str
    voter: str
    at: datetime
    vote: str


Votes = Mapping[str, Vote]  # by voter


@dataclass(frozen=True)
class Conversation:
    """What an export holds. `votes` are in the order of the log; a later one replaces an earlier.

    `topic` is "" where there is no summary.csv.
    """

    sources: Sources
    rows: int
    topic: str
    comments: Sequence[Comment]
    votes: Sequence[Vote]

    @property
    def latest(self) -> dict[str, dict[str, Vote]]:
        """Everyone's last vote on each statement: statement → voter → vote."""
        last: defaultdict[str, dict[str, Vote]] = defaultdict(dict)
        for vote in self.votes:
            before = last[vote.comment].get(vote.voter)
            if before is None or vote.at >= before.at:
                last[vote.comment][vote.voter] = vote
        return last

    @property
    def began(self) -> datetime:
        return min(self._moments())

    @property
    def ended(self) -> datetime:
        """Its last act, and a second more, so that it closes after it opens."""
        return max(self._moments()) + timedelta(seconds=1)

    def _moments(self) -> list[datetime]:
        return [comment.at for comment in self.comments] + [vote.at for vote in self.votes]


def bring_in(
    path: Path,
    report: Report,
    progress: Progress,
    *,
    slug: str | None = None,
    dry_run: bool = False,
) -> None:
    """Bring in the export at `path`, or do all but keep it (`dry_run`).

    It joins the engagement that `slug` names; None: it becomes one of its own, in a place of its
    own. Raises Unusable, AlreadyHere, NotFound; NothingDone where anything was refused.
    """
    conversation = read(path, report)
    if slug is None and not conversation.topic:
        report.refuse("summary.csv", None, "its topic is needed to name a have-your-say")
        report.insist()
    with db.rehearsal() if dry_run else db.transaction():
        made = model.begin("polis", conversation.sources, conversation.rows, None)
        bringing = Bringing(made.id, conversation.sources.name, report, progress)
        engagement = (
            engagements.hold(engagements.by_slug(slug).id)
            if slug
            else _engagement(bringing, conversation)
        )
        _write(bringing, conversation, engagement)
        model.remember(made.id, bringing.named)


def read(path: Path, report: Report) -> Conversation:
    """Read a folder or a zip. Raises Unusable; NothingDone once every fault is in the report."""
    sources = files.read(path, FILES, report)
    for name in ("comments.csv", "votes.csv"):
        if name not in sources.files:
            report.refuse(name, None, "there is no such file in it")
    report.insist()
    comments = tables.read("comments.csv", sources.files["comments.csv"], COMMENTS, report)
    votes = tables.read("votes.csv", sources.files["votes.csv"], VOTES, report)
    topic = _topic(sources.files.get("summary.csv"), report)
    report.insist()
    known = _comment_ids(comments, report)
    said = taken(comments, _comment, report)
    voted = taken([Row(v.file, v.line, v.cells, {"comments": known}) for v in votes], _vote, report)
    if not said:
        report.refuse("comments.csv", None, "it holds no statement")
    report.insist()
    return Conversation(sources, len(comments) + len(votes), topic, said, voted)


def _comment_ids(rows: Sequence[Row], report: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        line = found.setdefault(row.get("comment-id"), row.line)
        if line != row.line:
            report.refuse(row.file, row.line, f"comment-id: it stands on line {line} already")
    return found


def _comment(row: Row) -> Comment:
    moderated = needed("moderated", row.get("moderated"))
    if moderated not in {"-1", "0", "1"}:
        raise BadRow("moderated: it is -1, 0 or 1")
    return Comment(
        row=row,
        id=needed("comment-id", row.get("comment-id")),
        author=needed("author-id", row.get("author-id")),
        at=_moment(row),
        rejected=moderated == REJECTED,
        text=needed("comment-body", tidy(row.cells.get("comment-body"))),
    )


def _vote(row: Row) -> Vote:
    vote = needed("vote", row.get("vote"))
    if vote not in {AGREED, DISAGREED, PASSED}:
        raise BadRow("vote: it is 1 (agree), -1 (disagree) or 0 (pass)")
    return Vote(
        comment=needed("comment-id", row.link("comment-id", "comments")),
        voter=needed("voter-id", row.get("voter-id")),
        at=_moment(row),
        vote=vote,
    )


def _moment(row: Row) -> datetime:
    """Milliseconds since 1970, as a moment. The column beside it is in some server's own zone."""
    given = row.get("timestamp")
    if not (given.isascii() and given.isdecimal() and 12 <= len(given) <= 13):
        raise BadRow("timestamp: it is a number of milliseconds since 1970")
    at = datetime.fromtimestamp(int(given) // 1000, UTC)
    if at > clock.now():
        raise BadRow("timestamp: it is still to come")
    return at


def _topic(content: bytes | None, report: Report) -> str:
    """What it was about: summary.csv has no header, a name and a value to a row."""
    if content is None:
        return ""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        report.refuse("summary.csv", None, "it is not CSV in UTF-8")
        return ""
    told = {row[0]: row[1] for row in rows if len(row) == 2}
    if "topic" not in told:
        report.refuse("summary.csv", None, 'it has no row "topic"')
    return " ".join(tidy(told.get("topic")).split())


def _engagement(bringing: Bringing, conversation: Conversation) -> Engagement:
    """One of its own, in a locality named for its folder, under a partnership for all such.

    What it promised is not known: it is taken to have promised the least there is.
    """
    partnership = _place(bringing, ELSEWHERE, PlaceKind.PARTNERSHIP, None)
    name = conversation.sources.name.removesuffix(".zip")
    locality = _place(bringing, name, PlaceKind.LOCALITY, partnership.id)
    body = next((known for known in bodies.every() if known.name == ELSEWHERE), None) or bodies.add(
        bringing.importer,
        name=ELSEWHERE,
        kind=BodyKind.OTHER,
        place_id=partnership.id,
        decides=False,
        imported=bringing.imported,
    )
    held = engagements.Held(
        title=conversation.topic,
        place_id=locality.id,
        body_id=body.id,
        promise=Promise.TELL,
        opens=conversation.began,
        closes=conversation.ended,
    )
    bringing.report.note("summary.csv", None, f"it becomes a have-your-say of its own, in {name}")
    return engagements.bring_in(bringing.importer, held, imported=bringing.imported)


def _place(bringing: Bringing, name: str, kind: PlaceKind, parent_id: UUID | None) -> Place:
    """A place of that name and kind, added unless it is here."""
    known = next((p for p in places.every() if (p.name, p.kind) == (name, kind)), None)
    return known or places.add(
        bringing.importer, name=name, kind=kind, parent_id=parent_id, imported=bringing.imported
    )


def _write(bringing: Bringing, conversation: Conversation, engagement: Engagement) -> None:
    made = {}
    batch = []
    for each in bringing.each("statements", conversation.comments):
        author = bringing.person(each.author, [Sector.RESIDENT])
        made[each.id] = _contribution(each, author.id, engagement)
        bringing.keep("contributions", each.id, made[each.id].id)
        batch.append(
            Said(
                made=made[each.id],
                author=actor(author, Sector.RESIDENT),
                origin=bringing.origin(each.at),
            )
        )
    contributions.bring_in(batch, bringing.importer)
    latest = conversation.latest
    for comment, votes in bringing.each("statements voted on", list(latest.items())):
        _bring_votes(bringing, made[comment], list(votes.values()))
    _tell(bringing.report, conversation, latest)


def _contribution(each: Comment, author_id: UUID, engagement: Engagement) -> Contribution:
    return Contribution(
        place_id=engagement.place_id,
        engagement_id=engagement.id,
        issue_id=engagement.issue_id,
        author_id=author_id,
        sector=Sector.RESIDENT,
        kind=Kind.COMMENT,
        channel=Channel.ONLINE,
        title="",
        text=each.text,
        name_shown=NameShown.NONE,
        state=State.HIDDEN if each.rejected else State.PUBLISHED,
        rule=HideRule.OFF_TOPIC if each.rejected else None,
    )


def _bring_votes(bringing: Bringing, contribution: Contribution, votes: Sequence[Vote]) -> None:
    counted = Counter(vote.vote for vote in votes)
    supporters = []
    for vote in votes:
        if vote.vote == AGREED:
            person = bringing.person(vote.voter, [Sector.RESIDENT])
            supporters.append(Supporter(person.id, actor(person, Sector.RESIDENT), vote.at))
    contributions.bring_in_supports(contribution, supporters, imported=bringing.imported)
    session.add(
        model.ToldVotes(
            contribution_id=contribution.id,
            agreed=counted[AGREED],
            disagreed=counted[DISAGREED],
            passed=counted[PASSED],
        )
    )


def _tell(report: Report, conversation: Conversation, latest: Mapping[str, Votes]) -> None:
    """What came of it, in numbers that can be held against the source's own."""
    last = [vote for votes in latest.values() for vote in votes.values()]
    counted = Counter(vote.vote for vote in last)
    rejected = sum(each.rejected for each in conversation.comments)
    report.count("people who put in a statement", len({c.author for c in conversation.comments}))
    report.count("people who voted", len({vote.voter for vote in last}))
    report.count("votes in the log", len(conversation.votes))
    report.count("last votes, one for each person and statement", len(last))
    report.count("supports, from those who agreed", counted[AGREED])
    report.note(
        "votes.csv",
        None,
        f"{counted[DISAGREED]:,} votes that disagree and {counted[PASSED]:,} that pass are kept "
        "as counts of each statement",
    )
    report.note("comments.csv", None, "no sector is given: all are taken to be residents (COM)")
    if rejected:
        report.note(
            "comments.csv",
            None,
            f"{rejected:,} rejected by its moderators: hidden as off topic, since Polis gives no "
            "reason",
        )
