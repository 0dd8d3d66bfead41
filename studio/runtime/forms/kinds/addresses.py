"""Norwegian addresses. The place is found by the postal code and is never typed (components.md, Address)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import (
    Answers,
    Around,
    Kind,
    Post,
    Raw,
    Settings,
    required_issue,
)
from studio.runtime.forms.kinds.writing import MAX_TEXT, typing_settings
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView, Issue
from studio.runtime.forms.wording import gettext
from studio.services.postal_codes import place_of

_CODE: Final = re.compile(r"\d{4}", re.ASCII)
# H0101: the kind of floor, the floor and the flat.
_FLAT: Final = re.compile(r"[a-zA-Z]\d{4}", re.ASCII)
_SIMPLE: Final = ("address", "zipCode", "postPlace")


def _settings(raw: Raw, spot: Spot, around: Around) -> Settings:
    simple = raw.get("simplified") is not False
    return typing_settings(raw, spot, around) | {
        "slots": _SIMPLE if simple else ("address", "careOf", "zipCode", "postPlace", "houseNumber"),
    }


def _texts(_raw: Raw, _language: str) -> Mapping[str, str]:
    """What the parts of an address are called where the app does not say."""
    return {
        "title": gettext("Street address"),
        "careOfTitle": gettext("C/O or other additional address"),
        "zipCodeTitle": gettext("Postal code"),
        "postPlaceTitle": gettext("Place"),
        "houseNumberTitle": gettext("Dwelling number"),
    }


def _read(_state: FormState, view: ComponentView, post: Post) -> Answers:
    found: dict[str, Any] = {}
    for slot in view.settings["slots"]:
        name = view.fields.get(slot)
        if name and slot != "postPlace" and name in post:
            found[slot] = " ".join(post.getlist(name)[0][:MAX_TEXT].split()) or None
    if "postPlace" in view.fields and "zipCode" in found:
        found["postPlace"] = place_of(to_text(found["zipCode"])) if found["zipCode"] else None
    return found


def _answer(view: ComponentView) -> str:
    return " ".join(text for slot in _SIMPLE if (text := to_text(view.values.get(slot))))


def _issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    code, flat = to_text(view.values.get("zipCode")), to_text(view.values.get("houseNumber"))
    if code and (not _CODE.fullmatch(code) or code == "0000"):
        yield _issue(
            state,
            view,
            "zipCode",
            gettext("A postal code has 4 digits, such as 0580."),
            "address_component.validation_error_zipcode",
        )
    if flat and not _FLAT.fullmatch(flat):
        yield _issue(
            state,
            view,
            "houseNumber",
            gettext("A dwelling number is a letter and 4 digits, such as H0101."),
            "address_component.validation_error_house_number",
        )


def _issue(state: FormState, view: ComponentView, slot: str, message: str, code: str) -> Issue:
    data_type, path = state.place(view.fields[slot])
    return Issue(path, message, "error", "Component", code, data_type)


def _missing(state: FormState, view: ComponentView) -> Iterator[Issue]:
    if not view.required:
        return
    for slot in ("address", "zipCode"):
        name = view.fields.get(slot)
        if name and not view.values.get(slot) and name not in state.typed:
            yield required_issue(state, view, name, view.text(f"{slot}Title"))


KINDS: Final[Mapping[str, Kind]] = {
    "Address": Kind(
        template="address",
        main="address",
        settings=_settings,
        texts=_texts,
        answer=_answer,
        read=_read,
        issues=_issues,
        missing=_missing,
    ),
}
