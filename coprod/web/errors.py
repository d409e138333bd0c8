"""What went wrong, as a page in plain words that keeps what was typed. The only mapping to HTTP."""

from __future__ import annotations

import logging
import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError
from werkzeug.exceptions import NotFound as NoSuchPage

from coprod.db import Unavailable, session
from coprod.errors import Changed, CoprodError, NotAllowed, NotFound, Refused, TooMany

log = logging.getLogger(__name__)

STATUS: dict[type[CoprodError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Changed: 409,
    Refused: 409,
    TooMany: 429,
    Unavailable: 503,
}
AWAY = (OperationalError, InterfaceError, PoolTimeout)  # the database, not the request, is at fault
TRY_AGAIN = 30  # seconds, in Retry-After

_TITLES = {
    400: "That did not arrive as it should",
    401: "Sign in first",
    403: "You cannot do this",
    404: "We cannot find that page",
    405: "That is not how this page works",
    409: "This cannot be done now",
    413: "That is more than we can take at once",
    429: "Too many tries in a short time",
    500: "Sorry, something went wrong here",
    503: "Sorry, we cannot do this just now",
}
_WORDS = {
    400: "Your browser sent something we could not read. Nothing has been done.",
    401: "Sign in to see this page.",
    403: "Nothing has been done.",
    404: "Check the address, or look for it with the search at the top of this page.",
    405: "Go back and use the button or link on the page you came from.",
    413: "Go back: your words are still in the form. Shorten them, or send them in parts.",
    500: "It is our fault, not yours. Nothing has been half done. Try again in a minute.",
    503: "The site is very busy, or being mended. Nothing is lost. Try again in a minute.",
}
_OPEN_LONG = (
    "This page was open for a long time, or your sign-in changed in another window. "
    "Nothing has been done yet. Look at your words and send them again."
)
_ELSEWHERE = "This was sent from another website, so we have not done it."
_TECHNICAL = re.compile(r"(.*-)?(csrf_token|submission_id|next)|.*password.*|sign_in_email")


def init_app(app: Flask) -> None:
    """Show every error as a page, and refuse what other websites send in a visitor's name."""
    app.before_request(_refuse_what_cannot_be_meant)
    app.register_error_handler(CoprodError, _show_ours)
    app.register_error_handler(CSRFError, _show_stale)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(InternalServerError, _show_fault)
    for kind in AWAY:
        app.register_error_handler(kind, _show_away)
    app.jinja_env.globals["typed"] = typed


class FromElsewhere(BadRequest):
    """A form that another website sent, with this visitor's cookie."""

    code = 403
    description = _ELSEWHERE


def typed() -> list[tuple[str, str]]:
    """What the visitor sent, field by field, without secrets and the page's own fields."""
    try:
        sent = list(request.form.items(multi=True))
    except (HTTPException, ValueError):  # too big even to read
        return []
    return [(name, words) for name, words in sent if words and not _TECHNICAL.fullmatch(name)]


def _refuse_what_cannot_be_meant() -> None:
    if "\x00" in request.path:
        raise NoSuchPage
    if "%00" in request.query_string.decode("latin-1"):
        raise BadRequest
    if request.method not in {"GET", "HEAD", "OPTIONS"} and _from_elsewhere():
        raise FromElsewhere


def _from_elsewhere() -> bool:
    """Whether the browser says that another site made it send this. Old browsers do not say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin != "null" and urlsplit(origin).netloc != request.host


def _show_ours(error: CoprodError) -> Response:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    if isinstance(error, Unavailable):
        return _show_away(error.__cause__ or error, str(error))
    response = _page(status, str(error))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _show_stale(error: CSRFError) -> Response:
    return _page(400, _OPEN_LONG, title="Please send it again")


def _show_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, or made by hand
    elsewhere = isinstance(error, FromElsewhere)
    again = not elsewhere and error.code != 413  # what was too much to read cannot be repeated
    response = _page(error.code, _ELSEWHERE if elsewhere else None, again=again)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _show_fault(error: InternalServerError) -> Response:
    cause = error.original_exception
    # DatabaseError itself, not one of its kinds, is what SQLite says of a file it cannot read.
    if isinstance(cause, AWAY) or type(cause) is DatabaseError:
        return _show_away(cause)
    reference = secrets.token_hex(4)
    log.error("error %s at %s", reference, request.path, exc_info=cause)
    return _page(500, None, reference=reference, database=False)


def _show_away(error: BaseException, message: str | None = None) -> Response:
    log.error("the database is away, at %s: %s", request.path, error)
    response = _page(503, message, database=False)
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def _page(
    status: int,
    message: str | None,
    *,
    title: str | None = None,
    again: bool = True,
    reference: str | None = None,
    database: bool = True,
) -> Response:
    """`database` False: draw it without asking the database anything, who is signed in included."""
    if not database:
        session.remove()
        if "_login_user" not in g:  # nobody is known yet; Flask-Login would look them up to draw
            g._login_user = AnonymousUserMixin()
    return make_response(
        render_template(
            "errors/error.html",
            title=title or _TITLES.get(status, "Sorry"),
            message=message or _WORDS.get(status, "Nothing has been done."),
            again=again,
            reference=reference,
        ),
        status,
    )
