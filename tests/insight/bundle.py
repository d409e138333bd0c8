"""The worked case as events: a small reader of the bundle, for tests without app or database."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from coprod import events
from coprod.insight import Answers, Question

IMPORTED = uuid5(NAMESPACE_URL, "import")
READ = datetime(2026, 6, 1, tzinfo=UTC)  # imports come late


def ident(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{kind}/{name}")


class Bundle:
    """A folder of CSV files. `entries` is the record, `labels` says what each id was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.labels: dict[UUID, str] = {}
        self.entries: list[events.Entry] = []
        self.places_of: dict[str, UUID] = {}
        self._ground()
        self._asked()
        self._said()
        self._decided()
        self._looked_back()

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def id(self, kind: str, name: str) -> UUID:
        made = ident(kind, name)
        self.labels[made] = name
        return made

    def maybe(self, kind: str, name: str) -> UUID | None:
        return self.id(kind, name) if name else None

    def tell(self, event: events.Event, actor: str | None = None) -> None:
        self.entries.append(
            events.Entry(index=len(self.entries), at=READ, event=event, actor=actor)
        )

    def _ground(self) -> None:
        for row in self.rows("places"):
            self.tell(
                events.PlaceAdded(
                    subject=self.id("place", row["id"]),
                    kind_of_place=events.PlaceKind(row["kind"]),
                    slug=row["id"].lower(),
                    parent=self.maybe("place", row["parent"]),
                    shares=tuple(Fraction(row[f"q{n}"]) for n in range(1, 6) if row[f"q{n}"]),
                )
            )
        for row in self.rows("organisations"):
            self.tell(
                events.OrganisationAdded(
                    subject=self.id("group", row["id"]), sector=events.Sector(row["sector"])
                )
            )
        for row in self.rows("issues"):
            self.places_of[row["id"]] = self.id("place", row["place"])
            self.tell(
                events.IssueOpened(
                    subject=self.id("issue", row["id"]),
                    place=self.id("place", row["place"]),
                    on=moment(row["opened"]),
                    sector=events.Sector(row["opened_by_sector"]),
                )
            )

    def _asked(self) -> None:
        for row in self.rows("engagements"):
            here = {
                "subject": self.id("engagement", row["id"]),
                "place": self.id("place", row["place"]),
                "engagement": self.id("engagement", row["id"]),
            }
            self.tell(
                events.EngagementOpened(
                    **here,
                    on=moment(row["opens"]),
                    body=self.id("body", row["body"]),
                    promise=int(row["promise"]),
                    opens=day(row["opens"]),
                    closes=day(row["closes"]),
                    information=int(row["information"]),
                    issue=self.maybe("issue", row["issue"]),
                    options_fixed=day(row["options_fixed"]),
                    feedback_due=day(row["feedback_due"]),
                )
            )
            self.tell(
                events.AppraisalRecorded(
                    **here,
                    on=moment(row["closes"]),
                    community_options=int(row["community_options"]),
                    cosigned=row["cosigned"] == "yes",
                    community_power=row["community_power"] == "yes",
                )
            )
            if given := row["feedback_given"]:
                self.tell(events.FeedbackGiven(**here, on=moment(given), given=day(given)))

    def _said(self) -> None:
        for row in self.rows("contributions"):
            here = {
                "subject": self.id("contribution", row["id"]),
                "place": self.id("place", row["place"]),
                "engagement": self.maybe("engagement", row["engagement"]),
                "on": moment(row["submitted"]),
            }
            self.tell(
                events.ContributionMade(
                    **here,
                    kind_of_input=events.Kind(row["kind"]),
                    sector=events.Sector(row["sector"]),
                    channel=events.Channel(row["channel"]),
                    author=row["author"],
                    issue=self.maybe("issue", row["issue"]),
                    organisation=self.maybe("group", row["organisation"]),
                    imported=IMPORTED,
                )
            )
            if tag := row["challenges_policy"]:
                self.tell(events.PolicyTagged(**here, challenges=tag == "yes"))
        for row in self.rows("replies"):
            self.tell(
                events.ReplyGiven(
                    subject=self.id("reply", row["id"]),
                    on=moment(row["given"]),
                    contribution=self.id("contribution", row["contribution"]),
                    body=self.maybe("body", row["body"]),
                    stated=row["reasoned"] == "yes",
                )
            )

    def _decided(self) -> None:
        decided = {row["id"]: moment(row["decided"]) for row in self.rows("decisions")}
        for row in self.rows("decisions"):
            self.tell(
                events.DecisionRecorded(
                    subject=self.id("decision", row["id"]),
                    place=self.places_of[row["issue"]],
                    engagement=self.maybe("engagement", row["engagement"]),
                    on=decided[row["id"]],
                    body=self.id("body", row["body"]),
                    outcome=events.Outcome(row["outcome"]),
                    paper_final=day(row["paper_final"]),
                    decided=day(row["decided"]),
                    issue=self.maybe("issue", row["issue"]),
                )
            )
        for row in self.rows("citations"):
            cited = self.id("citation", f"{row['decision']}/{row['contribution']}")
            self.tell(
                events.CitationMade(
                    subject=cited,
                    on=decided[row["decision"]],
                    decision=self.id("decision", row["decision"]),
                    contribution=self.id("contribution", row["contribution"]),
                    effect=events.Effect(row["effect"]),
                    start=0,
                    length=len(row["quote"]),
                    amended=bool(row["before"] and row["after"]),
                )
            )
            if row["dispute"]:
                later = decided[row["decision"]] + timedelta(days=1)
                self.tell(events.CitationDisputed(subject=cited, on=later))
                if row["dispute"] != "open":
                    upheld = row["dispute"] == "upheld"
                    self.tell(
                        events.CitationDisputeResolved(subject=cited, on=later, upheld=upheld)
                    )
        for row in self.rows("actions"):
            here = {"subject": self.id("action", row["id"]), "on": decided[row["decision"]]}
            self.tell(
                events.ActionAgreed(
                    **here, decision=self.id("decision", row["decision"]), due=day(row["due"])
                )
            )
            if row["claimed"] == "yes":
                self.tell(events.ActionClaimed(**here))
            if row["confirmed"] == "yes":
                self.tell(events.ActionConfirmed(**here))
        self._spoken()
        self._polled()

    def _spoken(self) -> None:
        for row in self.rows("statements"):
            here = {"subject": self.id("statement", row["id"]), "on": moment(row["said"])}
            cites = tuple(self.id("contribution", cited) for cited in row["cites"].split())
            self.tell(
                events.StatementMade(
                    **here,
                    cites=cites,
                    decision=self.maybe("decision", row["decision"]),
                    interface=row["representative"].startswith("TSI"),
                )
            )
            if row["reported_back"] == "yes":
                self.tell(events.StatementReportedBack(**here))

    def _polled(self) -> None:
        polls: dict[str, list[dict[str, str]]] = {}
        for row in self.rows("polls"):
            polls.setdefault(row["poll"], []).append(row)
        for name, rows in polls.items():
            options = tuple(self.id("option", f"{name}/{row['option']}") for row in rows)
            here = {
                "subject": self.id("poll", name),
                "engagement": self.id("engagement", rows[0]["engagement"]),
                "on": moment("2026-04-01"),
            }
            self.tell(
                events.PollTallied(
                    **here,
                    method=rows[0]["method"],
                    options=options,
                    votes=tuple(int(row["votes"]) for row in rows),
                )
            )
            adopted = zip(options, rows, strict=True)
            self.tell(
                events.VoteAnswered(
                    **here,
                    adopted=tuple(o for o, row in adopted if row["adopted"] == "yes"),
                    ranks=tuple(int(row["body_rank"]) for row in rows if row["body_rank"]),
                    reasons=rows[0]["reasons_published"] == "yes",
                )
            )

    def _looked_back(self) -> None:
        for row in self.rows("promised_dates"):
            here = {"subject": self.id("promise", row["what"]), "on": moment("2026-01-12")}
            due = day(row["due"])
            kind = events.PromisedDateKind.OTHER
            self.tell(events.DatePromised(**here, what=kind, due=due))
            if row["kept"] == "yes":
                self.tell(events.DateMet(**here, met=due))
        for number, row in enumerate(self.rows("surveys")):
            self.tell(
                events.SurveyHeld(
                    subject=self.id("survey", str(number)),
                    on=moment("2026-05-10"),
                    **{name: int(row[name]) for name in ("invited", "replied", "agree")},
                )
            )
        for number, row in enumerate(self.rows("support_requests")):
            self.tell(
                events.SupportNeedsMet(
                    subject=self.id("needs", str(number)),
                    on=moment("2026-05-10"),
                    made=int(row["made"]),
                    met=int(row["met"]),
                )
            )

    def monitoring(self) -> list[Answers]:
        """How many people of each place live in each fifth: each author once."""
        fifths: dict[str, dict[str, int]] = {}
        for row in self.rows("contributions"):
            if row["quintile"]:
                fifths.setdefault(row["place"], {})[row["author"]] = int(row["quintile"])
        return [
            Answers(
                place=ident("place", place),
                question=Question.DEPRIVATION,
                counts=tuple(list(people.values()).count(fifth) for fifth in range(1, 6)),
            )
            for place, people in fifths.items()
        ]


def day(value: str) -> date:
    return date.fromisoformat(value)


def moment(value: str) -> datetime:
    """The London midnight that the day begins with."""
    return datetime.combine(day(value), time(), ZoneInfo("Europe/London")).astimezone(UTC)
