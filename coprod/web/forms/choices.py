"""Questions answered from a list: radio buttons, a drop-down, checkboxes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from wtforms.validators import StopValidation

from coprod.web.forms.questions import Question


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
