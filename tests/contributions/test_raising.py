"""Having one's say, and what others say to it."""

import pytest

from coprod import contributions, issues, search
from coprod.contributions import DEPTH_MAX, Standing, State
from coprod.db import session, transaction
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import (
    Channel,
    ContributionMade,
    GatheredUnderIssue,
    IssueOpened,
    Kind,
    Role,
    Sector,
    Side,
)
from coprod.issues import IssueState
from coprod.outbox import Message
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    an_engagement,
    as_,
    someone_who,
    told,
)

pytestmark = pytest.mark.usefixtures("app")


def comment(root, text="Me too.", side=Side.FOR, author=None):
    return contributions.comment(
        (author or a_person()).id, root.id, text=text, side=side, standing=as_()
    )


def test_what_somebody_says_opens_a_conversation_and_is_found_by_its_words():
    place = a_place()
    said = a_contribution(place, title="A later bus", text="To the carers' choir.")

    issue = issues.get(said.issue_id)
    assert (issue.title, issue.opened_by) == ("A later bus", Sector.RESIDENT)
    assert issue.waiting_since == issue.opened_at <= said.submitted_at
    assert [hit.subject_id for hit in search.find("choir", kinds=["contribution"]).hits] == [
        said.id
    ]
    assert [type(event) for event in told()[-2:]] == [IssueOpened, ContributionMade]


def test_it_joins_a_conversation_that_is_there_and_counts_as_an_episode(noon):
    place = a_place()
    first = a_contribution(place)
    second = a_contribution(place, issue_id=first.issue_id)

    issue = issues.get(first.issue_id)
    assert second.issue_id == issue.id
    assert issue.contributions_count == 2
    assert [(e.quarter, e.contributions) for e in issues.episodes(issue.id)] == [("2026Q2", 2)]


def test_a_decided_conversation_that_is_raised_again_waits_again():
    place = a_place()
    said = a_contribution(place)
    with transaction():
        issues.decided(issues.hold(said.issue_id))
    assert issues.get(said.issue_id).waiting_since is None

    again = a_contribution(place, issue_id=said.issue_id)

    issue = issues.get(said.issue_id)
    assert (issue.state, issue.waiting_since) == (IssueState.OPEN, again.submitted_at)


def test_a_new_conversation_is_put_to_the_one_body_that_decides_here():
    place = a_place()
    body = a_body(place)
    a_body(place, decides=False)
    assert issues.get(a_contribution(place).issue_id).body_id == body.id

    a_body(place)
    assert issues.get(a_contribution(place).issue_id).body_id is None


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [
        ("", "Words.", "title"),
        ("x" * 121, "Words.", "title"),
        ("T", " \n ", "text"),
        ("T", "x" * 8_001, "text"),
    ],
)
def test_words_that_are_missing_or_too_long_are_refused_beside_their_question(title, text, field):
    with pytest.raises(Refused) as refusal:
        a_contribution(title=title, text=text)
    assert refusal.value.field == field


def test_nobody_speaks_for_a_sector_they_have_not_said_is_theirs():
    with pytest.raises(NotAllowed):
        a_contribution(author=a_person(Sector.RESIDENT), sector=Sector.THIRD_SECTOR)


def test_its_author_is_told_that_it_was_received():
    author = a_person()
    said = a_contribution(author=author)
    (message,) = session.query(Message).all()
    assert (message.person_id, message.template) == (author.id, "received")
    assert message.context["contribution_id"] == str(said.id)


def test_what_a_helper_writes_down_is_theirs_who_said_it():
    place = a_place()
    margaret, helper = a_person(), someone_who(Role.HELPER, place=place)
    said = contributions.propose(
        margaret.id,
        title="Phoning the surgery",
        text="I wait forty minutes.",
        kind=Kind.EXPERIENCE,
        standing=Standing(sector=Sector.RESIDENT, channel=Channel.PHONE, recorded_by_id=helper.id),
        place_id=place.id,
    )
    event = told(said.id)[0]
    assert (said.author_id, said.recorded_by_id) == (margaret.id, helper.id)
    assert event.channel is Channel.PHONE


def test_only_a_helper_writes_for_somebody_else():
    with pytest.raises(NotAllowed):
        contributions.propose(
            a_person().id,
            title="T",
            text="W",
            kind=Kind.IDEA,
            standing=Standing(sector=Sector.RESIDENT, recorded_by_id=a_person().id),
            place_id=a_place().id,
        )


def test_comments_come_after_what_they_answer_three_deep():
    root = a_contribution()
    first = comment(root, "first")
    second = comment(root, "second")
    under = comment(first, "under first")
    deeper = comment(under, "deeper")
    deepest = comment(deeper, "deepest")

    order = [(c.text, c.depth) for c in contributions.thread(root.id).comments]

    assert order == [
        ("first", 1),
        ("under first", 2),
        ("deeper", 3),
        ("deepest", DEPTH_MAX),
        ("second", 1),
    ]
    assert deepest.parent_id == deeper.id
    assert second.root_id == deepest.root_id == root.id
    assert contributions.get(root.id).comments_count == 5


def test_a_long_discussion_comes_in_pages_that_leave_nothing_out():
    root = a_contribution()
    made = [comment(root, f"comment {n}") for n in range(7)]
    seen, after = [], ""
    while after is not None:
        page = contributions.thread(root.id, after, limit=3)
        seen += [c.id for c in page.comments]
        after = page.after
    assert seen == [c.id for c in made]


def test_a_comment_has_words_and_not_too_many():
    root = a_contribution()
    for text in ("", "x" * 1_001):
        with pytest.raises(Refused) as refusal:
            comment(root, text)
        assert refusal.value.field == "text"


def test_nothing_is_said_under_what_is_not_there():
    with pytest.raises(NotFound):
        contributions.comment(a_person().id, a_place().id, text="x", side=Side.FOR, standing=as_())


def test_a_planner_gathers_and_the_history_stays():
    place = a_place()
    one, other = a_contribution(place), a_contribution(place, title="Another")
    planner = someone_who(Role.PLANNER, place=place)

    contributions.gather(planner.id, other.id, one.issue_id)

    assert contributions.get(other.id).issue_id == one.issue_id
    assert issues.get(one.issue_id).contributions_count == 2
    assert isinstance(told(other.id)[-1], GatheredUnderIssue)
    with pytest.raises(NotAllowed):
        contributions.gather(a_person().id, other.id, one.issue_id)


def test_what_is_put_to_an_open_engagement_belongs_to_it():
    engagement = an_engagement()
    said = a_contribution(engagement_id=engagement.id)
    assert (said.engagement_id, said.place_id) == (engagement.id, engagement.place_id)
    assert said.state is State.PUBLISHED
