"""What is measured once at a time: cold starts, cold findings, memory, and the first visit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench import asking, cases, measuring, serving
from bench.loading import Ready
from bench.serving import Server

TIMES = 3  # cold starts
ACTS = 12  # acts, with a look at the findings after each
_LINKED = re.compile(r'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src|url\()=?["\']?([^"\')\s>]+)')
_NO_PAGE = re.compile(r'<link[^>]+rel="(?:canonical|alternate|next|prev|search)"[^>]*>')


@dataclass(frozen=True)
class Found:
    """One figure, its unit of measurement, and at most what it may be; `hello`: budget in units."""

    name: str
    database: str
    value: float
    unit: str
    budget: float | None


def every(ready: Ready) -> Iterator[Found]:
    """All of them, on one database, the site started anew for each that is cold."""
    of = {
        "an engagement": (f"/engagements/{ready.told.engagement}/findings", "units", (150, 10)),
        "everything": ("/findings", "ms", (2_000, 50)),
    }
    for what, (path, unit, (cold, warm)) in of.items():
        if (spent := _cold(ready, path)) is not None:
            yield Found(f"findings of {what}, cold", ready.name, spent, unit, cold)
        with serving.site("site", ready.data, ready.url, ready.root) as server:
            if (spent := _after(ready, server, path)) is not None:
                yield Found(f"findings of {what}, after an act", ready.name, spent, unit, warm)
    with serving.site("site", ready.data, ready.url, ready.root) as server:
        yield from _visit(ready, server)
        for _ in range(50):
            asking.once(server.port, "/contributions")
        largest = max(measuring.resident(pid) for pid in server.workers)
        yield Found("memory of a worker", ready.name, largest, "MB", 150)
    starts = []
    for _ in range(TIMES):
        with serving.site("site", ready.data, ready.url, ready.root) as server:
            starts.append(server.started)
    yield Found("cold start, until it answers", ready.name, median(starts), "s", 2)


def _cold(ready: Ready, path: str) -> float | None:
    """Milliseconds that a page takes in a process that has not read the record yet."""
    used = []
    for _ in range(TIMES):
        with serving.site("site", ready.data, ready.url, ready.root) as server:
            asking.once(server.port, "/about")  # what any first page does is not counted
            if (spent := _spent(server, path)) is None:
                return None
            used.append(spent)
    return median(used)


def _after(ready: Ready, server: Server, path: str) -> float | None:
    """Milliseconds that a page takes after one more act."""
    used = []
    for n in range(ACTS):
        if (spent := _spent(server, path)) is None:
            return None
        if n >= ACTS // 3:  # by then each of the workers has read the record once
            used.append(spent)
        asking.post(server.port, cases.request(ready, cases.ACTS["support"], 0, n))
    return median(used)


def _spent(server: Server, path: str) -> float | None:
    """Processor milliseconds that one request takes, wherever it leads; None if it is not there."""
    pids = server.pids
    before = measuring.seconds(pids)
    status, told, _ = asking.once(server.port, path)
    if status in {301, 308}:
        status, _, _ = asking.once(server.port, told["location"])
    return (measuring.seconds(pids) - before) * 1000 if status == 200 else None


def _visit(ready: Ready, server: Server) -> Iterator[Found]:
    """The front page of somebody who was never here, and the list that they go on to."""
    first, second = _fetched(server, "/"), _fetched(server, "/contributions")
    fresh = {path: size for path, size in second.items() if path not in first}
    for name, got, kilobytes, requests in (
        ("first visit", first, 120, 8),
        ("next page", fresh, 30, 2),
    ):
        yield Found(f"{name}, compressed", ready.name, sum(got.values()) / 1000, "kB", kilobytes)
        yield Found(f"{name}, requests", ready.name, len(got), "", requests)


def _fetched(server: Server, path: str) -> dict[str, int]:
    """All that a browser fetches to show a page, with its size as sent."""
    got: dict[str, int] = {}
    wanted = [path]
    for here in wanted:
        if here in got:
            continue
        _, told, body = asking.once(server.port, here, cases.PACKED)
        got[here] = len(body)
        if "html" in told.get("content-type", ""):
            _, _, plain = asking.once(server.port, here)
            linked = _LINKED.findall(_NO_PAGE.sub("", plain.decode()))
            wanted += [each for each in linked if each.startswith("/")]
    return got
