"""One module an area, each with `tell(area)`: it leaves everything that happens there for its day.

`everyday` is what goes on in every area besides, `site` what concerns them all.
"""

from __future__ import annotations

from collections.abc import Callable

from coprod.demo.saying import Area, Habit
from coprod.demo.stories import (
    airdrie,
    bellshill,
    camglen,
    clydesdale,
    coatbridge,
    eastkilbride,
    hamilton,
    motherwell,
    north,
    wishaw,
)

TOLD: dict[str, Callable[[Area], None]] = {
    "Airdrie": airdrie.tell,
    "Bellshill": bellshill.tell,
    "Coatbridge": coatbridge.tell,
    "Motherwell": motherwell.tell,
    "North": north.tell,
    "Wishaw": wishaw.tell,
    "Camglen": camglen.tell,
    "Clydesdale": clydesdale.tell,
    "East Kilbride": eastkilbride.tell,
    "Hamilton": hamilton.tell,
}

# How each area's group answers residents, and how it answers staff.
HABITS: dict[str, tuple[Habit, Habit]] = {
    "Airdrie": (Habit(1, (5, 24)), Habit(1, (3, 12))),
    "Bellshill": (Habit(0.95, (6, 24)), Habit(0.9, (5, 20))),
    "Coatbridge": (Habit(0.55, (26, 60)), Habit(1, (1, 4))),
    "Motherwell": (Habit(0.85, (6, 18)), Habit(1, (1, 6))),
    "North": (Habit(0.6, (15, 45)), Habit(0.8, (8, 25))),
    "Wishaw": (Habit(0.95, (8, 26)), Habit(0.9, (5, 15))),
    "Camglen": (Habit(0.35, (20, 45), copied=True), Habit(1, (1, 3))),
    "Clydesdale": (Habit(0.85, (6, 26)), Habit(0.9, (4, 20))),
    "East Kilbride": (Habit(0.7, (9, 35)), Habit(0.8, (5, 20))),
    "Hamilton": (Habit(1, (2, 14)), Habit(1, (2, 10))),
}
