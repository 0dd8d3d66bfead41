"""Lists of rows to choose from: turn their pages and sort them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.runtime.forms import open_places
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.doing.deed import Deed, Done


def _list(deed: Deed, key: str) -> ComponentView | None:
    return next((each for each in deed.view.walk() if each.type == "List" and each.key == key), None)


def _page(deed: Deed) -> Done:
    """To a page of a list: "key#2"."""
    key, _, number = deed.target.rpartition("#")
    view = _list(deed, key)
    if view is None or not number.isdecimal() or len(number) > 5:
        return Done(deed.state)
    places = open_places.turned(deed.state.open_rows, f":{key}", int(number))
    return Done(replace(deed.state, open_rows=places), at=_at(view))


def _sort(deed: Deed) -> Done:
    """By a column of a list: "key~column"."""
    key, _, column = deed.target.partition("~")
    view = _list(deed, key)
    if view is None or column not in view.settings["sortable"]:
        return Done(deed.state)
    places = open_places.sorting(deed.state.open_rows, f":{key}", column)
    return Done(replace(deed.state, open_rows=places), at=_at(view))


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {"list-page": _page, "list-sort": _sort}
