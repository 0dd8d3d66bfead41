"""What the canvas shows of options that are no file of the app: a form asks for them when filled in."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.option_sources import list_ids, standard_name
from studio.runtime.forms.hooks import Asking, Failure
from studio.runtime.forms.view import Issue
from studio.services.standard_lists import NoList, StandardLists

# Of a list of hundreds nobody wants to see more while designing.
_MOST: Final = 6
_EXAMPLES: Final = 3


class ExampleOptions:
    """Stands where the hooks of an app stand in a served form (`FormHooks`), and runs nothing.

    Of a standard list there are the first options and how many follow; of a list that hooks or other servers
    give there are examples that say so.
    """

    failures: Sequence[Failure] = ()
    printed: Sequence[str] = ()

    def __init__(self, app: AppDefinition, lists: StandardLists | None) -> None:
        self._app = app
        self._lists = lists

    def issues(self, _asking: Asking) -> tuple[Issue, ...]:
        """Nothing is wrong in a form that nobody fills in."""
        return ()

    def results(self, _asking: Asking) -> Mapping[str, Any] | None:
        """Nothing is worked out."""
        return None

    def options(
        self, asking: Asking, option_id: str, _parameters: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        """The options as JSON; None where the app has no such list."""
        name = standard_name(option_id)
        if name is not None and self._lists is not None:
            try:
                return _beginning(self._lists.options(name, asking.language))
            except NoList:
                pass
        return _examples(option_id) if self.knows(option_id) else None

    def knows(self, option_id: str) -> bool:
        """Whether a component of the app can choose the list."""
        return option_id in list_ids(self._app)


def _beginning(options: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rest = len(options) - _MOST
    more = [_said("more", gettext("… and %(count)s more", count=rest))] if rest > 0 else []
    # Of which other answer an option is one ("parent") is asked when there are answers.
    return [*(_said(str(each["value"]), str(each["label"])) for each in options[:_MOST]), *more]


def _examples(option_id: str) -> list[Mapping[str, Any]]:
    return [
        _said(f"example-{number}", gettext("Example %(number)s from %(list)s", number=number, list=option_id))
        for number in range(1, _EXAMPLES + 1)
    ]


def _said(value: str, label: str) -> Mapping[str, Any]:
    return {"value": value, "label": label}
