"""The groups that figures compare: each sector of the community's side, and staff as one."""

from __future__ import annotations

from coprod.events import COMMUNITY_SIDE, Sector

STAFF = "STA"  # the statutory side, the elected among it, taken together
GROUP_OF: dict[Sector, str] = {
    sector: sector.value if sector in COMMUNITY_SIDE else STAFF for sector in Sector
}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(GROUP_OF.values()))
