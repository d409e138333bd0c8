"""The result of a vote: by option, by who people are here as, by how it came in; never weighted."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from flask import Response, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from coprod import decisions, text, voting
from coprod.permissions import Do
from coprod.voting import GroupCount, Poll
from coprod.web.access import anyone, me, needs
from coprod.web.caching import cached
from coprod.web.voting.room import address, pages, there

FEW = 20  # ballots; with fewer a result is an early sign (indicators, design rule 3)


def show_result(poll: Poll) -> ResponseReturnValue:
    """The page of a vote that has closed."""
    sectors, channels = voting.groups(poll.id)
    order = voting.by_place(poll)
    return render_template(
        "voting/result.html",
        poll=poll,
        order=order,
        tables=[
            ("By who people are here as", "sector", _table(poll, order, sectors), sectors),
            ("By how the votes came in", "channel", _table(poll, order, channels), channels),
        ],
        decisions=decisions.on_engagement(poll.engagement_id),
        few=FEW,
        least=voting.TELL_MIN,
        listed=(poll.ballots_count or 0) >= voting.LIST_MIN and poll.imported is None,
        list_least=voting.LIST_MIN,
        decides=there(Do.DECIDE, poll),
        checks=there(Do.CHECK, poll),
    )


@pages.post("/votes/<uuid:poll_id>/doubt")
@needs(Do.CHECK)
def doubt(poll_id: UUID) -> ResponseReturnValue:
    voting.dispute(me(), poll_id)
    flash("The count is in doubt now, and everyone can see that it is.")
    return redirect(address(voting.get(poll_id)), 303)


@pages.get("/votes/<uuid:poll_id>/ballots")
@anyone
@cached
def ballots(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    lines = voting.ballot_list(poll)
    if lines is None:
        return redirect(address(poll), 303)
    titles = {option.id: option.title for option in poll.options}
    return render_template("voting/ballots.html", poll=poll, lines=lines, titles=titles)


@pages.get("/votes/<uuid:poll_id>/ballots.csv")
@anyone
@cached
def ballots_csv(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    titles = {option.id: option.title for option in poll.options}
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["tracker", *(text.csv_cell(title) for title in titles.values())])
    for line in voting.ballot_list(poll) or ():
        rows.writerow([line.tracker, *(int(option in line.chosen) for option in titles)])
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8")


def _table(
    poll: Poll, order: list[voting.PollOption], groups: list[GroupCount]
) -> list[tuple[str, list[int]]]:
    """A row for each option: its title, then its votes from each group."""
    return [
        (option.title, [group.votes[poll.options.index(option)] for group in groups])
        for option in order
    ]
