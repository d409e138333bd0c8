"""`coprod post`: letters that are due, and what is due at a time and not at an act."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta

import click
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from coprod import clock, engagements, mailing, submissions, voting
from coprod.cli import site
from coprod.db import Unavailable, session, transaction

log = logging.getLogger(__name__)

PAUSE = 5.0  # seconds between looks, while nothing is due
CHORES = timedelta(minutes=1)


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, and stop.")
@site.in_site
def post(once: bool) -> int:
    """Send what is due from the outbox, and open and close what is due.

    \b
    Exit status:
      0  all that was due has been sent
      1  with --once: some could not be sent, and will be tried again
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        chores()
        done = _everything(app, threading.Event())
        click.echo(f"Sent {done.sent}, failed {done.failed}.")
        return 1 if done.failed else 0
    _serve(app)
    return 0


def chores() -> None:
    """Move what time moves: stages, polls, and what is kept only for a while."""
    engagements.move_due()
    voting.close_due()
    voting.forget_voters()
    with transaction():
        submissions.forget_old()


def _everything(app: Flask, stop: threading.Event) -> mailing.Sent:
    sent = failed = 0
    while not stop.is_set() and ((done := mailing.send_due(app)).sent or done.failed):
        sent, failed = sent + done.sent, failed + done.failed
    return mailing.Sent(sent, failed)


def _serve(app: Flask) -> None:
    """Until told to stop. A database that is away for a while is waited for."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    chores_due = clock.now()
    while not stop.is_set():
        try:
            if clock.now() >= chores_due:
                chores()
                chores_due = clock.now() + CHORES
            _everything(app, stop)
        except (SQLAlchemyError, Unavailable):
            log.exception("the database is away; trying again")
        session.remove()
        stop.wait(PAUSE)


commands = (post,)
