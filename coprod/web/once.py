"""One form, sent twice, is one act: what pages use of `coprod.submissions`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from flask import redirect, request
from flask.typing import ResponseReturnValue

from coprod import submissions
from coprod.db import transaction
from coprod.web.access import me
from coprod.web.forms import new_submission_id
from coprod.web.forms.form import SUBMISSION_ID

T = TypeVar("T")

# The page's own, or different on a second try: no part of what somebody wants to do.
_NOT_CONTENT = ("csrf_token", "submission_id", "sign_in_email", "sign_in_password")


def act_once(
    submission_id: str | None, act: Callable[[], T], to: Callable[[T], str]
) -> ResponseReturnValue:
    """Do what a form asks, unless it was done already, and go where it led: 303.

    `submission_id` is the form's hidden field; `to` gives the address for what `act` made. Use it
    inside `form.refusals()`: the same form sent again with other words raises Changed, and nothing
    is done. Without an id of the right shape nothing can be recognised: it is an act by itself.
    """
    known = submission_id is not None and SUBMISSION_ID.fullmatch(submission_id)
    key = str(submission_id) if known else new_submission_id()
    with transaction():
        address = submissions.claim(me(), key, _content())
        if address is None:
            address = to(act())
            submissions.led_to(me(), key, address)
    return redirect(address, 303)


def _content() -> str:
    sent = sorted(
        (name, value)
        for name, value in request.form.items(multi=True)
        if not name.endswith(_NOT_CONTENT)
    )
    return json.dumps([request.path, sent])
