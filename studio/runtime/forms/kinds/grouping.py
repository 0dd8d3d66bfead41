"""Containers that hold other components once: Group."""

from collections.abc import Mapping
from typing import Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Kind, Raw, Settings


def _group(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    level = raw.get("headingLevel")
    indicator = raw.get("groupingIndicator")
    return {
        "level": level if level in {2, 3, 4, 5, 6} else 3,
        "indicator": indicator if indicator in {"indented", "panel"} else "none",
    }


KINDS: Final[Mapping[str, Kind]] = {"Group": Kind(template="group", settings=_group)}
