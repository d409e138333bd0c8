"""What every page shares works in a real browser: the way in, errors, a sign-in that ended."""

from __future__ import annotations

import pytest
from flask import Flask

from coprod import contributions, identity
from coprod.contributions import Wanted
from tests.journeys.conftest import PASSWORD, Open, accessible
from tests.make import a_contribution, a_person

PAGES = ("/", "/record/", "/places", "/sign-in", "/sign-up", "/nowhere", "/check/", "/search?q=bus")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_first_pages_are_for_everybody(app: Flask, open_page: Open, phone: bool) -> None:
    a_contribution()

    page = open_page("/", phone=phone)
    for path in PAGES:
        page.goto(path)
        accessible(page)


def test_somebody_whose_sign_in_ended_while_writing_loses_nothing(
    app: Flask, open_page: Open
) -> None:
    asha, said = a_person(), a_contribution()
    page = open_page(f"/contributions/{said.id}", asha, script=False, phone=True)
    page.get_by_label("Your comment").fill("My mother cannot get home after six.")
    page.get_by_text("Neither", exact=True).click()
    resident = page.get_by_role("main").get_by_text("Resident", exact=True)
    if resident.count():
        resident.last.click()
    identity.sign_out_everywhere(asha.id)

    page.get_by_role("main").locator("form[action$=comments] button[type=submit]").click()
    assert page.get_by_text("My mother cannot get home").is_visible()
    page.get_by_label("Email address").fill(str(asha.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and send it").click()

    assert page.get_by_text("My mother cannot get home").is_visible()
    mine = contributions.listed(Wanted(author_id=asha.id, comments_too=True)).items
    assert [comment.text for comment in mine] == ["My mother cannot get home after six."]
