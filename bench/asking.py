"""Asking a server: many times at once, by wrk where it is installed, else by threads of our own.

What is sent differs from request to request where an act must be a new one, so acts are always
sent from here. Every answer is checked: a benchmark of error pages would look splendid.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

AT_MOST = 20_000  # requests of one measurement

Request = tuple[str, str, Mapping[str, str], bytes | None]  # method, path, headers, body
Next = Callable[[int, int], Request]  # of a connection, and how many it has sent


@dataclass(frozen=True)
class Answers:
    """How a measurement went. Times in seconds; `wrong` answers were not what was wanted."""

    requests: int
    wrong: int
    lasted: float
    p95: float

    @property
    def rate(self) -> float:
        return self.requests / self.lasted if self.lasted else 0.0


def read(
    port: int, paths: Sequence[str], headers: Mapping[str, str], connections: int, lasting: int
) -> Answers:
    """GET these in turn, again and again; "{n}" in a path is another number each time."""
    if shutil.which("wrk"):
        return _wrk(port, paths, headers, connections, lasting)
    counted = count(time.time_ns())

    def following(_connection: int, _sent: int) -> Request:
        n = next(counted)
        return ("GET", paths[n % len(paths)].replace("{n}", str(n)), headers, None)

    return send(port, following, connections=connections, lasting=lasting, wanted={200, 304})


def send(
    port: int, following: Next, *, connections: int, lasting: int, wanted: set[int]
) -> Answers:
    """Send one request after another on each connection."""
    times: list[float] = []
    wrong: list[int] = []
    ends = time.perf_counter() + lasting

    def one(connection: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        sent = 0
        while time.perf_counter() < ends and sent * connections < AT_MOST:
            method, path, headers, body = following(connection, sent)
            began = time.perf_counter()
            line.request(method, path, body, dict(headers))
            answer = line.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            sent += 1
            if answer.status not in wanted:
                wrong.append(answer.status)
        line.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=one, args=(n,)) for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    times.sort()
    return Answers(len(times), len(wrong), lasted, times[int(len(times) * 0.95)] if times else 0.0)


def post(port: int, asked: Request) -> int:
    """Send one request, and give the status it is answered with."""
    method, path, headers, body = asked
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request(method, path, body, dict(headers))
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def once(
    port: int, path: str, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    """GET a page one time: its status, headers by lower-case name, and body as sent."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", path, headers=dict(headers or {}))
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


def _wrk(
    port: int, paths: Sequence[str], headers: Mapping[str, str], connections: int, lasting: int
) -> Answers:
    script = str(Path(__file__).with_name("wrk.lua"))
    lines = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    bounds = ["-t1", f"-c{connections}", f"-d{lasting}s", "--timeout", "60s", "-s", script]
    done = subprocess.run(
        ["wrk", *bounds, *lines, f"http://127.0.0.1:{port}", "--", *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.rpartition("RESULT ")[2])
    return Answers(told["requests"], told["wrong"], told["microseconds"] / 1e6, told["p95"] / 1e6)
