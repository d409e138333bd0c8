"""What every form shares: its questions, its protection, and the domain's refusals.

A form asks and says what to do when a question is not answered; it knows no rules. In every
question `ask` is what the error tells people to do; None when they may leave it unanswered, and
then the answer is None. `longest` is in characters, counted after tidying. The macros of
`templates/macros/form.html` draw a question by its `shape`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from secrets import token_urlsafe
from typing import Any, ClassVar, NamedTuple, Self

from flask import Flask, g, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms import Form as WTForm
from wtforms.csrf.core import CSRF
from wtforms.validators import Email as EmailRule
from wtforms.validators import Length, StopValidation, ValidationError

from coprod.errors import Changed, Refused
from coprod.text import tidy

CSRF_SECONDS = 12 * 60 * 60  # a long evening's writing, with breaks
SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
LINE_MAX = 200  # characters, unless a form says otherwise
PASSWORD_MAX = 1_000  # characters; the domain has its own, narrower rule


def init_app(app: Flask) -> None:
    """Give the one-button forms of the macros their `new_submission_id`."""
    app.jinja_env.globals["new_submission_id"] = new_submission_id


def new_submission_id() -> str:
    """A name for one act, so that sending it twice is doing it once."""
    return token_urlsafe(32)


class Question(Field):
    """A field of ours: asked or not, with a hint, and the place an error links to."""

    shape: ClassVar[str]

    def __init__(self, label: str, *, ask: str | None, hint: str = "", **kwargs: Any) -> None:
        self.ask = ask
        super().__init__(label, description=hint, **kwargs)

    @property
    def anchor(self) -> str:
        """The id of the first thing to fill in, for the links of the error summary."""
        return str(self.id)

    def pre_validate(self, form: Any) -> None:
        """Stop at an answer that could not be read, or was not given."""
        if self.process_errors:
            raise StopValidation
        if self.data is None or self.data is False or self.data in ("", []):
            raise StopValidation(self.ask) if self.ask else StopValidation


def _line(value: str | None) -> str | None:
    return " ".join(tidy(value).split()) or None if value else None


def _paragraphs(value: str | None) -> str | None:
    return tidy(value) or None if value else None


class Line(Question, StringField):
    """One line of text."""

    shape = "line"
    tidied: ClassVar[Callable[[str | None], str | None]] = _line

    def __init__(
        self, label: str, *, ask: str | None, longest: int = LINE_MAX, **kwargs: Any
    ) -> None:
        self.longest = longest
        too_long = f"{ask or 'Say it'}, in {longest:,} characters or fewer"
        kwargs.setdefault("validators", []).insert(0, Length(max=longest, message=too_long))
        super().__init__(label, ask=ask, filters=[type(self).tidied], **kwargs)


class Paragraphs(Line, TextAreaField):
    """As Line, with room to write and blank lines kept."""

    shape = "paragraphs"
    tidied = _paragraphs


class Email(Line):
    """An email address, checked for its form only. Whether it works, only a message can tell."""

    shape = "email"

    def __init__(self, label: str, *, ask: str | None, **kwargs: Any) -> None:
        form = EmailRule("Check the email address: it should look like name@example.com")
        kwargs.setdefault("render_kw", {"autocomplete": "email"})
        super().__init__(label, ask=ask, longest=254, validators=[form], **kwargs)


class Password(Question, PasswordField):
    """A password, exactly as typed, and never sent back. Say whether it is the current one."""

    shape = "password"

    def __init__(self, label: str, *, ask: str, autocomplete: str, **kwargs: Any) -> None:
        rules = [Length(max=PASSWORD_MAX, message="That password is too long")]
        attributes = {"autocomplete": autocomplete}
        super().__init__(label, ask=ask, validators=rules, render_kw=attributes, **kwargs)


class WholeNumber(Question):
    """A whole number, between `least` and `most` inclusive. Commas and spaces are forgiven."""

    shape = "number"
    typed = ""

    def __init__(
        self, label: str, *, ask: str | None, least: int = 0, most: int = 10**9, **kwargs: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(label, ask=ask, **kwargs)

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else str(self.data))

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = None
        if not self.typed:
            return
        digits = re.sub(r"[,\s£]", "", self.typed)
        if not re.fullmatch(r"-?[0-9]{1,12}", digits):
            raise ValueError("Use a whole number, in figures")
        if not self.least <= int(digits) <= self.most:
            raise ValueError(f"Use a number from {self.least:,} to {self.most:,}")
        self.data = int(digits)


class Day(Question):
    """A date, asked for as day, month and year; one ISO date under the plain name also does."""

    shape = "day"
    parts = ("day", "month", "year")
    typed: Sequence[str] = ("", "", "")

    @property
    def anchor(self) -> str:
        return f"{self.id}-day"

    def values(self) -> list[tuple[str, str]]:
        """Each part with what stands in it: as typed, or from the date."""
        shown = [str(self.data.day), str(self.data.month), str(self.data.year)] if self.data else []
        return list(zip(self.parts, shown or self.typed, strict=True))

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.typed = [str((formdata or {}).get(f"{self.name}-{part}", "")) for part in self.parts]
        super().process(formdata, *args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not any(self.typed) and valuelist and valuelist[0]:
            self.typed = [*reversed(str(valuelist[0]).strip().split("-")), "", "", ""][:3]
        self.typed = [tidy(part) for part in self.typed]
        self.data = None
        if not any(self.typed):
            return
        try:
            day, month, year = (int(part) for part in self.typed)
            self.data = date(year, month, day)
        except ValueError:
            raise ValueError("Use a real date, such as 27 3 2027") from None


class Option(NamedTuple):
    """One answer among those offered. `value` is what the browser sends."""

    id: str
    value: str
    text: str
    hint: str
    chosen: bool


def _sent(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)


class OneOf(Question):
    """One answer among a few, as radio buttons. Answers come back as the keys of `choices`.

    Keys may be text, numbers, UUIDs or enum members; `hints` says more about some of them.
    Offer choices that a page has to look up with `offer`, before asking whether it is accepted.
    """

    shape = "radios"

    def __init__(
        self,
        label: str,
        *,
        ask: str | None,
        choices: Mapping[Any, str] | None = None,
        hints: Mapping[Any, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.offer(choices or {}, hints)
        self.sent: list[str] = []
        super().__init__(label, ask=ask, **kwargs)

    def offer(self, choices: Mapping[Any, str], hints: Mapping[Any, str] | None = None) -> None:
        self.choices, self.hints = choices, hints or {}

    @property
    def anchor(self) -> str:
        return f"{self.id}-0"

    @property
    def options(self) -> list[Option]:
        chosen = set(self.sent)
        return [
            Option(
                f"{self.id}-{i}", _sent(key), text, self.hints.get(key, ""), _sent(key) in chosen
            )
            for i, (key, text) in enumerate(self.choices.items())
        ]

    def process_data(self, value: Any) -> None:
        self.sent = [] if value is None else [_sent(value)]
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.sent = [str(value) for value in valuelist if value]
        self.data = None

    def pre_validate(self, form: Any) -> None:
        """Read the answer, now that the choices are known."""
        answers = self._answers()
        self.data = answers[0] if answers else None
        super().pre_validate(form)

    def _answers(self) -> list[Any]:
        keys = {_sent(key): key for key in self.choices}
        if not set(self.sent) <= set(keys):
            raise StopValidation(self.ask or "Choose from the answers shown")
        return [keys[value] for value in dict.fromkeys(self.sent)]


class OneOfMany(OneOf):
    """As OneOf, as a drop-down: for more answers than fit a screen. `blank` is its first line."""

    shape = "select"

    def __init__(self, label: str, *, ask: str | None, blank: str = "Choose", **kwargs: Any):
        self.blank = blank
        super().__init__(label, ask=ask, **kwargs)

    @property
    def anchor(self) -> str:
        return str(self.id)


class ManyOf(OneOf):
    """Any number of answers among a few, as checkboxes; at most `most`. The answer is a list."""

    shape = "checkboxes"

    def __init__(self, label: str, *, ask: str | None, most: int | None = None, **kwargs: Any):
        self.most = most
        super().__init__(label, ask=ask, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])
        self.sent = [_sent(key) for key in self.data]

    def pre_validate(self, form: Any) -> None:
        self.data = self._answers()
        Question.pre_validate(self, form)
        if self.most is not None and len(self.data) > self.most:
            raise StopValidation(f"Choose {self.most} or fewer")


class Tick(Question):
    """One box to tick: True or False. With `ask`, it must be ticked."""

    shape = "tick"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = any(str(value) not in ("", "0", "false") for value in valuelist)


class Carried(HiddenField):
    """Something the page hands on, such as an id or where to go next. Never trust it more."""


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
