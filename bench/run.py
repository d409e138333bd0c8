"""`python -m bench.run`: what pages and acts cost, beside what the machine can do at most.

Everything is measured in rounds, one after another, so that a machine that is busy for a while is
busy for all; figures are medians of the rounds, and costs are in units of the same round. It reads
and decides nothing else: it is a benchmark, and fails only when something does not answer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import asking, cases, counting, loading, measuring, report, serving, singles
from bench.asking import Answers
from bench.cases import Case
from bench.loading import Ready
from bench.serving import Server

ROUNDS = 3
LASTING = 2  # seconds of one measurement in a round
RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass
class Line:
    """One thing measured on one database: a figure from every round."""

    name: str
    database: str
    budget: float | None
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # ms a request, server and database together
    p95: list[float] = field(default_factory=list)  # ms
    units: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def cost(self) -> float:
        """In units."""
        return median(self.units)


def main() -> None:
    asked = _arguments()
    room = asked.room or Path(tempfile.gettempdir()) / "coprod-bench"
    room.mkdir(parents=True, exist_ok=True)
    with _databases(room, asked.database) as databases:
        whole = not asked.only
        statements = {ready.name: counting.statements(ready) for ready in databases if whole}
        lines = _rounds(databases, asked)
        alone = [found for ready in databases if whole for found in singles.every(ready)]
        text = report.text(lines, alone, statements, rounds=asked.rounds, seconds=asked.seconds)
        print(text)
        if asked.write:
            RESULTS.write_text(text)


@contextmanager
def _databases(room: Path, wanted: str) -> Iterator[list[Ready]]:
    with ExitStack() as open_:
        found: list[Ready | None] = []
        if wanted in {"both", "sqlite"}:
            found.append(open_.enter_context(loading.sqlite(room)))
        if wanted in {"both", "postgresql"}:
            found.append(open_.enter_context(loading.postgresql(room)))
        yield [ready for ready in found if ready]


def _rounds(databases: list[Ready], asked: argparse.Namespace) -> list[Line]:
    lines: dict[tuple[str, str], Line] = {}
    for number in range(asked.rounds):
        print(f"round {number + 1} of {asked.rounds}", flush=True)
        with ExitStack() as open_:
            hello = open_.enter_context(serving.hello())
            round_ = _Round(hello, asked, lines)
            round_.unit()
            for ready in databases:
                round_.limits(ready)
                round_.unit()
                round_.site(ready)
                round_.unit()
            round_.settle()
    return list(lines.values())


class _Round:
    """One round: the unit is measured again and again in it, and its median is the round's."""

    def __init__(
        self, hello: Server, asked: argparse.Namespace, lines: dict[tuple[str, str], Line]
    ) -> None:
        self.hello, self.asked, self.lines = hello, asked, lines
        self.units: list[float] = []
        self.fresh: list[tuple[Line, float]] = []

    def unit(self) -> None:
        def ask() -> Answers:
            return asking.read(self.hello.port, ["/hello"], {}, cases.MANY, self.asked.seconds)

        cpu = self._take("hello", serving.unit(), None, self.hello, ask)
        if cpu is not None:
            self.units.append(cpu)

    def limits(self, ready: Ready) -> None:
        seconds = self.asked.seconds
        with serving.limits("limits", ready.least, ready.root) as server:
            for name, path in (
                ("limit: 25 rows from memory, Jinja", "/memory"),
                ("limit: 25 rows, SQLAlchemy, Jinja", "/rows"),
            ):

                def ask(path: str = path) -> Answers:
                    return asking.read(server.port, [path], {}, cases.MANY, seconds)

                self._take(name, ready.name, None, server, ask)

            def commit(_connection: int, sent: int) -> asking.Request:
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                return ("POST", "/commit", headers, b"text=" + b"A+later+bus+" * 40)

            for connections in (1, cases.MANY):

                def write(connections: int = connections) -> Answers:
                    return asking.send(
                        server.port,
                        commit,
                        connections=connections,
                        lasting=seconds,
                        wanted={303},
                    )

                name = f"limit: row and log entry, durable, {connections} connections"
                self._take(name, ready.name, None, server, write)

    def site(self, ready: Ready) -> None:
        seconds = self.asked.seconds
        with serving.site("site", ready.data, ready.url, ready.root) as server:
            for case in [*cases.pages(), *cases.acts()]:
                if self.asked.only and self.asked.only not in case.name:
                    continue

                def ask(case: Case = case) -> Answers | None:
                    return case.ask(ready, server, seconds)

                self._take(case.name, ready.name, case.budget, server, ask)

    def _take(
        self,
        name: str,
        database: str,
        budget: float | None,
        server: Server,
        ask: Callable[[], Answers | None],
    ) -> float | None:
        pids = server.pids
        before = measuring.seconds(pids)
        answers = ask()
        pids += [pid for pid in server.pids if pid not in pids]
        used = measuring.seconds(pids) - before
        if answers is None or not answers.requests:
            return None
        cpu = used * 1000 / answers.requests
        line = self.lines.setdefault((name, database), Line(name, database, budget))
        line.rates.append(answers.rate)
        line.cpu.append(cpu)
        line.p95.append(answers.p95 * 1000)
        line.wrong += answers.wrong
        self.fresh.append((line, cpu))
        return cpu

    def settle(self) -> None:
        unit = median(self.units)
        for line, cpu in self.fresh:
            line.units.append(cpu / unit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=int, default=LASTING, help="of one measurement")
    parser.add_argument("--database", choices=["both", "sqlite", "postgresql"], default="both")
    parser.add_argument("--only", default="", help="only pages and acts whose name holds this")
    parser.add_argument("--room", type=Path, help="where the loaded databases are kept")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
