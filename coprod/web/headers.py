"""The headers of every answer, whatever it is: pages, errors, files."""

from __future__ import annotations

from typing import Protocol

from flask import Flask, Response, request, session

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
_EVERY = {
    "Content-Security-Policy": _CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # A visit to a page about care says something about a person: other sites are not told of it.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}
_HSTS = "max-age=31536000; includeSubDomains"  # a year; OWASP ASVS 5.0, 3.4.1


class _Settable(Protocol):
    def __setitem__(self, name: str, value: str, /) -> None: ...


def protect(headers: _Settable, *, https: bool) -> None:
    """Set what every answer bears; `https`: whether the public address is, so must stay so."""
    for name, value in _EVERY.items():
        headers[name] = value
    if https:
        headers["Strict-Transport-Security"] = _HSTS


def init_app(app: Flask, *, https: bool) -> None:
    """Protect every answer, and keep what is only for one person out of every cache."""

    @app.after_request
    def finish(response: Response) -> Response:
        protect(response.headers, https=https)
        if request.endpoint != "static":
            response.vary.add("Cookie")
            if "_user_id" in session or session.modified or request.method == "POST":
                response.headers["Cache-Control"] = "no-store"
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
