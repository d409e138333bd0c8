"""Letters: written when they are sent, sent at least once, to nobody's header's surprise."""

from __future__ import annotations

import email
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from coprod import clock, identity, mailing, moderation, outbox
from coprod.db import transaction
from coprod.events import HideRule, Role
from coprod.identity import Person
from coprod.mailing import Sent
from tests.make import a_contribution, a_person, someone_who

ROOT = Path(__file__).parents[1]

LETTERS = {
    "mail/plain.txt": (
        "Subject: Hello {{ name }}\n\nDear {{ name }},\n{% if more %}\nMore.\n{% endif %}\nEnd.\n"
    ),
    "mail/words.txt": "Subject: Your words\n\n{{ contribution.title }} & {{ base_url }}\n",
    "mail/reset.txt": "Subject: A new password\n\n{{ address }}\n",
    "mail/received.txt": "Subject: We have it\n\n{{ receipt }}\n",
    "mail/broken.txt": "Subject: Oh\n\n{{ missing }}\n",
}


@pytest.fixture
def site(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The site with letters of the test's own."""
    loader = ChoiceLoader([DictLoader(LETTERS), app.jinja_env.loader])  # type: ignore[list-item]
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    mailing._letters.cache_clear()
    _clear(app)  # of what other tests had sent
    yield app
    mailing._letters.cache_clear()
    _clear(app)


def _clear(app: Flask) -> None:
    for left in folder(app).glob("*.eml"):
        left.unlink()


def folder(app: Flask) -> Path:
    return Path(app.config["COPROD"].data) / "mail"


def letters(app: Flask) -> list[EmailMessage]:
    return [
        email.message_from_bytes(file.read_bytes(), policy=default)  # type: ignore[misc]
        for file in sorted(folder(app).glob("*.eml"))
    ]


def queue(person: Person, template: str, **context: object) -> None:
    with transaction():
        outbox.queue(person.id, template, **context)


def test_a_letter_goes_out_as_plain_text_to_the_one_it_is_for(site: Flask) -> None:
    asha = a_person(name="Asha & Ben")
    queue(asha, "plain", more=False)

    assert mailing.send_due(site) == Sent(1, 0)

    (letter,) = letters(site)
    assert letter["To"] == asha.email
    assert letter["Subject"] == "Hello Asha & Ben"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().split() == ["Dear", "Asha", "&", "Ben,", "End."]
    assert mailing.send_due(site) == Sent(0, 0)


def test_words_are_read_when_the_letter_is_made(site: Flask) -> None:
    said = a_contribution(title="A later bus")
    queue(a_person(), "words", contribution_id=str(said.id))

    mailing.send_due(site)

    assert "A later bus & http://" in "".join(letter.get_content() for letter in letters(site))


def test_a_receipt_can_be_checked(site: Flask) -> None:
    a_contribution()  # queues the letter "received" itself

    mailing.send_due(site)

    (letter,) = letters(site)
    assert letter.get_content().strip().count("-") >= 3


def test_a_reset_link_is_made_for_the_letter_and_works_once(site: Flask) -> None:
    asha = a_person()
    outbox.queue_for(str(asha.email), "reset")

    mailing.send_due(site)

    (letter,) = letters(site)
    token = letter.get_content().strip().rpartition("/reset/")[2]
    identity.reset(token, "a fresh password")
    assert identity.sign_in(str(asha.email), "a fresh password", device="a test")


def test_a_name_cannot_add_a_header(site: Flask) -> None:
    asha = a_person()
    with transaction():
        identity.get(asha.id).name = "Asha\r\nBcc: everyone@example.org"
    queue(asha, "plain", more=True)

    mailing.send_due(site)

    (letter,) = letters(site)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Asha Bcc: everyone@example.org"


def test_a_letter_that_cannot_be_written_delays_no_other_and_is_tried_again(
    site: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    asha = a_person()
    queue(asha, "broken")
    queue(asha, "plain", more=False)

    assert mailing.send_due(site) == Sent(1, 1)
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert mailing.send_due(site) == Sent(0, 1)
    with clock.at(clock.now() + timedelta(hours=73)):
        assert mailing.send_due(site) == Sent(0, 1)
    with clock.at(clock.now() + timedelta(days=30)):
        assert mailing.send_due(site) == Sent(0, 0)


def test_whoever_has_no_address_is_written_to_no_more(site: Flask) -> None:
    asha = a_person()
    queue(asha, "plain", more=False)
    identity.erase(asha.id)

    mailing.send_due(site)

    assert letters(site) == []
    assert outbox.to(asha.id)[0].due_at is None
    assert outbox.to(asha.id)[0].sent_at is None


def test_every_letter_that_an_act_leaves_can_be_written() -> None:
    """Asked of the code, since no test makes every act there is."""
    queued = {
        found
        for module in (ROOT / "coprod").rglob("*.py")
        for found in re.findall(
            r"outbox\.queue(?:_for)?\(\s*[^,\n]+,\s*\"(\w+)\"", module.read_text()
        )
    }

    assert len(queued) >= 8
    assert queued <= {file.stem for file in (ROOT / "templates" / "mail").glob("*.txt")}


def test_words_put_out_of_sight_and_shown_again_are_written_about(app: Flask) -> None:
    asha = a_person()
    moderator, checker = someone_who(Role.MODERATOR), someone_who(Role.CHECKER)
    said = a_contribution(author=asha)
    moderation.hide(moderator.id, said.id, rule=HideRule.SPAM)
    mailing.send_due(app)
    moderation.appeal(asha.id, said.id, text="It is not advertising.")
    moderation.decide_appeal(checker.id, said.id, upheld=True)

    assert mailing.send_due(app).failed == 0

    subjects = {letter["Subject"] for letter in letters(app)}
    assert {"Your words are not shown for now", "Your appeal is settled"} <= subjects


class _Post(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                kept = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    kept += line
                self.server.letters.append(kept)  # type: ignore[attr-defined]
            self.wfile.write(b"250 ok\r\n" if word != b"QUIT" else b"221 bye\r\n")
            if word == b"QUIT":
                return


def test_a_mail_server_is_given_every_letter(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post) as post:
        post.letters = []  # type: ignore[attr-defined]
        threading.Thread(target=post.serve_forever, daemon=True).start()
        queue(a_person(), "plain", more=False)
        queue(a_person(), "plain", more=False)
        using(site, monkeypatch, f"smtp://127.0.0.1:{post.server_address[1]}")

        assert mailing.send_due(site) == Sent(2, 0)

        post.shutdown()
    assert len(post.letters) == 2  # type: ignore[attr-defined]


def test_while_no_mail_server_answers_letters_wait(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(a_person(), "plain", more=False)
    using(site, monkeypatch, "smtp://127.0.0.1:1")

    assert mailing.send_due(site) == Sent(0, 1)
    assert letters(site) == []


def using(site: Flask, monkeypatch: pytest.MonkeyPatch, smtp_url: str) -> None:
    chosen = site.config["COPROD"]
    monkeypatch.setitem(site.config, "COPROD", replace(chosen, smtp_url=smtp_url))
