"""What is said when an edit leaves something behind that somebody has to see to."""

from collections.abc import Iterable

from flask_babel import gettext

from studio.definition.aftermath import shared_fields, still_asking
from studio.definition.naming import component_name, page_name
from studio.features.layouts.workplace import Workplace

_MOST_NAMED = 3


def left_behind(before: Workplace, after: Workplace) -> str:
    """What rules ask about and is gone, or which fields new components share with others; else ""."""
    was = {component.id for component in before.page.components}
    now = {component.id for component in after.page.components}
    if was == now:
        return ""
    elsewhere = {component.id for _, component in after.layout_set.components()}
    asking = still_asking(after.app, after.layout_set, was - elsewhere - {""})
    names = [
        component_name(after.app, component) if component else page_name(after.app, page.name)
        for page, component in asking
    ]
    if names:
        said = gettext(
            "What you deleted is still asked about by: %(names)s. Change these rules, or undo.",
            names=_listed(dict.fromkeys(names)),
        )
        return str(said)
    fields = shared_fields(after.layout_set, now - was)
    if not fields:
        return ""
    said = gettext(
        "The copy keeps its answers in the same fields as what it was made from: %(fields)s. "
        "Choose other fields if it asks for something else.",
        fields=_listed(fields),
    )
    return str(said)


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _MOST_NAMED
    shown = ", ".join(every[:_MOST_NAMED])
    return gettext("%(names)s and %(count)s more", names=shown, count=more) if more > 0 else shown
