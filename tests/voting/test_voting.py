"""Voting: one person, one ballot, hidden until it closes, then open to anyone to count again."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from coprod import clock, contributions, engagements, record, voting
from coprod.db import session
from coprod.engagements import Engagement
from coprod.errors import Changed, NotAllowed, Refused
from coprod.events import (
    AppraisalRecorded,
    BallotCast,
    Channel,
    PaperBallotsCounted,
    PollDisputed,
    PollDisputeResolved,
    PollOpened,
    PollTallied,
    Promise,
    Role,
    Sector,
    Stage,
    VoteAnswered,
    VotersForgotten,
)
from coprod.voting import Ballot, Poll
from tests.make import (
    a_contribution,
    a_person,
    a_place,
    a_vote,
    after,
    an_engagement,
    entries,
    someone_who,
    told,
)

pytestmark = pytest.mark.usefixtures("app", "noon")


@contextmanager
def while_open(poll: Poll):
    with clock.at(poll.opened_at + timedelta(days=1)):
        yield


@contextmanager
def once_over(poll: Poll, **more: float):
    with clock.at(poll.closes_at + timedelta(minutes=3) + timedelta(**more)):
        yield


def lines(poll: Poll) -> dict[str, object]:
    return {option.title: option.id for option in voting.get(poll.id).options}


def vote(poll: Poll, *titles: str, sector: Sector = Sector.RESIDENT) -> object:
    voter = a_person(sector)
    with while_open(poll):
        voting.cast(voter.id, poll.id, choices=[lines(poll)[t] for t in titles], sector=sector)
    return voter


def counted(poll: Poll) -> Poll:
    with once_over(poll):
        voting.close_due()
    return voting.get(poll.id)


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def engagement(place):
    return an_engagement(place)


@pytest.fixture
def poll(engagement):
    return a_vote(engagement)


# --- opening --------------------------------------------------------------------------------------


def test_opening_a_vote_says_its_rules_on_the_record_and_moves_the_stage(engagement):
    poll = a_vote(engagement, "A later bus", "A taxi card", choose=2)

    assert engagements.get(engagement.id).stage is Stage.VOTING
    assert told(poll.id) == [
        PollOpened(
            subject=poll.id,
            place=engagement.place_id,
            engagement=engagement.id,
            method="approval",
            options=tuple(option.id for option in voting.get(poll.id).options),
            choose=2,
            closes=clock.local_date(poll.closes_at),
            ties="drawn",
            binding=False,
        )
    ]
    assert set(lines(poll)) == {"A later bus", "A taxi card", voting.NO_CHANGE}


def test_the_order_on_paper_is_drawn_by_lot(place):
    drawn = {
        tuple(option.title for option in voting.get(a_vote(an_engagement(place)).id).options)
        for _ in range(12)
    }
    assert len(drawn) > 1


def test_no_change_is_not_put_twice(engagement):
    planner = someone_who(Role.PLANNER, place=a_place())
    planner = someone_who(Role.PLANNER)
    same = engagements.add_option(
        planner.id, engagement.id, title="As now", origin=Sector.OFFICER, does_nothing=True
    )
    poll = a_vote(engagement, "A later bus", option_ids=[same.id])
    assert set(lines(poll)) == {"A later bus", "As now"}


def test_people_have_their_say_to_the_end_before_a_vote(engagement):
    planner = someone_who(Role.PLANNER)
    said = a_contribution(engagement_id=engagement.id)
    rules = {
        "question": "Which?",
        "duty": "Look at it.",
        "choose": 1,
        "closes_on": clock.today() + timedelta(90),
        "contribution_ids": [said.id],
    }
    with pytest.raises(Refused, match="but not less"):
        voting.open_(planner.id, engagement.id, **rules)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"choose": 0}, "choose"),
        ({"choose": 3}, "choose"),
        ({"question": " "}, "question"),
        ({"duty": ""}, "duty"),
        ({"contribution_ids": []}, "contribution_ids"),
        ({"closes_hour": 9}, "closes_hour"),
    ],
)
def test_rules_that_cannot_be_are_refused_beside_their_field(engagement, rules, field):
    with pytest.raises(Refused) as refused:
        a_vote(engagement, **rules)
    assert refused.value.field == field
    assert engagements.get(engagement.id).stage is Stage.OPEN


def test_only_what_was_put_to_this_engagement_can_be_voted_on(engagement):
    elsewhere = a_contribution()
    with pytest.raises(Refused, match="this have-your-say"):
        a_vote(engagement, contribution_ids=[elsewhere.id])


def test_you_decide_means_that_the_vote_is_followed(place):
    engagement = an_engagement(place, promise=Promise.YOU_DECIDE)
    with pytest.raises(Refused) as refused:
        a_vote(engagement)
    assert refused.value.field == "binding"


def test_there_is_one_vote_at_a_time(engagement, poll):
    with pytest.raises(Changed), while_open(poll):
        voting.open_(
            someone_who(Role.PLANNER).id,
            engagement.id,
            question="Again?",
            duty="x",
            choose=1,
            closes_on=clock.today() + timedelta(30),
            contribution_ids=[
                option.contribution_id
                for option in voting.get(poll.id).options
                if option.contribution_id
            ],
        )


# --- casting --------------------------------------------------------------------------------------


def test_casting_gives_a_tracker_and_tells_the_record_nothing_of_who_or_what(poll):
    voter = a_person()

    with while_open(poll):
        receipt = voting.cast(
            voter.id, poll.id, choices=[lines(poll)["A later bus"]], sector=Sector.RESIDENT
        )

    assert len(receipt.tracker) == 16
    assert receipt.shown.count("-") == 3
    entry = entries()[-1]
    assert entry.event == BallotCast(
        subject=poll.id, place=poll.engagement.place_id, engagement=poll.engagement_id
    )
    assert entry.actor is None
    leaf = record.get(entry.index).leaf
    assert receipt.tracker.encode() not in leaf
    assert str(receipt.choices[0]).encode() not in leaf


def test_a_changed_mind_is_the_same_ballot(poll):
    voter = a_person()
    with while_open(poll):
        first = voting.cast(
            voter.id, poll.id, choices=[lines(poll)["A later bus"]], sector=Sector.RESIDENT
        )
        second = voting.cast(
            voter.id, poll.id, choices=[lines(poll)["A taxi card"]], sector=Sector.RESIDENT
        )
    assert (first.tracker, first.version, second.version) == (second.tracker, 1, 2)
    assert voting.mine(voter.id, voting.get(poll.id)) == second
    assert voting.turnout(voting.get(poll.id)) == 1


def test_the_same_choices_again_are_the_same_act(poll):
    voter = a_person()
    said = {"choices": [lines(poll)["A later bus"]], "sector": Sector.RESIDENT}
    with while_open(poll):
        assert voting.cast(voter.id, poll.id, **said) == voting.cast(voter.id, poll.id, **said)
    assert [type(e) for e in told(poll.id)] == [PollOpened, BallotCast]


@pytest.mark.parametrize("titles", [(), ("A later bus", "A taxi card")])
def test_too_few_or_too_many_choices_are_refused(poll, titles):
    with pytest.raises(Refused) as refused:
        vote(poll, *titles)
    assert refused.value.field == "choices"


def test_an_option_of_another_paper_is_refused(poll, place):
    other = a_vote(an_engagement(place))
    with while_open(poll), pytest.raises(Refused, match="on the ballot"):
        voting.cast(
            a_person().id,
            poll.id,
            choices=[lines(other)["A later bus"]],
            sector=Sector.RESIDENT,
        )


def test_people_vote_as_who_they_said_they_are(poll):
    with while_open(poll), pytest.raises(NotAllowed):
        voting.cast(
            a_person(Sector.RESIDENT).id,
            poll.id,
            choices=[lines(poll)["A later bus"]],
            sector=Sector.ELECTED,
        )


def test_a_vote_for_some_is_not_for_others(engagement):
    poll = a_vote(engagement, sectors=[Sector.LIVED_EXPERIENCE, Sector.RESIDENT])
    vote(poll, "A later bus", sector=Sector.LIVED_EXPERIENCE)
    with pytest.raises(NotAllowed, match="for others"):
        vote(poll, "A later bus", sector=Sector.OFFICER)


def test_a_ballot_received_in_time_counts_and_one_received_later_does_not(poll):
    choice = [lines(poll)["A later bus"]]
    late = poll.closes_at + timedelta(seconds=1)
    with clock.at(late), clock.serving(poll.closes_at):
        voting.cast(a_person().id, poll.id, choices=choice, sector=Sector.RESIDENT)
    with clock.at(late), pytest.raises(Changed, match="closed"):
        voting.cast(a_person().id, poll.id, choices=choice, sector=Sector.RESIDENT)
    assert counted(poll).ballots_count == 1


def test_everyone_sees_the_options_in_an_order_of_their_own(poll):
    options = voting.get(poll.id).options
    orders = [tuple(o.id for o in voting.fairly(options, f"reader {n}")) for n in range(600)]
    assert orders[0] == tuple(o.id for o in voting.fairly(options, "reader 0"))
    firsts = [order[0] for order in orders]
    for option in options:
        assert 150 < firsts.count(option.id) < 250, "each comes first about one time in three"


# --- counting -------------------------------------------------------------------------------------


def test_the_count_says_what_each_sector_and_channel_chose_and_weighs_nothing(poll):
    for _ in range(7):
        vote(poll, "A later bus")
    for _ in range(6):
        vote(poll, "A taxi card", sector=Sector.OFFICER)

    done = counted(poll)

    votes = {option.title: (option.votes, option.place) for option in done.options}
    assert votes == {"A later bus": (7, 1), "A taxi card": (6, 2), voting.NO_CHANGE: (0, 3)}
    tallied = told(poll.id)[-1]
    assert isinstance(tallied, PollTallied)
    assert tallied.ballots == 13
    assert dict(zip(tallied.options, tallied.votes, strict=True)) == {
        o.id: o.votes for o in done.options
    }
    assert dict(zip(tallied.sectors, map(sum, tallied.sector_votes), strict=True)) == {
        Sector.RESIDENT: 7,
        Sector.OFFICER: 6,
    }
    assert tallied.channels == (Channel.ONLINE,)
    assert engagements.get(poll.engagement_id).stage is Stage.ANALYSING


def test_nothing_says_how_a_vote_goes_while_it_is_open(poll):
    for _ in range(12):
        vote(poll, "A later bus")
    running = voting.get(poll.id)
    assert [option.votes for option in running.options] == [None, None, None]
    assert voting.ballot_list(running) is None
    assert voting.groups(poll.id) == ([], [])
    assert {type(e) for e in told(poll.id)} == {PollOpened, BallotCast}


def test_time_to_vote_is_never_cut_short(poll):
    planner = someone_who(Role.PLANNER)
    with while_open(poll):
        with pytest.raises(Refused):
            voting.close(planner.id, poll.id)
        assert voting.close_due() == 0
    with clock.at(poll.closes_at + timedelta(minutes=1)):
        assert voting.close_due() == 0, "what arrived by the deadline is still being taken in"


def test_a_vote_is_counted_once(poll):
    with once_over(poll):
        assert voting.close_due() == 1
        assert voting.close_due() == 0
        with pytest.raises(Changed):
            voting.close(someone_who(Role.PLANNER).id, poll.id)


def test_of_two_with_equally_many_votes_the_one_drawn_first_comes_first(place):
    for _ in range(4):
        poll = a_vote(an_engagement(place))
        for _ in range(3):
            vote(poll, "A later bus")
            vote(poll, "A taxi card")
        done = counted(poll)
        first, second, _ = voting.by_place(done)
        assert first.votes == second.votes == 3
        assert first.position < second.position
        assert done.winners == [first, second]


def test_with_fewer_than_five_ballots_no_result_is_told(poll):
    for _ in range(4):
        vote(poll, "A later bus")

    done = counted(poll)

    assert done.ballots_count == 4
    assert [option.votes for option in done.options] == [None, None, None]
    assert told(poll.id)[-1] == PollTallied(
        subject=poll.id,
        place=poll.engagement.place_id,
        engagement=poll.engagement_id,
        method="approval",
        options=(),
        votes=(),
        ballots=4,
    )


def test_the_ballots_are_listed_by_tracker_from_ten_up(place):
    few, many = a_vote(an_engagement(place)), a_vote(an_engagement(place))
    for n in range(10):
        vote(many, "A later bus" if n % 2 else "A taxi card")
        if n:
            vote(few, "A later bus")
    assert voting.ballot_list(counted(few)) is None
    done = counted(many)
    listed = voting.ballot_list(done)
    assert listed is not None
    assert [line.tracker for line in listed] == sorted(line.tracker for line in listed)
    recount = [option for line in listed for option in line.chosen]
    assert {o.id: recount.count(o.id) for o in done.options} == {
        o.id: o.votes for o in done.options
    }


@pytest.mark.parametrize(
    ("ballots", "hidden"),
    [
        ({"COM": 40, "TS": 12}, set()),
        ({"COM": 40, "TS": 12, "STO": 2}, {"STO", "TS"}),
        ({"COM": 40, "TS": 12, "STO": 2, "ELE": 1}, {"STO", "ELE", "TS"}),
        ({"COM": 40, "TS": 12, "STO": 4, "ELE": 4}, {"STO", "ELE"}),
        ({"COM": 3}, {"COM"}),
        ({"COM": 40, "STO": 1}, {"COM", "STO"}),
        ({}, set()),
    ],
)
def test_groups_that_could_point_at_a_person_cannot_be_worked_out_either(ballots, hidden):
    assert voting.withheld(ballots) == hidden


# --- paper ----------------------------------------------------------------------------------------


def test_paper_counts_once_a_second_person_has_checked_it_apart_by_channel(poll):
    one, other = (someone_who(Role.HELPER) for _ in range(2))
    for _ in range(5):
        vote(poll, "A later bus")
    with while_open(poll):
        batch = voting.enter(
            one.id,
            poll.id,
            papers=[[1]] * 5 + [[2]],
            sector=Sector.RESIDENT,
            source="Airdrie library, 4 June",
        )
        assert voting.turnout(voting.get(poll.id)) == 5
        with pytest.raises(NotAllowed, match="Somebody else"):
            voting.check(one.id, batch.id)
        voting.check(other.id, batch.id)
        with pytest.raises(Changed):
            voting.check(other.id, batch.id)

    done = counted(poll)

    assert done.ballots_count == 11
    _, channels = voting.groups(poll.id)
    assert {(g.channel, g.ballots) for g in channels} == {
        (Channel.ONLINE, 5),
        (Channel.PAPER, 6),
    }
    batches = [e for e in entries() if isinstance(e.event, PaperBallotsCounted)]
    assert [(e.event.ballots, e.capacity) for e in batches] == [(6, "helper")]
    assert len([e for e in told(poll.id) if isinstance(e, BallotCast)]) == 11


def test_unchecked_paper_does_not_count(poll):
    with while_open(poll):
        voting.enter(
            someone_who(Role.HELPER).id,
            poll.id,
            papers=[[1]],
            sector=Sector.RESIDENT,
            source="By post",
        )
    assert counted(poll).ballots_count == 0


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([[1], [9]], "Line 2: there is no number 9"),
        ([[1, 2]], "Line 1: You chose 2"),
        ([[]], "Line 1: Choose at least one"),
        ([], "Type in 1 to"),
    ],
)
def test_the_first_wrong_paper_is_named_and_none_is_kept(poll, papers, words):
    with while_open(poll), pytest.raises(Refused, match=words):
        voting.enter(
            someone_who(Role.HELPER).id,
            poll.id,
            papers=papers,
            sector=Sector.RESIDENT,
            source="By post",
        )
    assert voting.batches(poll.id) == []


def test_papers_are_read_a_line_each():
    assert voting.read_papers("1 2\n\n3,4\n 5. \r\n") == [[1, 2], [3, 4], [5]]
    with pytest.raises(Refused, match="Line 2"):
        voting.read_papers("1\nfour")


# --- what becomes of it ---------------------------------------------------------------------------


@pytest.fixture
def result(poll):
    """A counted vote that the later bus won."""
    for _ in range(7):
        vote(poll, "A later bus")
    for _ in range(3):
        vote(poll, "A taxi card")
    return counted(poll)


def test_the_body_says_what_it_did_with_the_result(result):
    officer = someone_who(Role.OFFICER)
    ids = lines(result)
    ranks = {ids["A taxi card"]: 1, ids["A later bus"]: 2, ids[voting.NO_CHANGE]: 3}

    with once_over(result, days=9):
        voting.answer(
            officer.id,
            result.id,
            adopted=[ids["A taxi card"]],
            ranks=ranks,
            reasons="There are no drivers.",
        )

    assert told(result.id)[-1] == VoteAnswered(
        subject=result.id,
        place=result.engagement.place_id,
        engagement=result.engagement_id,
        adopted=(ids["A taxi card"],),
        ranks=tuple(ranks[option.id] for option in result.options),
        reasons=True,
    )
    answered = voting.get(result.id)
    assert not answered.followed
    assert answered.reasons == "There are no drivers."


def test_what_a_body_did_is_answered_once_and_only_after_the_count(poll, place):
    officer = someone_who(Role.OFFICER)
    with while_open(poll), pytest.raises(Changed):
        voting.answer(officer.id, poll.id, adopted=[])
    done = counted(poll)
    with once_over(done):
        voting.answer(officer.id, poll.id, adopted=[])
        with pytest.raises(Changed):
            voting.answer(officer.id, poll.id, adopted=[])


def test_a_ranking_ranks_every_option_once(result):
    ids = list(lines(result).values())
    for ranks in ({ids[0]: 1}, dict.fromkeys(ids, 1)):
        with pytest.raises(Refused) as refused:
            voting.answer(someone_who(Role.OFFICER).id, result.id, adopted=[], ranks=ranks)
        assert refused.value.field == "ranks"


def test_a_binding_vote_that_is_followed_shows_that_people_held_the_power(place):
    poll = a_vote(an_engagement(place, promise=Promise.YOU_DECIDE), binding=True)
    for _ in range(5):
        vote(poll, "A later bus")
    done = counted(poll)
    voting.answer(someone_who(Role.OFFICER).id, done.id, adopted=[lines(done)["A later bus"]])
    appraised = [e for e in told(poll.engagement_id) if isinstance(e, AppraisalRecorded)]
    assert [e.community_power for e in appraised] == [True]


# --- whose ballot is whose ------------------------------------------------------------------------


def test_two_weeks_on_no_ballot_links_to_anybody(poll):
    voter = vote(poll, "A later bus")
    done = counted(poll)
    assert voting.mine(voter.id, done) is not None
    with once_over(poll, days=13):
        assert voting.forget_voters() == 0
    with once_over(poll, days=15):
        assert voting.forget_voters() == 1
        assert voting.forget_voters() == 0
    forgotten = voting.get(poll.id)
    assert forgotten.key is None
    assert voting.mine(voter.id, forgotten) is None
    assert isinstance(told(poll.id)[-1], VotersForgotten)


def test_while_a_count_is_doubted_the_means_to_check_it_are_kept(poll):
    vote(poll, "A later bus")
    counted(poll)
    checker = someone_who(Role.CHECKER)
    with once_over(poll, days=1):
        with pytest.raises(NotAllowed):
            voting.dispute(someone_who(Role.OFFICER).id, poll.id)
        voting.dispute(checker.id, poll.id)
    with once_over(poll, days=30):
        assert voting.forget_voters() == 0
        voting.settle(checker.id, poll.id, upheld=False)
        assert voting.forget_voters() == 1
    assert [type(e) for e in told(poll.id)[-3:]] == [
        PollDisputed,
        PollDisputeResolved,
        VotersForgotten,
    ]


def test_a_ballot_row_says_nothing_of_when_or_by_whom(poll):
    voter = vote(poll, "A later bus")
    ballot = session.scalars(select(Ballot)).one()
    kept = {column.name for column in Ballot.__table__.columns}
    assert not {name for name in kept if name.endswith("_at") or "person" in name}
    assert voter.id.bytes not in (ballot.voter_tag or b"")


def test_a_contribution_that_is_voted_on_keeps_its_words(engagement, poll):
    line = next(o for o in voting.get(poll.id).options if o.contribution_id)
    assert contributions.get(line.contribution_id).title == line.title
    assert isinstance(engagement, Engagement)
    assert after(engagement) == poll.opened_at
