"""What the buttons inside a form do, besides turning pages: a button's value is "verb:target"."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.runtime.pages.doing import entries, lists, lookups, maps, objects, rows, uploads
from studio.runtime.pages.doing.deed import Deed, Done
from studio.runtime.pages.doing.uploads import take_in

__all__ = ["VERBS", "Deed", "Done", "take_in"]

VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    **rows.VERBS,
    **entries.VERBS,
    **lists.VERBS,
    **lookups.VERBS,
    **maps.VERBS,
    **objects.VERBS,
    **uploads.VERBS,
}
