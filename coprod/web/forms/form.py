"""The form itself: what was sent, its protection, and the domain's refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from typing import Any, Self

from flask import Flask, g, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import FieldList, FormField, HiddenField, ValidationError
from wtforms import Form as WTForm
from wtforms.csrf.core import CSRF

from coprod.errors import Changed, Refused

CSRF_SECONDS = 12 * 60 * 60  # a long evening's writing, with breaks
SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


def init_app(app: Flask) -> None:
    """Give the one-button forms of the macros their token and their `new_submission_id`."""
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.jinja_env.globals["new_submission_id"] = new_submission_id


def new_submission_id() -> str:
    """A name for one act, so that sending it twice is doing it once."""
    return token_urlsafe(32)


class _SubmissionId(HiddenField):
    """One act, however often it is sent. Made when the form is first shown, and kept."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist and SUBMISSION_ID.fullmatch(str(valuelist[0])):
            self.data = str(valuelist[0])


class _SessionCSRF(CSRF):
    """The token of Flask-WTF, the same one `csrf_token()` gives the one-button forms."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        return str(generate_csrf())

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        if g.get("csrf_valid", False):
            return
        try:
            validate_csrf(field.data, time_limit=CSRF_SECONDS)
        except ValidationError:
            again = "This page was open for a long time. Check what you wrote, and send it again."
            raise ValidationError(again) from None


class Part(WTForm):
    """A form within a form, for FormField and FieldList: no protection of its own."""


class Form(WTForm):
    """A form on a page. `status` is what to answer with when it is shown again."""

    submission_id = _SubmissionId(default=new_submission_id)

    class Meta:
        csrf = True
        csrf_class = _SessionCSRF

    changed = False

    @classmethod
    def here(cls, **defaults: Any) -> Self:
        """The form as this request fills it in; `defaults` are what it shows before that.

        Give `prefix` when a page holds two forms, so that their ids differ.
        """
        return cls(request.form if request.method == "POST" else None, **defaults)

    def accepted(self) -> bool:
        """Whether this request sent it, with every question answered as asked."""
        return request.method == "POST" and self.validate()

    def answers(self) -> dict[str, Any]:
        """The answers by name, for an action's keywords; without the page's own hidden fields."""
        own = ("csrf_token", "submission_id")
        return {name: value for name, value in self.data.items() if name not in own}

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show a Refused beside its field, or above the form, instead of as an error page."""
        try:
            yield
        except Refused as refused:
            self.changed = isinstance(refused, Changed)
            if refused.field and refused.field in self:
                field = self[refused.field]
                field.errors = [*field.errors, str(refused)]
            else:
                self.form_errors.append(str(refused))

    @property
    def status(self) -> int:
        """200 as first shown, 422 with something to put right, 409 if the world moved on."""
        if self.changed:
            return 409
        return 422 if self.errors else 200

    def problems(self) -> list[tuple[str, str]]:
        """Every error as (id to link to, message), in the order of the page; "" is the form's."""
        return [("", str(message)) for message in self.form_errors] + list(_problems(self))


def _problems(fields: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _problems(field)
        elif isinstance(field, FieldList):
            yield from _problems(field)
            yield from ((str(field.id), own) for own in field.errors if isinstance(own, str))
        else:
            hidden = isinstance(field, HiddenField)
            anchor = "" if hidden else str(getattr(field, "anchor", field.id))
            yield from ((anchor, str(message)) for message in field.errors)
