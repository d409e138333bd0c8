"""`coprod run`: the production server, several workers, and the sender of letters beside them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from coprod.cli import site
from coprod.cli.demo import sign_ins
from coprod.db import db

THREADS = 4  # requests at once in a worker; of eight, the interpreter's lock costs each a third
WAITING = 256  # connections to a worker, beyond which new ones wait outside
FINISH = 20  # seconds that requests under way have to finish
PAUSE = 5.0  # seconds before a sender that stopped is started again


@click.command()
@click.option("--host", metavar="H", default="127.0.0.1", show_default=True)
@click.option(
    "--port", metavar="N", type=click.IntRange(1, 65_535), default=8000, show_default=True
)
@click.option("--workers", metavar="N", type=click.IntRange(1, 64), default=2, show_default=True)
def run(host: str, port: int, workers: int) -> None:
    """Serve, on the production server, until told to stop (SIGTERM); what is under way is finished.

    \b
    Exit status:
      0  stopped when told to
      1  the database is away or of another version, or the address is in use
      2  a setting is wrong
    """
    os.environ.setdefault("COPROD_BASE_URL", f"http://{host}:{port}")
    with site.make().app_context():
        site.ready()
        demonstrated = sign_ins()
        db.engine.dispose()  # the workers are made by forking: each opens connections of its own
    _insist_on_address(host, port)
    if demonstrated:
        click.echo(f"{demonstrated}\n")
    click.echo(f"Serving on http://{host}:{port}")
    server = Granian(
        "coprod.app:served",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH,
        websockets=False,
        log_level=LogLevels.error,
    )
    sender = _Sender()
    server.on_startup(sender.start)
    server.on_shutdown(sender.stop)
    server.serve()


def _insist_on_address(host: str, port: int) -> None:
    """Raises OSError if somebody else has it: the workers would share it without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one just left is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(f"cannot serve on {host}:{port} ({error.strerror})") from error


class _Sender:
    """`coprod post` in a process of its own, started again should it ever stop."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._thread.join(FINISH)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", "coprod", "post"])
            self._process.wait()
            self._stopping.wait(PAUSE)


commands = (run,)
