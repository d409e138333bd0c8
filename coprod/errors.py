"""What can go wrong in a way that a person should hear of, in words for the page.

`coprod.web.errors` holds the only mapping of these to HTTP, `coprod.cli` to exit codes.
"""

from __future__ import annotations


class CoprodError(Exception):
    """Something a person asked for that cannot be done. The message is a sentence for them."""


class NotFound(CoprodError):
    """There is no such thing, or this person may not know of it: the same answer for both."""


class NotAllowed(CoprodError):
    """This person, in this capacity, may not do it."""


class Refused(CoprodError):
    """A rule forbids it as asked. `field` names the form field to show the message beside."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Changed(Refused):
    """Someone else changed it, or it closed, while the person was writing."""


class TooMany(CoprodError):
    """Too many tries in a short time. `wait` is in seconds."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait
