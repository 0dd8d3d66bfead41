"""Looking somebody up in a register: the answer is written into the form, and can be taken out again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.sentences import N_, Sentence
from studio.runtime.context import register
from studio.runtime.forms.kinds.lookups import ORGANISATION, PERSON, lookup_name
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.doing.deed import Deed, Done
from studio.services.identifiers import is_national_number, is_organisation_number

_NO_PERSON: Final = N_("We found nobody with this national identity number and last name.")


def _look_up(deed: Deed) -> Done:
    view = _component(deed)
    if view is None:
        return Done(deed.state)
    find = _find_person if view.type == PERSON else _find_organisation
    found = find(view, deed)
    if isinstance(found, Sentence):
        return Done(deed.state, {view.field: found})
    return Done(_written(deed.state, view, found), at=_at(view))


def _clear(deed: Deed) -> Done:
    view = _component(deed)
    if view is None:
        return Done(deed.state)
    return Done(_written(deed.state, view, dict.fromkeys(view.fields)), at=_at(view))


def _component(deed: Deed) -> ComponentView | None:
    return next(
        (
            each
            for each in deed.view.walk()
            if each.key == deed.target and each.type in {PERSON, ORGANISATION} and not each.read_only
        ),
        None,
    )


def _find_person(view: ComponentView, deed: Deed) -> Mapping[str, Any] | Sentence:
    number = "".join(deed.form.get(lookup_name(view, "ssn"), "").split())
    last_name = deed.form.get(lookup_name(view, "name"), "").strip()
    if not is_national_number(number):
        return Sentence(N_("A national identity number has 11 digits; this one cannot be right."))
    if not last_name:
        return Sentence(N_("Write the last name as well."))
    party = register().party_by_number(number)
    details = party.details if party else {}
    if party is None or str(details.get("lastName", "")).casefold() != last_name.casefold():
        return Sentence(_NO_PERSON)
    return {
        "person_lookup_ssn": number,
        "person_lookup_name": party.name,
        "person_lookup_first_name": details.get("firstName"),
        "person_lookup_middle_name": details.get("middleName") or None,
        "person_lookup_last_name": details.get("lastName"),
    }


def _find_organisation(view: ComponentView, deed: Deed) -> Mapping[str, Any] | Sentence:
    number = "".join(deed.form.get(lookup_name(view, "orgnr"), "").split())
    if not is_organisation_number(number):
        return Sentence(N_("An organisation number has 9 digits; this one cannot be right."))
    party = register().party_by_number(number)
    if party is None:
        return Sentence(N_("We found no organisation with this number."))
    return {"organization_lookup_orgnr": number, "organization_lookup_name": party.name}


def _written(state: FormState, view: ComponentView, values: Mapping[str, Any]) -> FormState:
    data = dict(state.data)
    for slot, name in view.fields.items():
        if slot in values:
            data_type, path = state.place(name)
            paths.write(data.setdefault(data_type, {}), path, values[slot])
    return replace(state, data=data)


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {"lookup": _look_up, "clear": _clear}
