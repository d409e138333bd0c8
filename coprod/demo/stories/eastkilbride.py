"""East Kilbride: a change that nobody was told of, looked at afterwards; then a pilot with an end."""

from __future__ import annotations

from coprod.demo.asking import Asked, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason

TEAMS = Asked(
    title="Home First and the Integrated Community Support Team: who does what?",
    talk="teams",
    promise=Promise.ASK,
    summary="Home First began in East Kilbride beside the team that was there. Tell us what that was like.",
    background="Home First helps people home from hospital. The other team helps people to stay there.",
    can="Who does what from now on.",
    cannot="That Home First goes on.",
    why_not="It is a national programme.",
    opens=200,
    closes=170,
    fixed=172,
    decided=133,
    feedback=119,
    body="IJB SL",
    information=5,
    earlier=(
        236,
        "The newsletter of that month says that the teams' work had been shared out already: the people who do the work were not told before.",
    ),
    settled=(
        Settled(
            day=133,
            outcome=Outcome.VARIED,
            title="One diary for two teams in East Kilbride, and notice before a change",
            text="The two teams share a diary. No change to who does what begins without 28 days' notice to the teams and to those they visit.",
            reasons="The change was made without notice. A review after the event found nine people who had been visited twice and three who had not been visited.",
            ref="IJB SL paper 22",
            uses=(
                Use(
                    of="notice",
                    effect=Effect.CHANGED,
                    quote="We read about it in a newsletter on the ninth.",
                    before="Changes are communicated to staff in the newsletter.",
                    after="Changes are told to the teams and to the people they visit, 28 days before.",
                    then="confirmed",
                ),
                Use(
                    of="donnie",
                    effect=Effect.CHANGED,
                    quote="I am not two people.",
                    before="Each team books its own interpreter.",
                    after="One interpreter is booked by name, for both teams.",
                    then="confirmed",
                ),
                Use(of="twice", effect=Effect.SUPPORTED, then="confirmed"),
                Use(
                    of=4,
                    effect=Effect.SHAPED,
                    before="Each team keeps its own record of visits.",
                    after="One diary shows who has been and who has not.",
                ),
                Use(
                    of=6,
                    effect=Effect.SUPPORTED,
                    quote="It is the same council.",
                    then="removed",
                    note="The same point is quoted from somebody else, and this person had asked not to be quoted by their team.",
                ),
                Use(of=7, effect=Effect.NOT_ADOPTED),
            ),
            rest=(
                Disposition.NOT_USED,
                Reason.OTHER_INPUT,
                "Others made the point, and their words are quoted.",
            ),
            does=(
                Do(
                    what="Share the diary",
                    post="Chief Officer, HSCP",
                    due=95,
                    claimed=90,
                    proof="Both teams can see it. The Chief Officer who promised it has since left; the post keeps the promise.",
                    confirmed=79,
                ),
                Do(
                    what="Book interpreters by name",
                    post="Equality lead, HSCP",
                    due=90,
                    claimed=88,
                    proof="Eleven visits, eleven interpreters.",
                    confirmed=70,
                ),
                Do(
                    what="Print one page of who does what, with faces",
                    post="Locality manager, East Kilbride",
                    due=70,
                    claimed=66,
                    proof="It went out with the bin calendar.",
                ),
            ),
        ),
    ),
    told=115,
    points=(
        Point(
            "Tell people before you change a thing.",
            "28 days' notice is now the rule.",
            "We did not give any this time, and that cannot be put right.",
        ),
        Point(
            "One page, with faces.", "It is printed.", "Two people did not want their face on it."
        ),
    ),
    reviewed=100,
)

ROOF = Asked(
    title="Everyone under one roof in the village: try it for six months?",
    talk="roof",
    promise=Promise.WORK_WITH,
    summary="The teams in East Kilbride could share one building for six months. At the end it must be adopted, adapted or stopped.",
    background="Three buildings are rented. One lease ends in the summer.",
    can="Which building, what is in it, how we judge it.",
    cannot="That it ends with a decision.",
    why_not="The Board has had enough of trials that never end.",
    opens=66,
    closes=24,
    fixed=30,
    decided=-16,
    feedback=-30,
    awaits=8,
)


def tell(area: Area) -> None:
    """Leave what happens in East Kilbride for its days."""
    talks = read("eastkilbride")
    ask(area, talks["teams"], TEAMS)
    ask(area, talks["roof"], ROOF)
