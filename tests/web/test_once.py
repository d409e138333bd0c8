"""One form, sent twice, is one act; two hundred times at once, too."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from coprod import contributions
from coprod.contributions import Wanted
from coprod.events import Side
from coprod.identity import Person
from coprod.web.forms import new_submission_id
from tests.make import a_contribution, a_person
from tests.web.browser import Browser

TIMES = 200


def comments_of(person: Person) -> int:
    return contributions.count(Wanted(author_id=person.id, comments_too=True))


def test_a_double_click_is_one_act(browser: Browser) -> None:
    asha, said = a_person(), a_contribution()
    browser.sign_in(asha)
    page = browser.get(f"/contributions/{said.id}")

    answers = {
        "text": "I agree: my mother cannot get home.",
        "sector": "COM",
        "side": Side.NEUTRAL.value,
    }
    first, second = (
        browser.send(page, "", f"/contributions/{said.id}/comments", **answers) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert comments_of(asha) == 1


def test_the_same_form_with_other_words_is_refused_and_the_words_kept(browser: Browser) -> None:
    asha, said = a_person(), a_contribution()
    browser.sign_in(asha)
    page = browser.get(f"/contributions/{said.id}")
    where = f"/contributions/{said.id}/comments"
    browser.send(page, "", where, text="The first words.", sector="COM", side=Side.NEUTRAL.value)

    other = browser.send(
        page, "", where, text="Some other words.", sector="COM", side=Side.NEUTRAL.value
    )

    assert other.status_code == 409
    assert "Some other words." in other.text
    assert comments_of(asha) == 1


def test_two_hundred_at_once_are_one(app: Flask, browser: Browser) -> None:
    asha, said = a_person(), a_contribution()
    browser.sign_in(asha)
    page = browser.get(f"/contributions/{said.id}").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    cookie = browser.get_cookie("coprod")
    assert cookie is not None
    sent = {
        "csrf_token": token,
        "submission_id": new_submission_id(),
        "text": "I agree.",
        "sector": "COM",
        "side": Side.NEUTRAL.value,
    }

    def press(_n: int) -> int:
        answer = app.test_client(use_cookies=False).post(
            f"/contributions/{said.id}/comments",
            data=sent,
            headers={"Cookie": f"coprod={cookie.value}"},
        )
        return int(answer.status_code)

    with ThreadPoolExecutor(12) as pool:
        statuses = Counter(pool.map(press, range(TIMES)))

    assert statuses == {303: TIMES}
    assert comments_of(asha) == 1
