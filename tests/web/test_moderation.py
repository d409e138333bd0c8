"""Moderators act under a rule and are seen to; authors appeal; somebody else settles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coprod import clock, contributions, moderation, permissions
from coprod.contributions import Contribution, State
from coprod.events import (
    AppealDecided,
    ContributionHeld,
    ContributionHidden,
    ContributionShown,
    HideRule,
    Role,
)
from coprod.identity import Person
from tests.make import a_contribution, a_person, a_place, as_, someone_who, told
from tests.web.browser import Browser


def state(said: Contribution) -> State:
    return contributions.get(said.id).state


def an_appeal(text: str = "It abuses nobody.") -> tuple[moderation.Appeal, Person]:
    """An appeal that waits, and the moderator who hid the words."""
    place = a_place()
    author = a_person()
    said = a_contribution(place, author=author, text="Cross words about the marigold rota.")
    moderator = someone_who(Role.MODERATOR, place=place)
    moderation.hide(moderator.id, said.id, rule=HideRule.ABUSE)
    return moderation.appeal(author.id, said.id, text=text), moderator


def test_a_moderator_hides_under_a_rule_after_a_second_look(browser: Browser) -> None:
    said = a_contribution(text="Buy my marigolds.")
    browser.sign_in(someone_who(Role.MODERATOR))
    where = f"/contributions/{said.id}/hide"
    assert where in browser.get(f"/contributions/{said.id}").text

    asked = browser.fill_in(where)
    look = browser.fill_in(where, rule="spam")

    assert asked.status_code == 422
    assert "Choose the rule" in asked.text
    assert "Yes, hide these words" in look.text
    assert state(said) is State.PUBLISHED

    assert browser.send(look, where).status_code == 303
    assert state(said) is State.HIDDEN
    page = browser.get(f"/contributions/{said.id}").text
    assert "hid this, because it is advertising or spam" in page
    assert "Buy my marigolds" not in page


def test_held_words_are_read_again_by_a_moderator_and_shown(browser: Browser) -> None:
    said = a_contribution(text="A marigold by the gate.")
    browser.sign_in(someone_who(Role.MODERATOR))

    browser.fill_in(f"/contributions/{said.id}/hold", rule=HideRule.PERSONAL_DETAILS.value)

    assert state(said) is State.HELD
    assert "A marigold" not in browser.get(f"/contributions/{said.id}").text
    assert "A marigold" in browser.get(f"/contributions/{said.id}/show-again").text

    browser.fill_in(f"/contributions/{said.id}/show-again")

    assert state(said) is State.PUBLISHED
    kinds = [type(event) for event in told(said.id)][1:]
    assert kinds == [ContributionHeld, ContributionShown]


def test_a_comment_is_moderated_on_its_own_page(browser: Browser) -> None:
    said = a_contribution()
    comment = contributions.comment(
        a_person().id, said.id, text="A cross word.", side=None, standing=as_()
    )
    browser.sign_in(someone_who(Role.MODERATOR))
    assert f"/contributions/{comment.id}/hide" in browser.get(f"/contributions/{comment.id}").text

    where = f"/contributions/{comment.id}/hide"
    browser.send(browser.fill_in(where, rule="abuse"), where)

    assert state(comment) is State.HIDDEN
    assert "A cross word." not in browser.get(f"/contributions/{said.id}").text


def test_nobody_else_moderates(browser: Browser) -> None:
    said = a_contribution(text="A marigold by the gate.")
    moderation.hide(someone_who(Role.MODERATOR).id, said.id, rule=HideRule.ABUSE)
    elsewhere = someone_who(Role.MODERATOR, place=a_place())
    for who, status in ((None, 303), (a_person(), 403), (elsewhere, 403)):
        if who:
            browser.sign_in(who)
        for act in ("hold", "hide", "show-again"):
            answer = browser.get(f"/contributions/{said.id}/{act}")
            assert answer.status_code == status
            assert "marigold" not in answer.text
        assert "For moderators" not in browser.get(f"/contributions/{said.id}").text
    browser.sign_in(someone_who(Role.MODERATOR))
    assert browser.get(f"/contributions/{said.place_id}/hide").status_code == 404


def test_a_checker_reads_the_words_and_the_appeal_and_settles_it(browser: Browser) -> None:
    appeal, _ = an_appeal()
    browser.sign_in(someone_who(Role.CHECKER))
    where = f"/checks/appeals/{appeal.id}"
    assert where in browser.get("/checks").text
    page = browser.get(where).text
    for words in ("marigold rota", "it abuses or threatens somebody", "It abuses nobody."):
        assert words in page

    asked = browser.fill_in(where)
    settled = browser.fill_in(where, upheld="yes")

    assert (asked.status_code, settled.status_code) == (422, 303)
    assert contributions.get(appeal.contribution_id).readable
    assert "the author was right" in browser.get(where).text
    assert where not in browser.get("/checks").text


def test_whoever_hid_it_or_wrote_it_cannot_settle_it_whatever_roles_they_hold(
    browser: Browser,
) -> None:
    appeal, moderator = an_appeal()
    author = contributions.get(appeal.contribution_id).author
    for person in (moderator, author):
        permissions.grant(None, person.id, Role.CHECKER)
        browser.sign_in(person)

        sent = browser.fill_in(f"/checks/appeals/{appeal.id}", upheld="no")

        assert sent.status_code == 403
        assert "somebody else must settle it" in sent.text
    assert AppealDecided not in [type(e) for e in told(appeal.contribution_id)]


@pytest.mark.usefixtures("app")
def test_an_appeal_is_settled_even_when_the_words_are_shown_again_meanwhile() -> None:
    appeal, moderator = an_appeal()
    moderation.show(moderator.id, appeal.contribution_id)

    moderation.decide_appeal(someone_who(Role.CHECKER).id, appeal.contribution_id, upheld=True)

    assert not moderation.appeals_waiting()


def test_only_checkers_of_the_place_see_the_words_of_an_appeal(browser: Browser) -> None:
    appeal, _ = an_appeal()
    where = f"/checks/appeals/{appeal.id}"
    assert browser.get(where).status_code == 303
    for person in (
        a_person(),
        someone_who(Role.MODERATOR),
        someone_who(Role.CHECKER, place=a_place()),
    ):
        browser.sign_in(person)
        answer = browser.get(where)
        assert answer.status_code == 403
        assert "marigold" not in answer.text
    browser.sign_in(someone_who(Role.CHECKER))
    assert browser.get(f"/checks/appeals/{appeal.contribution_id}").status_code == 404


def test_the_list_of_checks_costs_the_same_however_long(
    browser: Browser, statements: list[str]
) -> None:
    browser.sign_in(someone_who(Role.CHECKER))

    def cost() -> int:
        statements.clear()
        assert browser.get("/checks").status_code == 200
        return len(statements)

    an_appeal()
    few = cost()
    for _ in range(5):
        an_appeal()
    assert cost() == few


def test_everyone_sees_how_often_what_was_kept_from_view(
    browser: Browser, statements: list[str]
) -> None:
    with clock.at(clock.now() - timedelta(days=90)):
        an_appeal()
        appeal, _ = an_appeal()
        moderation.decide_appeal(someone_who(Role.CHECKER).id, appeal.contribution_id, upheld=True)
    an_appeal()
    statements.clear()
    few = len(statements), browser.get("/moderation").status_code, len(statements)

    first_of_month = clock.now() - timedelta(days=40)
    lately, ever = moderation.tallies(first_of_month)

    assert (lately.hidden[HideRule.ABUSE], ever.hidden[HideRule.ABUSE]) == (1, 3)
    assert (lately.appeals[HideRule.ABUSE], ever.appeals[HideRule.ABUSE]) == (1, 3)
    assert (lately.upheld.total(), ever.upheld[HideRule.ABUSE], ever.shown.total()) == (0, 1, 1)
    assert ContributionHidden in [type(e) for e in told(appeal.contribution_id)]
    assert "Author was right" in browser.get("/moderation").text
    an_appeal()
    statements.clear()
    browser.get("/moderation")
    assert len(statements) == few[2]
