"""What the buttons inside a form do, besides turning pages: a button's value is "verb:target"."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.runtime.pages.doing import lookups, rows
from studio.runtime.pages.doing.deed import Deed, Done

__all__ = ["VERBS", "Deed", "Done"]

VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {**rows.VERBS, **lookups.VERBS}
