"""The pages: findings, the same as JSON, and the rows behind a figure."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from coprod import bodies, findings, insight, places
from coprod.errors import NotFound
from coprod.findings import Kind
from coprod.insight import INDICATORS, Extent, Findings
from coprod.web.access import anyone, who
from coprod.web.caching import cached
from coprod.web.findings import promised, raised, rows, sections
from coprod.web.findings.room import pages
from coprod.web.findings.scopes import subject
from coprod.web.findings.words import FIFTHS, GROUPS, STANDARDS

Where = Any


@pages.get("/findings", endpoint="site")
@pages.get("/places/<slug>/findings", endpoint="place")
@pages.get("/bodies/<slug>/findings", endpoint="body")
@pages.get("/engagements/<uuid:engagement_id>/findings", endpoint="engagement")
@pages.get("/engagements/<uuid:engagement_id>-<slug>/findings", endpoint="engagement")
@anyone
@cached
def show(**where: Where) -> ResponseReturnValue:
    about = subject(**where)
    if where.get("engagement_id") and where.get("slug") != about.where["slug"]:
        return redirect(about.address(), 301)
    found, size = findings.assess_at(about.scope, about.at)
    mine = findings.may_reply_for(who(), {a.body for a in found.alerts if a.body})
    alerts = raised.seen(found, mine)
    names = findings.named(_needed(found, alerts))
    held = {
        row: alert.public_from
        for alert in found.alerts
        if alert.code == "false_citation" and not alert.public
        for row in alert.rows
    }
    return render_template(
        "findings/show.html",
        about=about,
        found=found,
        size=size,
        names=names,
        raised=raised.raised(alerts, about, names, mine),
        sections=sections.sections(found, about),
        cards=promised.cards(found, names, held),
        curve=sections.curve(found.replies.wait),
        waits=sections.waits(found),
        by_sector=sections.heard_by_sector(found),
        by_place=sections.heard_by_place(found, names),
        said=sections.said_by_sector(found),
        came_back=sections.came_back(found, names),
        fifths=FIFTHS,
        standards=STANDARDS,
        indicators=INDICATORS,
        **(_everywhere(found) if about.scope.extent is Extent.SITE else {"everywhere": None}),
    ), 422 if about.problem else 200


@pages.get("/findings.json", endpoint="site_json")
@pages.get("/places/<slug>/findings.json", endpoint="place_json")
@pages.get("/bodies/<slug>/findings.json", endpoint="body_json")
@pages.get("/engagements/<uuid:engagement_id>/findings.json", endpoint="engagement_json")
@pages.get("/engagements/<uuid:engagement_id>-<slug>/findings.json", endpoint="engagement_json")
@anyone
@cached
def show_json(**where: Where) -> ResponseReturnValue:
    about = subject(**where)
    found, size = findings.assess_at(about.scope, about.at)
    said = insight.as_open_json(found, findings.labels(found))
    return jsonify(said | {"record_size": size})


@pages.get("/findings/rows/<code>", endpoint="site_rows")
@pages.get("/places/<slug>/findings/rows/<code>", endpoint="place_rows")
@pages.get("/bodies/<slug>/findings/rows/<code>", endpoint="body_rows")
@pages.get("/engagements/<uuid:engagement_id>/findings/rows/<code>", endpoint="engagement_rows")
@pages.get(
    "/engagements/<uuid:engagement_id>-<slug>/findings/rows/<code>", endpoint="engagement_rows"
)
@anyone
@cached
def show_rows(code: str, **where: Where) -> ResponseReturnValue:
    about = subject(**where)
    found, size = findings.assess_at(about.scope, about.at)
    group = request.args.get("group", "")
    counted = rows.behind(found, code, group) if code in INDICATORS else None
    if counted is None or (group and group not in GROUPS):
        raise NotFound("There are no rows behind a figure of that name.")
    part = request.args.get("part", "")
    listed = counted.part(part)
    page, after = rows.pages_of(listed, _uuid(request.args.get("after", "")))
    return render_template(
        "findings/rows.html",
        about=about,
        size=size,
        told=INDICATORS[code],
        code=code,
        group=group,
        groups=GROUPS,
        part=part if counted.hits is not None and part in {"yes", "no"} else "",
        counted=counted,
        listed=len(listed),
        rows=page,
        names=rows.names(page),
        link=raised.link,
        older=about.address("_rows", code=code, part=part or None, group=group or None, after=after)
        if after
        else None,
    )


def _needed(found: Findings, alerts: list[insight.Alert]) -> dict[Kind, set[UUID]]:
    """The ids of everything the page names, by kind, so that one statement names it all."""
    wanted: defaultdict[Kind, set[UUID]] = defaultdict(set, raised.needed(alerts))
    wanted[Kind.ENGAGEMENT] |= {one.engagement for one in found.promises.engagements}
    wanted[Kind.BODY] |= {one.body for one in found.promises.engagements}
    wanted[Kind.PLACE] |= {fit.place for fit in found.reach} | set(found.influence.by_place)
    again = [story.issue for story in found.agenda.issues if story.episodes > 1]
    wanted[Kind.ISSUE] |= set(again[: sections.RECURRING * 2])
    wanted[Kind.POLL] |= {one.poll for one in found.votes.agreement}
    return wanted


def _everywhere(found: Findings) -> dict[str, Any]:
    """The places and bodies of the front page, by name, each with its few numbers in words."""
    heads = findings.headlines(found)
    return {
        "everywhere": {
            "places": [(place, heads.places.get(place.id)) for place in places.localities()],
            "bodies": [(body, heads.bodies.get(body.id)) for body in bodies.every()],
            "nobody": heads.bodies.get(None),
        }
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
