"""The body's right of reply: one form, for one finding."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, findings
from coprod.errors import NotAllowed
from coprod.insight import RULES, Extent, Scope
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.findings.room import pages
from coprod.web.forms import Form, Paragraphs
from coprod.web.once import act_once


class ReplyForm(Form):
    text = Paragraphs(
        "What does the body say to this?",
        ask="Write the reply",
        longest=findings.REPLY_MAX,
        hint="It will stand beside the finding for good, with your role and the date. "
        "You can add to it later, and nobody can change it.",
    )


@pages.route("/bodies/<slug>/findings/reply", methods=["GET", "POST"], endpoint="reply")
@needs(Do.REPLY_TO_FINDING)
def reply(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    if not findings.may_reply_for(me(), {body.id}):
        raise NotAllowed(f"You cannot {Do.REPLY_TO_FINDING} here.")
    finding = request.args.get("finding", "")
    scope, alert = findings.about(body.id, finding)
    form = ReplyForm.here()
    if form.accepted():
        with form.refusals():
            sent = act_once(
                form.submission_id.data,
                lambda: findings.reply(me(), body.id, finding=finding, **form.answers()),
                to=lambda _: _back(slug, scope),
            )
            flash("Your reply now stands beside the finding.")
            return sent
    page = render_template(
        "findings/reply.html",
        body=body,
        form=form,
        alert=alert,
        rule=RULES[alert.code],
        back=_back(slug, scope),
        given=findings.replies({body.id}).get((body.id, finding), ()),
    )
    return page, form.status


def _back(slug: str, scope: Scope) -> str:
    if scope.extent is Extent.ENGAGEMENT:
        return url_for("findings.engagement", engagement_id=scope.id) + "#raised"
    return url_for("findings.body", slug=slug) + "#raised"
