"""Letters: what the outbox holds, written in full and sent by SMTP or left in a folder.

Words are read when a letter is made, so none that were erased since it was queued is sent.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from flask import Flask
from jinja2 import Environment

from coprod import clock, contributions, decisions, engagements, identity, outbox, record, replies
from coprod.contributions import Contribution
from coprod.outbox import Message
from coprod.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 20  # seconds that a mail server may take over one step
SUBJECT_MAX = 150  # characters

Deliver = Callable[[EmailMessage, Message], None]


@dataclass(frozen=True)
class Sent:
    """What one round did: letters sent, and tries that failed and will be made again."""

    sent: int
    failed: int


# What a letter's template may name, by the id that its message holds.
_FOUND: Mapping[str, tuple[str, Callable[[UUID], object]]] = {
    "contribution_id": ("contribution", contributions.get),
    "reply_id": ("reply", replies.get),
    "decision_id": ("decision", decisions.get),
    "citation_id": ("citation", decisions.citation),
    "engagement_id": ("engagement", engagements.get),
}


def send_due(app: Flask) -> Sent:
    """Send what is due. One letter that cannot be sent delays no other."""
    chosen: Settings = app.config["COPROD"]
    sent = failed = 0
    messages = outbox.claim()
    if not messages:
        return Sent(0, 0)
    try:
        with _delivery(chosen) as deliver:
            for message in messages:
                if _send(app, chosen, message, deliver):
                    sent += 1
                else:
                    failed += 1
    except (OSError, smtplib.SMTPException) as error:  # the server does not answer at all
        log.warning("no letters could be sent: %s", error)
        for message in messages[sent + failed :]:
            outbox.failed(message)
            failed += 1
    return Sent(sent, failed)


def write(app: Flask, message: Message) -> EmailMessage:
    """The letter for a message, whose person must be loaded and have an address."""
    chosen: Settings = app.config["COPROD"]
    text = (
        _letters(app).get_template(f"mail/{message.template}.txt").render(_facts(chosen, message))
    )
    subject, _, body = text.strip().partition("\n")
    host = urlsplit(chosen.base_url).hostname or "localhost"
    letter = EmailMessage(policy=SMTP)
    # A name or title with a line end in it must not become a header.
    letter["Subject"] = " ".join(subject.removeprefix("Subject:").split())[:SUBJECT_MAX]
    letter["From"] = f"no-reply@{host}"
    letter["To"] = " ".join(str(message.person.email).split())
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<{message.id}@{host}>"  # the same if it should go twice
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body.strip() + "\n")
    return letter


def _send(app: Flask, chosen: Settings, message: Message, deliver: Deliver) -> bool:
    if message.person.email is None:  # never had one, or has been erased
        outbox.given_up(message.id)
        return True
    try:
        deliver(write(app, message), message)
    except Exception:
        log.exception("letter %s (%s) could not be sent", message.id, message.template)
        outbox.failed(message)
        return False
    outbox.sent(message.id)
    return True


def _facts(chosen: Settings, message: Message) -> dict[str, Any]:
    context: dict[str, Any] = dict(message.context)
    for name, (called, find) in _FOUND.items():
        if name in context:
            context[called] = find(UUID(context[name]))
    if "contribution_ids" in context:
        ids = [UUID(each) for each in context["contribution_ids"]]
        context["dispositions"] = decisions.dispositions(UUID(context["decision_id"]), ids)
    if message.template == "received":
        context["receipt"] = _receipt(context["contribution"])
    if message.template == "reset":
        context["address"] = _reset_address(chosen, str(message.person.email))
    return {
        "name": " ".join(str(message.person.name).split()),
        "site_name": chosen.site_name,
        "base_url": chosen.base_url,
        **context,
    }


def _receipt(said: Contribution) -> str:
    entry = record.maker(said.id)
    if entry is None:
        raise LookupError(f"contribution {said.id} is not on the record")
    return record.receipt(entry, said.place.slug, contributions.words_of(said)).code


def _reset_address(chosen: Settings, email: str) -> str:
    """A fresh link: its ten minutes begin now, and its token is in no table and no queue."""
    asked = identity.ask_reset(email)
    if asked is None:
        raise LookupError("nobody has this mailbox any more")
    return f"{chosen.base_url}/reset/{asked[1]}"


@cache
def _letters(app: Flask) -> Environment:
    """Plain text: nothing is escaped, and a line that holds only a tag leaves none behind."""
    return app.jinja_env.overlay(autoescape=False, trim_blocks=True, lstrip_blocks=True)


def _delivery(chosen: Settings) -> AbstractContextManager[Deliver]:
    return _server(chosen.smtp_url) if chosen.smtp_url else nullcontext(_into(chosen.data / "mail"))


def _into(folder: Path) -> Deliver:
    folder.mkdir(exist_ok=True, mode=0o700)

    def deliver(letter: EmailMessage, message: Message) -> None:
        unfinished = folder / f".{message.id}"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(letter.as_bytes())
        unfinished.replace(folder / f"{message.id}.eml")

    return deliver


@contextmanager
def _server(url: str) -> Iterator[Deliver]:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(str(parts.hostname), parts.port or 0, timeout=PATIENCE) as server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))

        def deliver(letter: EmailMessage, _message: Message) -> None:
            server.send_message(letter)

        yield deliver
