"""Who is asking, and the rule that every page bears: who may open it.

A page without a rule stops the start. A sign-in is a token that the server can end; the cookie
holds nothing else about a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Flask, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from coprod import identity, permissions
from coprod.errors import NotAllowed, Refused
from coprod.identity import Person
from coprod.permissions import Do

P = ParamSpec("P")
R = TypeVar("R")

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")  # a path here, and nowhere else


@dataclass(frozen=True)
class Rule:
    """Who may open a page. `do`: every one of these, somewhere; where, the action decides."""

    signed_in: bool
    do: tuple[Do, ...] = ()


ANYONE = Rule(signed_in=False)
SIGNED_IN = Rule(signed_in=True)


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Somebody signed in on this device."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.id = person.id
        self.token = token

    def get_id(self) -> str:
        """What the cookie keeps: the token, which ends when the sign-in does."""
        return self.token


def init_app(app: Flask) -> None:
    """Read sign-ins from cookies; pages and templates ask `me()`, `may()` and `current_user`."""
    login = LoginManager(app)
    # A phone changes its network address on the way to the shop; the server can end a sign-in.
    login.session_protection = None
    login.user_loader(_visitor)
    app.jinja_env.globals["may"] = may


def check_rules(app: Flask) -> None:
    """Refuse to start while any page does not say who may open it. Raises RuntimeError."""
    bare = sorted(
        endpoint
        for endpoint, page in app.view_functions.items()
        if endpoint != "static" and rule_of(page) is None
    )
    if bare:
        raise RuntimeError(
            f"pages without @anyone, @signed_in or @needs(…) in coprod/web: {', '.join(bare)}"
        )


def rule_of(page: object) -> Rule | None:
    """The rule that a page bears; None if it bears none."""
    return getattr(page, "rule", None)


def anyone(page: Callable[P, R]) -> Callable[P, R]:
    """Everybody may open this page, signed in or not."""
    page.rule = ANYONE  # type: ignore[attr-defined]
    return page


def signed_in(page: Callable[P, R]) -> Callable[P, R]:
    """Whoever is signed in may open this page; others are asked to sign in first."""
    return _guarded(page, SIGNED_IN)


def needs(*do: Do) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Whoever may do all of these in some place or body may open this page."""
    return lambda page: _guarded(page, Rule(signed_in=True, do=do))


def me() -> UUID:
    """The id of whoever is signed in. Call it only from a page marked @signed_in or @needs."""
    return cast(UUID, current_user.id)


def who() -> UUID | None:
    """The id of whoever is signed in; None for a visitor who is not."""
    return me() if current_user.is_authenticated else None


def person() -> Person:
    """Whoever is signed in, with their sectors. Only from a page marked @signed_in or @needs."""
    return cast(Person, current_user.person)


def token() -> str:
    """The token of this device's sign-in. Only from a page marked @signed_in or @needs."""
    return cast(str, current_user.token)


def may(do: Do | str, *, place_id: UUID | None = None, body_id: UUID | None = None) -> bool:
    """Whether whoever is asking may do it there; with neither, anywhere. Templates give the name:
    `may("PLAN")`."""
    wanted = do if isinstance(do, Do) else Do[do]
    asking = who()
    if asking is None:
        return False
    if "roles" not in g:  # nearly everyone holds none, and a page asks this several times
        g.roles = permissions.held(asking)
    if permissions.MAY[wanted].isdisjoint(g.roles):
        return False
    return permissions.may(asking, wanted, place_id=place_id, body_id=body_id)


def welcome(token: str) -> None:
    """Keep a fresh sign-in on this device. Whatever the session held before it is dropped."""
    signed = identity.signed_in(token)
    if signed is None:
        raise Refused("This sign-in has ended. Sign in again.")
    session.clear()
    session.permanent = True
    login_user(Visitor(signed, token))


def farewell() -> None:
    """End this device's sign-in, so that its cookie is dead wherever it may be."""
    if current_user.is_authenticated:
        identity.sign_out(token())
    logout_user()
    session.clear()


def local_path(address: str | None, otherwise: str = "/") -> str:
    """The address if it is a path on this site, or else the other one."""
    return address if address and _LOCAL.fullmatch(address) else otherwise


def device() -> str:
    """What to call this device in the list of sign-ins: its browser's own words."""
    return request.user_agent.string[:120] or "a device without a name"


def _visitor(token: str) -> Visitor | None:
    signed = identity.signed_in(token)
    return Visitor(signed, token) if signed else None


def _guarded(page: Callable[P, R], rule: Rule) -> Callable[P, R]:
    @wraps(page)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            asked = _ask_to_sign_in()
            if asked is not None:
                return cast(R, asked)
        for do in rule.do:
            if not permissions.may(me(), do):
                raise NotAllowed(f"You cannot {do}.")
        return page(*args, **kwargs)

    guarded.rule = rule  # type: ignore[attr-defined]
    return guarded


def _ask_to_sign_in() -> ResponseReturnValue | None:
    """The page to show instead; None once they have signed in on it, and the act may go on.

    Somebody whose sign-in ended while they wrote signs in on a page that carries what they sent,
    and is then exactly where they were.
    """
    if request.method in {"GET", "HEAD"}:
        here = request.full_path.rstrip("?")
        return redirect(url_for("account.sign_in", next=local_path(here)), 303)
    problem = ""
    if "sign_in_password" in request.form:
        try:
            found = identity.sign_in(
                request.form.get("sign_in_email", ""),
                request.form["sign_in_password"],
                device=device(),
            )
        except Refused as refused:
            problem = str(refused)
        else:
            welcome(found)
            return None
    return render_template("errors/signed_out.html", problem=problem), 401
