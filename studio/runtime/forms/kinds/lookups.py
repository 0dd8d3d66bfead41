"""Somebody found in a register: PersonLookup and OrganizationLookup. The answer is found, never typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView

PERSON: Final = "PersonLookup"
ORGANISATION: Final = "OrganizationLookup"


def lookup_name(view: ComponentView, part: str) -> str:
    """The name in a post of what is searched for; it is no answer, and is not kept."""
    return f":lookup-{view.key}-{part}"


def _person(view: ComponentView) -> str:
    """Number and full name, as displayValue has them (components.md, 3)."""
    return ", ".join(part for part in (_text(view, "person_lookup_ssn"), _name(view)) if part)


def _with_name(view: ComponentView, _spot: Spot, _around: Around, _build: Build) -> ComponentView:
    return replace(view, settings={**view.settings, "person": _name(view)})


def _name(view: ComponentView) -> str:
    """The full name, from one field or from its parts."""
    parts = (_text(view, f"person_lookup_{part}_name") for part in ("first", "middle", "last"))
    return _text(view, "person_lookup_name") or " ".join(part for part in parts if part)


def _organisation(view: ComponentView) -> str:
    number, name = (_text(view, f"organization_lookup_{part}") for part in ("orgnr", "name"))
    return ", ".join(part for part in (number, name) if part)


def _text(view: ComponentView, slot: str) -> str:
    return to_text(view.values.get(slot))


KINDS: Final[Mapping[str, Kind]] = {
    PERSON: Kind(template="person_lookup", main="person_lookup_ssn", fill=_with_name, answer=_person),
    ORGANISATION: Kind(
        template="organization_lookup", main="organization_lookup_orgnr", answer=_organisation
    ),
}
