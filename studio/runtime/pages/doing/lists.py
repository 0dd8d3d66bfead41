"""Lists of rows to choose from: turn their pages, sort them, search in them, and show more at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from studio.runtime.forms import open_places
from studio.runtime.forms.kinds.lists import search_name
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


def _search(deed: Deed) -> Done:
    """For the words in the search field of a list: "key"."""
    view = _list(deed, deed.target)
    if view is None:
        return Done(deed.state)
    words = deed.form.get(search_name(view.key), "")
    places = open_places.searching(deed.state.open_rows, f":{view.key}", words)
    return Done(replace(deed.state, open_rows=places), at=_at(view))


def _size(deed: Deed) -> Done:
    """So many rows of a list at once: "key#25"."""
    key, _, number = deed.target.rpartition("#")
    view = _list(deed, key)
    if view is None or not number.isdecimal() or len(number) > 5 or int(number) not in view.settings["sizes"]:
        return Done(deed.state)
    places = open_places.sized(deed.state.open_rows, f":{key}", int(number))
    return Done(replace(deed.state, open_rows=places), at=_at(view))


def search_meant(view: PageView, form: Mapping[str, str], open_rows: frozenset[str]) -> str:
    """The key of the list whose search field has other words than were searched for; "" for none.

    Enter in a field presses the first button of a form, and here it means to search.
    """
    for each in view.walk():
        words = form.get(search_name(each.key)) if each.type == "List" else None
        if words is not None and words.split() != open_places.words_of(open_rows, f":{each.key}").split():
            return each.key
    return ""


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    "list-page": _page,
    "list-sort": _sort,
    "list-search": _search,
    "list-size": _size,
}
