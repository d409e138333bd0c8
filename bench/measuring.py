"""What a running server uses: processor time and memory of its processes, from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Process:
    """One process as it is now. Times in seconds; `ended` is what its ended children used."""

    pid: int
    parent: int
    used: float
    ended: float


def tree(root: int, without: str = "") -> list[int]:
    """The process and all that descend from it, except whose command line holds `without`."""
    every = {each.pid: each for each in _every()}
    found = [root]
    for pid in found:
        found += [each.pid for each in every.values() if each.parent == pid]
    return [pid for pid in found if not without or without not in command(pid)]


def seconds(pids: list[int]) -> float:
    """Processor seconds that these processes, and their children that ended, have used so far."""
    return sum(each.used + each.ended for pid in pids if (each := _process(pid)))


def resident(pid: int) -> float:
    """Resident memory of a process in MB, pages that it shares with others included."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0


def command(pid: int) -> str:
    """Its command line; "" once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _every() -> list[Process]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [each for pid in pids if (each := _process(pid))]


def _process(pid: int) -> Process | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used = _exact(pid)
    except OSError:
        return None
    ended = (int(fields[13]) + int(fields[14])) / _TICK
    own = (int(fields[11]) + int(fields[12])) / _TICK
    return Process(pid, int(fields[1]), max(own, used), ended)


def _exact(pid: int) -> float:
    """To the nanosecond, of its present threads: a tick is as long as twenty requests."""
    threads = [each / "schedstat" for each in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int(each.read_text().split()[0]) for each in threads if each.exists()) / 1e9
