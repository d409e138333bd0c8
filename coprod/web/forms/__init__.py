"""What every form shares. A form asks, and says what to do when a question is not answered; it
knows no rules.
"""

from coprod.web.forms.choices import ManyOf, OneOf, OneOfMany, Option
from coprod.web.forms.form import Form, Part, init_app, new_submission_id
from coprod.web.forms.questions import (
    Carried,
    Day,
    Email,
    Line,
    Paragraphs,
    Password,
    Question,
    Tick,
    WholeNumber,
)
from coprod.web.forms.sometimes import SometimesMany, SometimesParagraphs

__all__ = [
    "Carried",
    "Day",
    "Email",
    "Form",
    "Line",
    "ManyOf",
    "OneOf",
    "OneOfMany",
    "Option",
    "Paragraphs",
    "Part",
    "Password",
    "Question",
    "SometimesMany",
    "SometimesParagraphs",
    "Tick",
    "WholeNumber",
    "init_app",
    "new_submission_id",
]
