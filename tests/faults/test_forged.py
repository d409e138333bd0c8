"""What was not meant is not done: without a token, from elsewhere, by a link, twice, too late."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask

from coprod import clock, engagements, identity, mailing, outbox, voting
from coprod.db import transaction
from coprod.errors import Changed
from coprod.web import access
from tests.faults.ground import Ground, changed, everything
from tests.faults.test_access import PLAUSIBLE, token_of
from tests.make import a_person
from tests.web.browser import Browser

QUIET = {"sign_ins", "submissions"}  # that somebody signed in, or sent a form, is no act
SCHEMES = (
    "//",
    "///",
    "////",
    "/\\",
    "\\\\",
    "/\\/",
    "https://",
    "http:/\\",
    "https:",
    "javascript:",
)
TRAPS = (
    *(
        f"{before}{scheme}{host}"
        for before in ("", " ", "\t", "\n")
        for scheme in SCHEMES
        for host in ("evil.example", "evil.example/@localhost/")
    ),
    "/%09/evil.example\t",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/\u0000//evil.example",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?next=//evil.example\n",
    "/a\\..\\..//evil.example",
)


def acts(app: Flask, ground: Ground) -> list[str]:
    """Every address that changes something when a form is sent to it."""
    return [
        address
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        for address in ground.addresses(app, rule)
    ]


def test_nothing_is_done_without_the_token_from_elsewhere_or_by_a_link(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    browser.reads = False
    for person in (ground.author, ground.officer):
        browser.sign_in(person)
        token = token_of(app, browser)
        before = everything()
        for address in acts(app, ground):
            bare = browser.post(address, data=PLAUSIBLE)
            assert bare.status_code == 400, address
            forged = browser.post(address, data=PLAUSIBLE | {"csrf_token": token[::-1]})
            assert forged.status_code == 400, address
            for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                sent = browser.post(
                    address, data=PLAUSIBLE | {"csrf_token": token}, headers=headers
                )
                assert sent.status_code == 403, address
            for method in (browser.get, browser.head, browser.put, browser.delete, browser.patch):
                assert method(address).status_code < 500, address
        assert changed(before) <= QUIET


def test_control_the_same_with_the_token_is_done(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    browser.reads = False
    browser.sign_in(ground.author)
    token = token_of(app, browser)
    before = everything()

    browser.post(f"/contributions/{ground.said.id}/take-back", data={"csrf_token": token})

    assert changed(before) >= {"contributions", "record_entries"}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_address_to_go_on_to_leads_away(trap: str) -> None:
    assert access.local_path(trap, "/here") == "/here"


def test_signing_in_by_a_trapped_link_stays_here(browser: Browser) -> None:
    identity.register(
        email="asha@example.org",
        password="a long password",
        name="Asha B",
        sectors=["COM"],  # type: ignore[list-item]
    )
    for trap in TRAPS[::6]:
        browser.reads = False
        page = f"/sign-in?next={quote(trap)}"
        sent = browser.fill_in(page, email="asha@example.org", password="a long password")
        assert sent.status_code == 303
        assert sent.location.startswith("/")
        assert "evil" not in sent.location
        browser.sign_out()


def test_a_letter_never_believes_the_host_of_a_request(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    browser.sign_in(ground.author)
    browser.reads = False
    for headers in (
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    ):
        page = browser.get("/account", headers=headers)
        assert "evil.example" not in page.text
        browser.post(
            "/forgotten",
            data={"email": ground.author.email, "csrf_token": token_of(app, browser)},
            headers=headers,
        )
    with clock.at(clock.now() + timedelta(minutes=1)):
        while mailing.send_due(app).sent:
            pass
    letters = "".join(
        file.read_text() for file in app.config["COPROD"].data.rglob("*.eml") if file.is_file()
    )
    assert "evil.example" not in letters
    assert outbox.to(ground.author.id, 5)


def test_two_editors_of_one_plan_never_overwrite_each_other(
    browser: Browser, app: Flask, ground: Ground
) -> None:
    path = f"/engagements/{ground.plan.id}/plan/scope"
    first, second = app.test_client(), app.test_client()
    assert isinstance(first, Browser)
    assert isinstance(second, Browser)
    first.sign_in(ground.roles["planner here"])
    second.sign_in(ground.roles["officer here"])
    one, other = first.get(path), second.get(path)

    assert first.send(one, path, can_change="The first words.").status_code == 303
    late = second.send(other, path, can_change="The second words.")

    assert late.status_code == 409
    assert "The second words." in late.text
    assert engagements.get(ground.plan.id).can_change == "The first words."


def test_control_an_edit_without_its_version_overwrites(ground: Ground) -> None:
    planner = ground.roles["planner here"]
    version = engagements.get(ground.plan.id).version
    engagements.edit(planner.id, ground.plan.id, version=version, can_change="The first words.")

    with pytest.raises(Changed):
        engagements.edit(planner.id, ground.plan.id, version=version, can_change="Others.")
    with transaction():  # the naive way
        engagements.get(ground.plan.id).can_change = "The second words."

    assert engagements.get(ground.plan.id).can_change == "The second words."


def test_words_for_a_have_your_say_that_closed_meanwhile_are_kept(
    browser: Browser, ground: Ground
) -> None:
    browser.sign_in(a_person())
    path = f"/contributions/new?engagement={ground.open.id}"
    page = browser.get(path)
    assert ground.open.closes_at is not None

    with clock.at(ground.open.closes_at + timedelta(seconds=1)):
        browser.sign_in(a_person())
        sent = browser.fill_in(
            "/contributions/new",
            engagement=ground.open.id,
            place=ground.place.id,
            sector="COM",
            kind="idea",
            title="A later bus",
            text="My own words.",
            step="check",
        )

    assert page.status_code == 200
    assert sent.status_code == 409
    assert "My own words." in sent.text


def test_stages_out_of_order_are_refused_and_change_nothing(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    browser.reads = False
    browser.sign_in(ground.roles["planner here"])
    token = token_of(app, browser)
    for engagement in (ground.plan, ground.open, ground.voting):
        stage = engagements.get(engagement.id).stage
        for to in ("analysing", "deciding", "reviewed", "voting", "feedback_due", "nonsense"):
            sent = browser.post(
                f"/engagements/{engagement.id}/move/{to}", data={"csrf_token": token, "sure": "y"}
            )
            assert sent.status_code in {303, 404, 409, 422}, (to, sent.status_code)
            if stage.value != "voting":
                assert engagements.get(engagement.id).stage is stage, to


def test_a_ballot_after_the_close_is_refused_and_said_so(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    assert ground.poll.closes_at is not None
    with clock.at(ground.poll.closes_at + timedelta(seconds=1)):
        browser.sign_in(a_person())
        browser.reads = False
        before = everything()
        sent = browser.post(
            f"/votes/{ground.poll.id}",
            data={
                "csrf_token": token_of(app, browser),
                "choices": [str(voting.get(ground.poll.id).options[0].id)],
                "sector": "COM",
                "step": "cast",
            },
        )
        assert sent.status_code == 409
        assert "closed" in sent.text
        assert changed(before) <= QUIET


def test_going_back_twice_and_sending_again_is_still_one(browser: Browser, ground: Ground) -> None:
    browser.sign_in(ground.author)
    path = f"/contributions/{ground.hidden.id}/appeal"
    page = browser.get(path)

    sent = [browser.send(page, path, text="It is on topic.") for _ in range(3)]

    assert {one.status_code for one in sent} <= {303, 409, 422}
    assert sent[0].status_code == 303
    before = everything()
    browser.send(page, path, text="It is on topic.")
    assert changed(before) <= QUIET
