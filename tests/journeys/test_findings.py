"""Reading how well people were listened to: the rule, the rows behind a figure, its table."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from coprod import bodies, clock
from coprod.events import Role
from tests import worked
from tests.journeys.conftest import Open, accessible
from tests.make import an_engagement, someone_who

CUT_OFF = "2026-05-15"  # of the worked case


def test_a_figure_says_its_rule_and_is_one_click_from_the_rows_behind_it(
    app: Flask, open_page: Open
) -> None:
    worked.bring_in()

    page = open_page(f"/findings?at={CUT_OFF}", phone=True)
    accessible(page)
    figure = page.locator(".cp_figure").filter(has_text="13 of 22").first
    assert figure.locator(".cp_figure__rule").inner_text().endswith(".")
    likely = figure.locator(".cp_figure__likely").first
    assert likely.inner_text() == "Likely between 39% and 77%"
    figure.get_by_role("link", name="See the rows behind it").click()

    accessible(page)
    assert page.get_by_role("link", name="Counted (13)", exact=True).is_visible()
    page.get_by_role("link", name="Not counted (9)").click()
    assert page.locator(".cp_rows__row").count() == 9


def test_every_chart_has_its_table_and_opens_by_keyboard(app: Flask, open_page: Open) -> None:
    worked.bring_in()

    page = open_page(f"/findings?at={CUT_OFF}", script=False)
    charts = page.locator("figure:has(svg)")
    assert charts.count() > 0
    for chart in charts.all():
        table = chart.locator("details")
        table.locator("summary").focus()
        page.keyboard.press("Enter")
        assert table.get_by_role("table").first.is_visible()


def test_a_body_replies_before_a_finding_is_public_and_is_read_beside_it(
    app: Flask, open_page: Open
) -> None:
    asked = an_engagement(options_fixed=clock.today() - timedelta(days=3))
    body = bodies.get(asked.body_id)
    officer = someone_who(Role.OFFICER, body=body)

    desk = open_page(f"/bodies/{body.slug}/findings", officer)
    accessible(desk)
    assert desk.get_by_text("Not public until").first.is_visible()
    desk.get_by_role("link", name="Reply for").first.click()
    accessible(desk)
    desk.get_by_role("main").get_by_role("textbox").last.fill("The law fixed the choices.")
    desk.get_by_role("main").get_by_role("button").last.click()
    accessible(desk)
    assert desk.get_by_text("The law fixed the choices.").is_visible()

    anybody = open_page(f"/bodies/{body.slug}/findings", phone=True)
    assert not anybody.get_by_text("The law fixed the choices.").is_visible()
    with clock.at(clock.now() + timedelta(days=16)):
        anybody.reload()
        accessible(anybody)
        assert anybody.get_by_text("The law fixed the choices.").is_visible()
