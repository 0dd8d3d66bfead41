"""What arguments of functions can name in a place: pages, components, option lists, texts and the like."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.sentences import Names
from studio.definition.rules.sentences.function import Role
from studio.definition.rules.sentences.values import ACTIONS, FACTS
from studio.web import translate

_MOST_TEXTS: Final = 2000


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick. `value` is JSON where it becomes a part of the expression."""

    value: str
    label: str
    detail: str = ""


def named_in(place: ExpressionPlace, names: Names, role: Role) -> tuple[Option, ...]:
    """What an argument of this role can name; () where that is anything."""
    return tuple(
        Option(json.dumps(value), label) for value, label in dict(_named(place, names, role)).items()
    )


def _named(place: ExpressionPlace, names: Names, role: Role) -> Iterable[tuple[str, str]]:
    app = names.app
    match role:
        case "page":
            return [(page.name, names.page(page.name).text) for form in place.forms for page in form.pages]
        case "component":
            found = [each for form in place.forms for _, each in form.components() if each.bindings]
            return [(each.id, names.component_term(each).text) for each in found]
        case "options":
            return [(name, name) for name in app.option_ids]
        case "data type":
            return [(kind.id, names.data_type_term(kind.id).text) for kind in app.metadata.data_types]
        case "fact" | "action":
            known = FACTS if role == "fact" else ACTIONS
            return [(name, translate(label)) for name, label in known.items()]
        case "text":
            texts = app.texts(names.language) if names.language else ()
            return [(text.id, text.value) for text, _ in zip(texts, range(_MOST_TEXTS), strict=False)]
        case "named value":
            return [(name, name) for name in place.named]
    return ()
