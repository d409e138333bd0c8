"""Questions that must be answered after some answers to others: the domain says when.

They are never called optional. Left empty they are passed on as they are, and a refusal comes back
beside them.
"""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from coprod.web.forms.choices import ManyOf
from coprod.web.forms.questions import Paragraphs


class SometimesParagraphs(Paragraphs):
    """As Paragraphs; the answer is None if left empty."""

    def pre_validate(self, form: Any) -> None:
        """Stop where nothing was written, without a complaint."""
        if self.process_errors or not self.data:
            raise StopValidation


class SometimesMany(ManyOf):
    """As ManyOf; the answer may be an empty list."""

    def pre_validate(self, form: Any) -> None:
        """Read the answers, now that the choices are known."""
        self.data = self._answers()
