"""Questions with one answer to write or tick: lines, paragraphs, numbers, dates.

In every question `ask` is what the error tells people to do; None when they may leave it
unanswered, and then the answer is None. `longest` is in characters, counted after tidying. The
macros of `templates/macros/form.html` draw a question by its `shape`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import Email as EmailRule
from wtforms.validators import Length, StopValidation

from coprod.text import tidy

LINE_MAX = 200  # characters, unless a form says otherwise
PASSWORD_MAX = 1_000  # characters; the domain has its own, narrower rule


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


class Tick(Question):
    """One box to tick: True or False. With `ask`, it must be ticked."""

    shape = "tick"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = any(str(value) not in ("", "0", "false") for value in valuelist)


class Carried(HiddenField):
    """Something the page hands on, such as an id or where to go next. Never trust it more."""
