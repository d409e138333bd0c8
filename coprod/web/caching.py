"""Public pages that have not changed are not made again.

Everything that changes a public page leaves an entry on the record, so a page is named by the
record's size and last entry, by the hour in Scotland (what is open changes on the hour, "3 days" by
the day) and by the version that draws it. Only visitors without a cookie are answered from here.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, request, session

from coprod import clock, record

P = ParamSpec("P")
R = TypeVar("R")

ENTRIES = 2_000  # pages kept by one process at most
BYTES = 24 * 1024 * 1024  # of them, compressed or not
ADDRESS_MAX = 300  # characters; longer addresses are searches nobody repeats
_SMALL = 500  # bytes, below which compressing gains nothing


@dataclass(frozen=True)
class _Kept:
    etag: str
    body: bytes
    content_type: str
    encoded: bool


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

    def find(self, key: str, etag: str) -> _Kept | None:
        """The page under that key if it is still the one with that ETag."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.etag != etag:
                return None
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
    """Answer from the shelf before anything else is done, and fill it afterwards."""
    app.extensions["coprod_shelf"] = Shelf()
    app.before_request(_look)
    app.after_request(_keep)


def _look() -> Response | None:
    """The page as it was last made, or the news that it has not changed; None to make it."""
    if request.method not in {"GET", "HEAD"} or _has_cookie():
        return None
    page = current_app.view_functions.get(request.endpoint or "")
    if not getattr(page, "cached", False):
        return None
    g.record_size, last = record.tip()
    g.etag = etag = _etag(g.record_size, last)
    if request.if_none_match.contains_weak(etag):  # proxies that compress make it weak
        return _fresh(Response(status=304), etag)
    kept = _shelf().find(_key(), etag)
    return _shown(kept) if kept else None


def _keep(response: Response) -> Response:
    etag = g.get("etag")
    if etag is None or not _can_be_kept(response):
        return response
    if request.method == "HEAD" or len(request.full_path) > ADDRESS_MAX:
        return _fresh(response, etag)
    kept = _packed(response, etag)
    _shelf().keep(_key(), kept)
    return _shown(kept)


def _can_be_kept(response: Response) -> bool:
    return (
        response.status_code == 200
        and not response.is_streamed
        and not session.modified  # it is about to set a cookie
        and "Set-Cookie" not in response.headers
        and "ETag" not in response.headers
    )


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions["coprod_shelf"]
    return shelf


def _has_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _etag(size: int, last: bytes) -> str:
    build = current_app.config["BUILD"]
    hour = clock.now().astimezone(clock.LONDON).strftime("%Y%m%d%H")
    return f"{build}-{size}-{last.hex()[:12]}-{hour}{'z' if _takes_gzip() else ''}"


def _key() -> str:
    return f"{request.host} {request.full_path} {_takes_gzip()}"


def _takes_gzip() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _packed(response: Response, etag: str) -> _Kept:
    body = response.get_data()
    pack = _takes_gzip() and len(body) > _SMALL
    return _Kept(
        etag=etag,
        body=gzip.compress(body, 6, mtime=0) if pack else body,
        content_type=response.headers["Content-Type"],
        encoded=pack,
    )


def _shown(kept: _Kept) -> Response:
    response = Response(kept.body, content_type=kept.content_type)
    if kept.encoded:
        response.headers["Content-Encoding"] = "gzip"
    return _fresh(response, kept.etag)


def _fresh(response: Response, etag: str) -> Response:
    """Kept by browsers, and asked about each time: a 304 costs one small read."""
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Encoding"
    return response
