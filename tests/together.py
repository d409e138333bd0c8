"""Does many things at the same moment, each as a request would: in a session of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from coprod.db import session

AT_ONCE = 12  # threads; fewer than the pool has connections


def together(app: Flask, acts: Sequence[Callable[[], object]]) -> list[object]:
    """What each act gave, or raised, done by threads that start together."""
    start = threading.Barrier(min(AT_ONCE, len(acts)))

    def do(act: Callable[[], object]) -> object:
        with app.app_context():
            try:
                if not start.broken and start.n_waiting < start.parties:
                    start.wait(timeout=2)
            except threading.BrokenBarrierError:
                pass
            try:
                return act()
            except Exception as error:
                return error
            finally:
                session.remove()

    session.remove()  # or this thread would go on reading the world as it was before
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, acts))
