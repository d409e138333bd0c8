"""The list of have-your-says, and the page of each: what is promised, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from coprod import clock, contributions, decisions, engagements, places, voting
from coprod.engagements import Engagement, Information, Showing
from coprod.events import Promise, Stage
from coprod.voting import Poll
from coprod.web import pagination
from coprod.web.access import anyone
from coprod.web.caching import cached
from coprod.web.engagements.room import address, pages, plans
from coprod.web.engagements.story import story

SHOWN = {
    Showing.OPEN: "Open now",
    Showing.UNDER_WAY: "Being read and decided",
    Showing.FINISHED: "Finished",
    Showing.PLANNED: "Being planned",
}
MEANING = {
    Promise.TELL: "You will get clear information. The choice is already made.",
    Promise.ASK: "We will listen, and tell you what we did with what you said.",
    Promise.WORK_WITH: "What you say will shape the choices. The body still makes the decision.",
    Promise.DECIDE_TOGETHER: "We will put the choices together with you, and choose together.",
    Promise.YOU_DECIDE: "We will do what you decide.",
}


@pages.get("/engagements")
@anyone
@cached
def index() -> ResponseReturnValue:
    place = places.by_slug(request.args["place"]) if request.args.get("place") else None
    place_id = place.id if place else None
    showing = next((s for s in Showing if s.value == request.args.get("show")), Showing.OPEN)
    after = cast("tuple[object, UUID] | None", pagination.after(ordered_by=datetime))
    page = engagements.listed(showing, place_id, after)  # type: ignore[arg-type]
    return render_template(
        "engagements/index.html",
        place=place,
        places=places.localities(),
        showing=showing,
        names=SHOWN,
        counts=engagements.counts(place_id),
        page=page,
        older=pagination.older(page.after),
    )


@pages.get("/engagements/<uuid:engagement_id>")
@pages.get("/engagements/<uuid:engagement_id>-<slug>")
@anyone
@cached
def show(engagement_id: UUID, slug: str = "") -> ResponseReturnValue:
    engagement = engagements.get(engagement_id)
    if slug != engagement.slug:
        return redirect(pagination.here(slug=engagement.slug), 301)
    if engagement.stage is Stage.PLANNING:
        return render_template(
            "engagements/planned.html", engagement=engagement, plans=plans(engagement)
        )
    promised = engagements.promised_dates(engagement_id)
    heard = contributions.heard(engagement_id)
    return render_template(
        "engagements/show.html",
        engagement=engagement,
        address=address(engagement),
        meaning=MEANING[engagement.promise or Promise.TELL],
        short=_short(engagement),
        promised=promised,
        options=engagements.options(engagement_id),
        polls=_polls(engagement),
        decisions=decisions.on_engagement(engagement_id),
        heard=heard,
        said=sum(n for n, _ in heard.values()),
        answered=sum(n for _, n in heard.values()),
        story=story(engagement, engagements.steps(engagement_id), promised),
        plans=plans(engagement),
        needed=list(Information),
        today=clock.today(),
    )


def _polls(engagement: Engagement) -> list[Poll]:
    """Its votes, without asking where there can be none yet."""
    return [] if engagement.stage is Stage.OPEN else list(voting.of(engagement.id))


def _short(engagement: Engagement) -> bool:
    """Whether people had less time than the standard."""
    opened, closes = engagement.opens_at, engagement.closes_at
    return bool(
        opened and closes and not engagements.long_enough(opened, closes, major=engagement.major)
    )
