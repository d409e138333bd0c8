"""Pages of conversations that persist, and the planner's tools for sorting them."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import decisions, engagements, issues, places, replies
from coprod.contributions import Order, Wanted
from coprod.issues import Issue
from coprod.permissions import Do
from coprod.web import pagination
from coprod.web.access import anyone, me, needs
from coprod.web.caching import cached
from coprod.web.contributions import seeded, shown
from coprod.web.forms import Day, Form

pages = Blueprint("issues", __name__)

SHOWN = 10  # contributions on a conversation's own page, which has much else to show
MONTHS = ("January to March", "April to June", "July to September", "October to December")


class ParkForm(Form):
    until = Day("Set it aside until", ask="Say until when", hint="It goes on counting as waiting.")


def address(issue: Issue) -> str:
    """Where a conversation is."""
    known: dict[str, Any] = {"issue_id": issue.id, "slug": issue.slug}
    return url_for("issues.show", **known)


@pages.app_template_filter("quarter")
def quarter(code: str) -> str:
    """2026Q1 as January to March 2026."""
    return f"{MONTHS[int(code[5:]) - 1]} {code[:4]}"


@pages.get("/issues")
@anyone
@cached
def index() -> ResponseReturnValue:
    place = places.by_slug(request.args["place"]) if request.args.get("place") else None
    found = issues.of(place.id) if place else issues.waiting()
    return render_template("issues/index.html", place=place, issues=found)


@pages.get("/issues/<uuid:issue_id>")
@pages.get("/issues/<uuid:issue_id>-<slug>")
@anyone
@cached
def show(issue_id: UUID, slug: str = "") -> ResponseReturnValue:
    issue = issues.story(issue_id)
    if slug != issue.slug:
        return redirect(pagination.here(slug=issue.slug), 301)
    if drawn := seeded(Order.NEWEST):
        return redirect(drawn, 303)
    return render_template(
        "issues/show.html",
        issue=issue,
        engagements=engagements.on(issue.id, limit=10),
        decisions=decisions.lately(10, issue_id=issue.id),
        replies=replies.on_issue(issue.id, limit=5),
        list=shown(Wanted(issue_id=issue.id), limit=SHOWN),
    )


@pages.route("/issues/<uuid:issue_id>/park", methods=["GET", "POST"])
@needs(Do.GATHER)
def park(issue_id: UUID) -> ResponseReturnValue:
    form = ParkForm.here()
    issue = issues.get(issue_id)
    if form.accepted():
        with form.refusals():
            issues.park(me(), issue_id, until=cast(date, form.until.data))
            flash("Set aside. Everyone can see until when.")
            return redirect(address(issue), 303)
    return render_template("issues/park.html", issue=issue, form=form), form.status


@pages.post("/issues/<uuid:issue_id>/close")
@needs(Do.GATHER)
def close(issue_id: UUID) -> ResponseReturnValue:
    issues.close(me(), issue_id)
    flash("Closed. If somebody raises it again, it opens again.")
    return redirect(address(issues.get(issue_id)), 303)
