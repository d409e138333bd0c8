"""Pages of bodies: who decides and who advises, who sits there, when they meet."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, clock, decisions, issues, permissions
from coprod.bodies import Body, Meeting, Seat
from coprod.errors import NotAllowed
from coprod.events import Sector
from coprod.permissions import Do
from coprod.record import Actor
from coprod.web.access import anyone, may, me, needs
from coprod.web.caching import cached
from coprod.web.forms import Day, Form, Line, OneOf, OneOfMany
from coprod.web.once import act_once
from coprod.web.wording import choices

pages = Blueprint("bodies", __name__)

SHOWN = 10  # conversations and meetings
# Half hours of a working day and evening; the minutes of a meeting bear the exact time.
TIMES = {
    at: at.strftime("%H:%M")
    for at in (time(n // 2, 30 * (n % 2)) for n in range(8 * 2, 21 * 2 + 1))
}


class MeetingForm(Form):
    on = Day(
        "On which day?",
        ask="Say on which day",
        hint="A day to come; or one gone by, if it met and nobody put it here.",
    )
    at = OneOfMany("At what time?", ask="Choose a time", choices=TIMES, blank="Choose a time")
    venue = Line(
        "Where?", ask=None, longest=160, hint="For example: Airdrie Town Hall, and by video call"
    )


class SeatForm(Form):
    post = Line(
        "What is the post called?",
        ask="Name the post",
        longest=120,
        hint="For example: Carers representative. It stays the same whoever holds it.",
    )
    holder = Line(
        "Who holds it, as the body publishes it?",
        ask=None,
        longest=120,
        hint="Leave it empty if nobody holds it just now.",
    )
    sector = OneOf(
        "Whom do they speak for?", ask="Say whom they speak for", choices=choices(*Sector)
    )
    since = Day("Since when?", ask="Say since when")
    voting_from = Day(
        "With a vote, from when?", ask=None, hint="Leave it empty if this seat has no vote."
    )


class LeaveForm(Form):
    until = Day("What was, or will be, their last day?", ask="Give their last day")


@pages.get("/bodies")
@anyone
@cached
def index() -> ResponseReturnValue:
    return render_template("bodies/index.html", bodies=bodies.every())


@pages.get("/bodies/<slug>")
@anyone
@cached
def show(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    meetings = bodies.meetings(body.id, SHOWN)
    return render_template(
        "bodies/show.html",
        body=body,
        seats=bodies.seats(body.id),
        coming=[m for m in reversed(meetings) if m.held_at >= clock.now()],
        held=[m for m in meetings if m.held_at < clock.now()],
        issues=issues.before(body.id, SHOWN),
        decisions=decisions.lately(5, body_id=body.id),
        today=clock.today(),
    )


@pages.route("/bodies/<slug>/meetings/new", methods=["GET", "POST"])
@needs(Do.CALL_MEETING)
def call_meeting(slug: str) -> ResponseReturnValue:
    body = _for_those_who(Do.CALL_MEETING, bodies.by_slug(slug))
    form = MeetingForm.here()
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: _call(body, form),
                to=lambda _: url_for(".show", slug=slug, _anchor="meets"),
            )
    return render_template("bodies/meeting.html", body=body, form=form), form.status


@pages.route("/bodies/<slug>/seats/new", methods=["GET", "POST"])
@needs(Do.MANAGE_SEATS)
def fill_seat(slug: str) -> ResponseReturnValue:
    body = _for_those_who(Do.MANAGE_SEATS, bodies.by_slug(slug))
    form = SeatForm.here()
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: _fill(body, form),
                to=lambda _: url_for(".show", slug=slug, _anchor="seats"),
            )
    return render_template("bodies/seat.html", body=body, form=form), form.status


@pages.route("/seats/<uuid:seat_id>/leave", methods=["GET", "POST"])
@needs(Do.MANAGE_SEATS)
def vacate_seat(seat_id: UUID) -> ResponseReturnValue:
    seat = bodies.seat(seat_id)
    body = _for_those_who(Do.MANAGE_SEATS, seat.body)
    form = LeaveForm.here()
    if form.accepted():
        with form.refusals():
            actor = _acting(Do.MANAGE_SEATS, body)
            bodies.vacate_seat(actor, seat_id, until=cast(date, form.until.data))
            flash("Noted. The seat stays in the list, with the day they left.")
            return redirect(url_for(".show", slug=body.slug, _anchor="seats"), 303)
    return render_template("bodies/leave.html", seat=seat, form=form), form.status


def _call(body: Body, form: MeetingForm) -> Meeting:
    held_at = datetime.combine(
        cast(date, form.on.data), cast(time, form.at.data), tzinfo=clock.LONDON
    )
    actor = _acting(Do.CALL_MEETING, body)
    return bodies.call_meeting(actor, body.id, held_at=held_at, venue=form.venue.data or "")


def _fill(body: Body, form: SeatForm) -> Seat:
    answers = form.answers() | {"holder": form.holder.data or ""}
    return bodies.fill_seat(_acting(Do.MANAGE_SEATS, body), body.id, **answers)


def _acting(do: Do, body: Body) -> Actor:
    """Whoever is asking, in the role that lets them: bodies stand below permissions."""
    return permissions.require(me(), do, place_id=body.place_id, body_id=body.id)


def _for_those_who(do: Do, body: Body) -> Body:
    if not may(do, place_id=body.place_id, body_id=body.id):
        raise NotAllowed(f"You cannot {do} here.")
    return body
