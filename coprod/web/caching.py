"""Public pages that have not changed are not made again.

Everything that changes a public page leaves an entry on the record, so a page is named by the
record's size and last entry, by the hour in Scotland (what is open changes on the hour, "3 days" by
the day) and by the version that draws it. Only visitors without a cookie are answered from here,
and before anything else is done: a page that is kept costs one small read and no more.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from coprod import clock, record
from coprod.db import db

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

P = ParamSpec("P")
R = TypeVar("R")

ENTRIES = 2_000  # pages kept by one process at most
BYTES = 24 * 1024 * 1024  # of them, compressed or not
KEY_MAX = 300  # characters; longer addresses are searches nobody repeats
_SMALL = 500  # bytes, below which compressing gains nothing
_ETAG = "coprod.etag"  # in the WSGI environment


@dataclass(frozen=True)
class _Kept:
    etag: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Shelf:
    """The pages one process keeps, the least recently wanted given up first."""

    def __init__(self, entries: int = ENTRIES, size: int = BYTES) -> None:
        self.entries = entries
        self.size = size
        self.held = 0  # bytes
        self._pages: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, key: str) -> bool:
        return key in self._pages

    def find(self, key: str) -> _Kept | None:
        """The page last made for that key."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def keep(self, key: str, page: _Kept) -> None:
        """Keep a page, in place of an older one, within the bounds."""
        if len(page.body) > self.size // 8:
            return
        with self._lock:
            if (older := self._pages.pop(key, None)) is not None:
                self.held -= len(older.body)
            self._pages[key] = page
            self.held += len(page.body)
            while self.held > self.size or len(self._pages) > self.entries:
                _, gone = self._pages.popitem(last=False)
                self.held -= len(gone.body)

    def clear(self) -> None:
        """Give up every page."""
        with self._lock:
            self._pages.clear()
            self.held = 0


def cached(page: Callable[P, R]) -> Callable[P, R]:
    """Mark a page that shows the public nothing but what the record moves with."""
    page.cached = True  # type: ignore[attr-defined]
    return page


def init_app(app: Flask) -> None:
    """Answer from the shelf before the application does, and fill it from its answers.

    Call it first of all: of what is done with an answer, what is named first is done last.
    """
    app.extensions["coprod_shelf"] = shelf = Shelf()
    app.before_request(_look)
    app.after_request(_keep)
    with app.app_context():
        front = _Front(app.wsgi_app, shelf, db.engine, app.config)
    app.wsgi_app = front  # type: ignore[method-assign]


class _Front:
    """Stands before the application, and answers for it where the page is on the shelf."""

    def __init__(
        self, app: WSGIApplication, shelf: Shelf, engine: Engine, config: dict[str, str]
    ) -> None:
        self.app = app
        self.shelf = shelf
        self.engine = engine
        self.build = config["BUILD"]
        self.cookie = f"{config['SESSION_COOKIE_NAME']}="

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None or key not in self.shelf:
            return self.app(environ, start_response)
        try:
            with self.engine.connect() as connection:
                size, last = record.tip(connection)
        except SQLAlchemyError:
            return self.app(environ, start_response)  # which says so, in words
        etag = etag_of(self.build, size, last, packed=key.endswith("z"))
        kept = self.shelf.find(key)
        if kept is None or kept.etag != etag:
            environ[_ETAG] = (size, etag)
            return self.app(environ, start_response)
        if f'"{etag}"' in environ.get("HTTP_IF_NONE_MATCH", ""):  # proxies may have made it weak
            start_response("304 NOT MODIFIED", list(kept.headers))
            return ()
        length = ("Content-Length", str(len(kept.body)))
        start_response("200 OK", [*kept.headers, length])
        return () if environ["REQUEST_METHOD"] == "HEAD" else (kept.body,)

    def _key(self, environ: WSGIEnvironment) -> str | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        return None if self.cookie in environ.get("HTTP_COOKIE", "") else key_of(environ)


def key_of(environ: WSGIEnvironment) -> str:
    """What a page is kept under: all of a request that it may depend on."""
    packed = "z" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else ""
    return (
        f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')} {packed}"
    )


def etag_of(build: str, size: int, last: bytes, *, packed: bool) -> str:
    """The name of every page there is, at this moment of the record's."""
    hour = clock.now().astimezone(clock.LONDON).strftime("%Y%m%d%H")
    return f"{build}-{size}-{last.hex()[:12]}-{hour}{'z' if packed else ''}"


def _look() -> Response | None:
    """Name the page before it is made, so that what happens meanwhile makes it an old one."""
    page = current_app.view_functions.get(request.endpoint or "")
    if request.method not in {"GET", "HEAD"} or not getattr(page, "cached", False):
        return None
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return None
    if _ETAG in request.environ:
        g.record_size, g.etag = request.environ[_ETAG]
    else:
        g.record_size, last = record.tip(db.session.connection())
        build = current_app.config["BUILD"]
        g.etag = etag_of(build, g.record_size, last, packed=_takes_gzip())
    if request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    return None


def _keep(response: Response) -> Response:
    etag = g.get("etag")
    if etag is None or not _may_be_kept(response):
        return response
    if response.status_code == 200 and request.method == "GET":
        _pack(response)
    # Browsers keep it and ask each time: the answer that nothing changed costs one small read.
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Encoding"
    key = key_of(request.environ)
    if response.status_code == 200 and request.method == "GET" and len(key) <= KEY_MAX:
        headers = tuple(pair for pair in response.headers if pair[0] != "Content-Length")
        shelf: Shelf = current_app.extensions["coprod_shelf"]
        shelf.keep(key, _Kept(etag, response.get_data(), headers))
    return response


def _may_be_kept(response: Response) -> bool:
    return (
        response.status_code in {200, 304}
        and not response.is_streamed
        and not session.modified  # it is about to set a cookie
        and "Set-Cookie" not in response.headers
        and "ETag" not in response.headers
    )


def _takes_gzip() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _pack(response: Response) -> None:
    body = response.get_data()
    if _takes_gzip() and len(body) > _SMALL:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
