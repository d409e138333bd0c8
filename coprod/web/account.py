"""Pages about you: signing up, in and out, your words, what we told you, your sign-ins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coprod import contributions, identity, outbox, permissions
from coprod.contributions import Wanted
from coprod.events import Role, Sector
from coprod.identity import NameShown
from coprod.outbox import Message
from coprod.permissions import MAY, Do
from coprod.web import access, pagination
from coprod.web.access import anyone, local_path, me, signed_in
from coprod.web.forms import Carried, Email, Form, Line, ManyOf, OneOf, Password
from coprod.web.wording import words

pages = Blueprint("account", __name__)

MESSAGES = 20  # of the newest
# Nobody picks STAFF: it is for sources that do not say which staff.
SECTORS = {sector: words(sector) for sector in Sector if sector is not Sector.STAFF}
SECTOR_HINTS = {
    Sector.RESIDENT: "You live here.",
    Sector.LIVED_EXPERIENCE: "You use health or care services, or look after someone who does.",
    Sector.THIRD_SECTOR: "You speak for a charity, a club or a community group.",
    Sector.INDEPENDENT: "You work for a private care home or care company.",
    Sector.FRONT_LINE: "You work with people, for the council or the NHS.",
    Sector.OFFICER: "You plan or run services, for the council or the NHS.",
    Sector.ELECTED: "You are a councillor, an MSP or an MP.",
}
# What each role lets people come here for.
TASKS = (
    (Do.ANSWER, "Answer people, oldest first", "replies.queue"),
    (Do.PLAN, "Plan a have-your-say", "engagements.new"),
    (Do.DECIDE, "Record a decision", "decisions.choose_body"),
    (Do.CHECK, "Settle disputes and appeals", "decisions.checks"),
)
# What each message was about; "A message" for any other.
TOLD = {
    "welcome": "Welcome",
    "received": "We have your words",
    "replied": "You have an answer",
    "used": "Your words were used",
    "not_used": "Your words were not used, and why",
    "disputed": "Somebody disputes what you wrote",
    "settled": "A dispute was settled",
    "feedback": "What came of a have-your-say",
    "hidden": "Your words were kept from view",
    "appeal_decided": "Your appeal was settled",
    "reset": "A link for a new password",
}


class SignUpForm(Form):
    name = Line(
        "Your name",
        ask="Enter your name",
        longest=80,
        hint="You choose each time how much of it to show.",
    )
    email = Email("Email address", ask="Enter your email address", hint="Never shown to anyone.")
    password = Password(
        "Password",
        ask="Choose a password",
        autocomplete="new-password",
        hint="At least 10 characters. Three words in a row do well.",
    )
    sectors = ManyOf(
        "I'm here as…",
        ask="Choose at least one: who are you here as?",
        choices=SECTORS,
        hints=SECTOR_HINTS,
        hint="Choose all that fit. Each time you say something, you pick one of them.",
    )
    next = Carried()


class SignInForm(Form):
    email = Email("Email address", ask="Enter your email address")
    password = Password("Password", ask="Enter your password", autocomplete="current-password")
    next = Carried()


class ForgottenForm(Form):
    email = Email("Email address", ask="Enter your email address")


class ResetForm(Form):
    password = Password(
        "New password",
        ask="Choose a password",
        autocomplete="new-password",
        hint="At least 10 characters. Three words in a row do well.",
    )


class PasswordForm(ResetForm):
    current = Password(
        "Password you have now", ask="Enter your password", autocomplete="current-password"
    )


class AboutYouForm(Form):
    sectors = ManyOf(
        "I'm here as…",
        ask="Choose at least one: who are you here as?",
        choices=SECTORS,
        hints=SECTOR_HINTS,
    )
    name_shown = OneOf(
        "How your name shows, unless you say otherwise",
        ask="Choose how your name shows",
        choices={shown: words(shown) for shown in NameShown},
    )


@pages.app_template_filter("told")
def told(message: Message) -> str:
    """What a message was about, in a few words."""
    return TOLD.get(message.template, "A message")


@pages.app_template_filter("device")
def device(agent: str) -> str:
    """A browser and its system, from what it calls itself."""
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    browser = next((name for mark, name in browsers.items() if mark in agent), "A browser")
    system = next((name for mark, name in systems.items() if mark in agent), "some device")
    return f"{browser} on {system}"


@pages.route("/sign-up", methods=["GET", "POST"])
@anyone
def sign_up() -> ResponseReturnValue:
    form = SignUpForm.here(next=request.args.get("next"))
    if form.accepted():
        with form.refusals():
            answers = form.answers()
            onward = local_path(answers.pop("next"), url_for(".show"))
            person = identity.register(**answers)
            outbox.queue_for(answers["email"], "welcome")
            access.welcome(identity.start(person.id, device=access.device()))
            return redirect(onward, 303)
    return render_template("account/sign_up.html", form=form), form.status


@pages.route("/sign-in", methods=["GET", "POST"])
@anyone
def sign_in() -> ResponseReturnValue:
    form = SignInForm.here(next=request.args.get("next"))
    if form.accepted():
        with form.refusals():
            token = identity.sign_in(
                str(form.email.data), str(form.password.data), device=access.device()
            )
            access.welcome(token)
            return redirect(local_path(form.next.data, url_for(".show")), 303)
    return render_template("account/sign_in.html", form=form), form.status


@pages.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    access.farewell()
    flash("You are signed out.")
    return redirect("/", 303)


@pages.route("/forgotten", methods=["GET", "POST"])
@anyone
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm.here()
    if form.accepted():
        outbox.queue_for(str(form.email.data), "reset")
        return redirect(url_for(".link_sent"), 303)
    return render_template("account/forgotten.html", form=form), form.status


@pages.get("/forgotten/sent")
@anyone
def link_sent() -> ResponseReturnValue:
    return render_template("account/link_sent.html")


@pages.route("/reset/<token>", methods=["GET", "POST"])
@anyone
def reset(token: str) -> ResponseReturnValue:
    form = ResetForm.here()
    if form.accepted():
        with form.refusals():
            identity.reset(token, str(form.password.data))
            access.farewell()
            flash("You have a new password. Sign in with it.")
            return redirect(url_for(".sign_in"), 303)
    return render_template("account/reset.html", form=form), form.status


@pages.route("/account", methods=["GET", "POST"])
@signed_in
def show() -> ResponseReturnValue:
    person = current_user.person
    form = AboutYouForm.here(
        sectors=[row.sector for row in person.sectors], name_shown=person.name_shown
    )
    if form.accepted():
        with form.refusals():
            identity.choose_sectors(me(), form.sectors.data)
            identity.show_name_as(me(), form.name_shown.data)
            flash("Kept. What you said before stays as it was.")
            return redirect(url_for(".show"), 303)
    own = Wanted(author_id=me(), comments_too=True)
    said = contributions.listed(own, pagination.after(ordered_by=datetime))
    roles = permissions.roles_of(me())
    sign_ins = identity.sign_ins(me())
    return render_template(
        "account/show.html",
        person=person,
        form=form,
        said=said,
        older=pagination.older(said.after),
        roles=roles,
        tasks=_tasks({grant.role for grant in roles}),
        messages=outbox.to(me(), MESSAGES),
        sign_ins=sign_ins,
        this=next((s.id for s in sign_ins if s.known_by(current_user.token)), None),
    ), form.status


def _tasks(held: set[Role]) -> list[tuple[str, str]]:
    """What somebody with these roles comes for, and where it is."""
    return [(words, url_for(page)) for do, words, page in TASKS if held & MAY[do]]


@pages.post("/account/sign-ins/<uuid:sign_in_id>/end")
@signed_in
def end(sign_in_id: UUID) -> ResponseReturnValue:
    identity.end(me(), sign_in_id)
    flash("Signed out there.")
    return redirect(url_for(".show", _anchor="where"), 303)


@pages.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    form = PasswordForm.here()
    if form.accepted():
        with form.refusals():
            identity.change_password(me(), str(form.current.data), str(form.password.data))
            access.welcome(identity.start(me(), device=access.device()))
            flash("Your password is changed, and you are signed out everywhere else.")
            return redirect(url_for(".show"), 303)
    return render_template("account/password.html", form=form), form.status
