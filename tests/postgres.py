"""A PostgreSQL server of a test run's own, started as an ordinary user, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

# Safe only because the data is thrown away: no waiting for the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=80"


@contextmanager
def server(options: str = QUICK, keep: Path | None = None) -> Iterator[str]:
    """The address of a database on a server that lives as long as the block.

    It is empty, in memory where the machine has such, and gone afterwards; unless `keep` says in
    which folder it is, and stays.
    """
    programs = _programs()
    with _home(keep) as home:
        data = home / "data"
        owner = _owner()
        if owner:
            shutil.chown(home, owner)
        port = _free_port()
        if not data.exists():
            data.mkdir(mode=0o700)
            if owner:
                shutil.chown(data, owner)
            made = ("-D", data, "-U", "coprod", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
            _run(owner, programs / "initdb", *made)
        process = subprocess.Popen(
            _as(
                owner,
                programs / "postgres",
                "-D",
                data,
                "-p",
                port,
                "-k",
                home,
                "-h",
                "127.0.0.1",
                *options.split(),
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(owner, programs, port, process)
            yield f"postgresql+psycopg://coprod@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # whoever is still connected is sent away
            process.wait(timeout=30)


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    memory = Path("/dev/shm")  # noqa: S108  where the machine has it
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="coprod-pg-", dir=where) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _programs() -> Path:
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if versions:
        return versions[-1].parent
    reason = "no PostgreSQL server here: install the package postgresql"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _owner() -> str | None:
    """Whom to run it as: the server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is no other user")


def _as(owner: str | None, *command: object) -> list[str]:
    words = [str(word) for word in command]
    return (
        ["setpriv", f"--reuid={owner}", "--regid", _group(owner), "--clear-groups", *words]
        if owner
        else words
    )


def _group(owner: str) -> str:
    return str(pwd.getpwnam(owner).pw_gid)


def _run(owner: str | None, *command: object) -> None:
    subprocess.run(_as(owner, *command), check=True, capture_output=True, cwd="/")


def _wait(owner: str | None, programs: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        asked = subprocess.run(
            _as(owner, programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", port),
            check=False,
            cwd="/",
        )
        if asked.returncode == 0:
            return
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL stopped at once: {process.returncode}")
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start within 30 s")


def _free_port() -> int:
    """A port below those that the system gives to clients."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")
