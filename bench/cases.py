"""What is measured, and what each may cost: the budgets of the project's performance targets.

A budget is in units: processor time over that of a bare "hello" in the same round.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench import asking, world
from bench.asking import Answers, Request
from bench.loading import Ready
from bench.serving import Server

PACKED = {"Accept-Encoding": "gzip"}  # as every browser asks
WARM = 8  # requests, so that both workers have done what only a first one does
MANY = 16  # connections at once

Act = Callable[[Ready, int, int], tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Case:
    """One page or act. `budget` None: no target is set for it, and it is shown for scale."""

    name: str
    budget: float | None
    ask: Callable[[Ready, Server, int], Answers | None]


def pages() -> list[Case]:
    """Reading, by visitors with and without a sign-in."""
    return [
        *_page("list of 25", lambda told: "/contributions", 5.5),
        *_page("contribution, 50 comments", lambda told: f"/contributions/{told.short}", 13),
        *_page("contribution, 10,000 comments", lambda told: f"/contributions/{told.long}", 13),
        *_page("front page", lambda told: "/", None),
        *_page("decision", lambda told: f"/decisions/{told.decision}", None),
        *_page("findings of everything", lambda told: "/findings", None, signed=False),
        *_page(
            "findings of an engagement",
            lambda told: f"/engagements/{told.engagement}/findings",
            None,
            signed=False,
        ),
        Case("list of 25, not modified (304)", 0.8, _not_modified),
        Case("search in 20,000 texts", 9, _search),
    ]


def acts() -> list[Case]:
    """Writing: durable, each with its entry on the record."""
    return [
        Case(f"{name}, {number}", BUDGETS[name], _acting(act, connections))
        for name, act in ACTS.items()
        for connections, number in ((1, "1 connection"), (MANY, f"{MANY} connections"))
    ]


def _page(
    name: str,
    path: Callable[[world.Told], str],
    budget: float | None,
    *,
    signed: bool = True,
) -> list[Case]:
    """A page as kept in memory, as made anew for the public, and as made for somebody signed in."""

    def kept(ready: Ready, server: Server, lasting: int) -> Answers | None:
        return _reading(server, [path(ready.told)], PACKED, lasting)

    def anew(ready: Ready, server: Server, lasting: int) -> Answers | None:
        return _reading(server, [path(ready.told) + "?n={n}"], PACKED, lasting)

    def own(ready: Ready, server: Server, lasting: int) -> Answers | None:
        cookie = {"Cookie": ready.visitors[0].cookie}
        return _reading(server, [path(ready.told)], PACKED | cookie, lasting)

    made = [Case(f"{name}, unchanged", 1.1, kept), Case(f"{name}, made anew", budget, anew)]
    return [*made, Case(f"{name}, signed in", budget, own)] if signed else made


def _reading(
    server: Server, paths: list[str], headers: Mapping[str, str], lasting: int
) -> Answers | None:
    """Measure, unless there is no such page yet. `paths` may redirect once to where it is."""
    status, told, _ = asking.once(server.port, paths[0].replace("{n}", "0"), headers)
    if status in {301, 308}:
        there = told["location"].partition("?")[0]
        paths = [there + ("?n={n}" if "{n}" in paths[0] else "")]
    elif status != 200:
        return None
    for _ in range(WARM):
        asking.once(server.port, paths[0].replace("{n}", secrets.token_hex(4)), headers)
    return asking.read(server.port, paths, headers, MANY, lasting)


def _not_modified(ready: Ready, server: Server, lasting: int) -> Answers | None:
    _, told, _ = asking.once(server.port, "/contributions", PACKED)
    headers = PACKED | {"If-None-Match": told["etag"]}
    if asking.once(server.port, "/contributions", headers)[0] != 304:
        return None
    return _reading_as_it_is(server, headers, lasting)


def _reading_as_it_is(server: Server, headers: Mapping[str, str], lasting: int) -> Answers:
    return asking.read(server.port, ["/contributions"], headers, MANY, lasting)


def _search(ready: Ready, server: Server, lasting: int) -> Answers | None:
    lots = random.Random(2)
    asked = [" ".join(lots.sample(ready.told.words, lots.randint(1, 3))) for _ in range(60)]
    paths = [f"/search?{urlencode({'q': question})}" + "&n={n}" for question in asked]
    return _reading(server, paths, PACKED, lasting)


def request(ready: Ready, act: Act, connection: int, n: int) -> Request:
    """The `n`th act of the visitor on that connection."""
    visitor = ready.visitors[connection % len(ready.visitors)]
    path, answers = act(ready, connection, n)
    fresh = {"csrf_token": visitor.csrf, "submission_id": secrets.token_urlsafe(32)}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": visitor.cookie}
    return ("POST", path, headers, urlencode(answers | fresh).encode())


def _acting(act: Act, connections: int) -> Callable[[Ready, Server, int], Answers | None]:
    def ask(ready: Ready, server: Server, lasting: int) -> Answers | None:
        start = secrets.randbelow(10**9) * 2  # so that no round repeats what another did

        def following(connection: int, sent: int) -> Request:
            return request(ready, act, connection, start + sent)

        path = act(ready, 0, 0)[0]
        if asking.once(server.port, path)[0] == 404:
            return None
        return asking.send(
            server.port, following, connections=connections, lasting=lasting, wanted={303}
        )

    return ask


def _post(ready: Ready, connection: int, n: int) -> tuple[str, dict[str, str]]:
    lots = random.Random(n * MANY + connection)
    return "/contributions/new", {
        "step": "publish",
        "place": ready.told.place,
        "sector": "COM",
        "organisation": "",
        "headcount": "",
        "kind": "idea",
        "title": world.line(lots),
        "text": "\n\n".join(world.prose(lots, 60) for _ in range(2)),
        "name_shown": "first",
        "checked": "y",
        "engagement": "",
        "issue": "",
    }


def _comment(ready: Ready, connection: int, n: int) -> tuple[str, dict[str, str]]:
    lots = random.Random(n * MANY + connection)
    answers = {"text": world.prose(lots, 40), "side": "for", "sector": "COM"}
    return f"/contributions/{lots.choice(ready.told.targets)}/comments", answers


def _support(ready: Ready, connection: int, n: int) -> tuple[str, dict[str, str]]:
    """Given and taken back in turn, so that there is always something to do."""
    target = ready.told.targets[(n // 2 * MANY + connection) % len(ready.told.targets)]
    act = "withdraw-support" if n % 2 else "support"
    return f"/contributions/{target}/{act}", {"sector": "COM"}


def _ballot(ready: Ready, connection: int, n: int) -> tuple[str, dict[str, str]]:
    """Each time another choice than the last, so that each is a change."""
    chosen = ready.told.options[n % len(ready.told.options)]
    return f"/votes/{ready.told.poll}", {"step": "cast", "choices": chosen, "sector": "COM"}


ACTS: dict[str, Act] = {
    "post a contribution": _post,
    "comment": _comment,
    "support": _support,
    "ballot": _ballot,
}
BUDGETS = {"post a contribution": 15.0, "comment": 15.0, "support": 7.0, "ballot": 7.0}
