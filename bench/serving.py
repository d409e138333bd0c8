"""The servers that are measured: the site's own, as it is run in production, and the limits'."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import asking, measuring
from coprod.cli.serve import THREADS

WORKERS = 2
PATIENCE = 120  # seconds until a server answers; a busy machine takes its time
ROOT = Path(__file__).parents[1]
_SENDER = "-m coprod post"  # letters go out afterwards: counted apart from the pages


@dataclass(frozen=True)
class Server:
    """A server that answers. `database`: the root of its database's processes, if it has any."""

    name: str
    port: int
    pid: int
    database: int | None
    started: float  # seconds until it first answered

    @property
    def pids(self) -> list[int]:
        own = measuring.tree(self.pid, without=_SENDER)
        return own + (measuring.tree(self.database) if self.database else [])

    @property
    def workers(self) -> list[int]:
        """The processes that answer: those that are not the first one, nor the sender."""
        return [pid for pid in measuring.tree(self.pid, without=_SENDER) if pid != self.pid]


@contextmanager
def site(name: str, data: Path, url: str, database: int | None = None) -> Iterator[Server]:
    """The site on its production server."""
    port = _free_port()
    command = [sys.executable, "-m", "coprod", "run", "--port", str(port)]
    settings = {"COPROD_DATA": str(data), "COPROD_DATABASE_URL": url}
    with _running([*command, "--workers", str(WORKERS)], settings, port, "/healthz") as (pid, took):
        yield Server(name, port, pid, database, took)


@contextmanager
def hello() -> Iterator[Server]:
    """The unit: bare Flask under two of gunicorn's simplest workers; or under granian's."""
    port = _free_port()
    if importlib.util.find_spec("gunicorn"):
        command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS)]
        command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "bench.limits:hello()"]
    else:
        command = _granian(port, "bench.limits:hello")
    with _running(command, {}, port, "/hello") as (pid, took):
        yield Server("hello", port, pid, None, took)


@contextmanager
def limits(name: str, url: str, database: int | None = None) -> Iterator[Server]:
    """The least that pages and acts can cost, under the site's own server."""
    port = _free_port()
    settings = {"BENCH_DATABASE_URL": url}
    command = _granian(port, "bench.limits:make")
    with _running(command, settings, port, "/hello") as (pid, took):
        yield Server(name, port, pid, database, took)


def unit() -> str:
    """What the unit is measured under here."""
    return "gunicorn, 2 sync workers" if importlib.util.find_spec("gunicorn") else "granian"


@contextmanager
def _running(
    command: list[str], settings: dict[str, str], port: int, path: str
) -> Iterator[tuple[int, float]]:
    environment = os.environ | settings
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    began = time.perf_counter()
    try:
        _wait(process, port, path)
        yield process.pid, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its workers too, or they go on serving
            process.wait()


def _granian(port: int, factory: str) -> list[str]:
    options = ["--interface", "wsgi", "--factory", "--no-ws", "--log-level", "error"]
    options += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    options += ["--workers-kill-timeout", "5", "--port", str(port)]
    return [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", factory]


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    ends = time.perf_counter() + PATIENCE
    while time.perf_counter() < ends:
        try:
            if asking.once(port, path)[0] == 200:
                return
        except OSError:
            pass
        if process.poll() is not None:
            raise RuntimeError(f"what serves {path} ended at once: {process.returncode}")
        time.sleep(0.01)
    raise RuntimeError(f"what serves {path} did not answer within {PATIENCE} s")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
