"""Files: FileUpload, FileUploadWithTag and ImageUpload, and the list of what is attached.

Outside repeating groups a component shows all attachments of the data type that has its id; in a row it shows
those whose ids its binding holds (components.md, FileUpload).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.components import component_type
from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, title_of
from studio.runtime.forms.options import options_of
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue, OptionView
from studio.runtime.forms.wording import gettext

UPLOADS: Final = frozenset({"FileUpload", "FileUploadWithTag", "ImageUpload"})
_UNITS: Final = ("B", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that is attached. `tag` is the value of the option that was chosen for it."""

    id: str
    name: str
    size: str
    href: str
    is_image: bool
    tag: str = ""
    tag_label: str = ""
    scan: str = ""


def file_name(view: ComponentView) -> str:
    """The name of the component's file input in a post."""
    return f":file-{view.key}"


def tag_name(attachment: str) -> str:
    """The name in a post of the tag of an attachment."""
    return f":tag-{attachment}"


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    most = _count(spot, raw, "maxNumberOfAttachments", 1)
    return {
        "least": _count(spot, raw, "minNumberOfAttachments", 0),
        "most": most,
        "megabytes": _number(raw.get("maxFileSizeInMB"), 25),
        "endings": _endings(raw),
        "listed": raw.get("displayMode") != "simple",
        "asks": spot.flag("alertOnDelete"),
        "attachments": (),
        "with_tags": False,
        "crop": None,
        "room": most,
        "accept": ",".join(_endings(raw)),
    }


def _image_settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    crop = raw.get("crop")
    return {
        "least": 0,
        "most": 1,
        "megabytes": 10,
        "endings": (".jpg", ".jpeg", ".png", ".webp", ".gif"),
        "listed": True,
        "asks": False,
        "attachments": (),
        "with_tags": False,
        "room": 1,
        "accept": "image/*",
        "crop": crop_of(crop if isinstance(crop, Mapping) else {}),
    }


def crop_of(crop: Mapping[str, Any]) -> dict[str, Any]:
    """The shape ("circle" or "rectangle") and size in pixels that a picture is cropped to."""
    if crop.get("shape") == "rectangle":
        return {
            "shape": "rectangle",
            "width": _number(crop.get("width"), 250),
            "height": _number(crop.get("height"), 250),
        }
    size = _number(crop.get("diameter"), 250)
    return {"shape": "circle", "width": size, "height": size}


def _count(spot: Spot, raw: Raw, key: str, default: int) -> int:
    text = spot.text_value(key, raw.get(key)) or ""
    return int(float(text)) if text.replace(".", "", 1).isdecimal() else default


def _number(given: Any, default: int) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) and given > 0 else default


def _endings(raw: Raw) -> tuple[str, ...]:
    given = raw.get("validFileEndings")
    texts: Sequence[Any] = (
        given.split(",") if isinstance(given, str) else given if isinstance(given, list) else ()
    )
    if raw.get("hasCustomFileEndings") is not True:
        return ()
    found = (str(text).strip().lower() for text in texts)
    return tuple(text if text.startswith(".") else f".{text}" for text in found if text)


def _fill(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    kind = component_type(view.type)
    # The latest apps have one type for files with tags and without.
    with_tags = kind is not None and kind.offers_options(view.raw)
    options = options_of(spot, ()) if with_tags else ()
    found = tuple(_attachments(view, spot, around, build.state, options))
    settings = {**view.settings, "attachments": found, "with_tags": with_tags}
    settings["room"] = max(0, settings["most"] - len(found))
    required = view.required or settings["least"] > 0
    return replace(view, settings=settings, options=options, required=required)


def _attachments(
    view: ComponentView, spot: Spot, around: Around, state: FormState, options: tuple[OptionView, ...]
) -> Iterator[Attachment]:
    labels = {option.value: option.label for option in options}
    own = bound_ids(view) if bound_slot(view) else None
    if spot.rows and own is None:
        return
    for element in (state.instance or {}).get("data") or ():
        if element["dataType"] == view.id and (own is None or element["id"] in own):
            yield attachment(element, around, labels)


def attachment(element: Mapping[str, Any], around: Around, labels: Mapping[str, str]) -> Attachment:
    """An element of the instance, as it is shown."""
    tags = element.get("tags") or ()
    tag = str(tags[0]) if tags else ""
    return Attachment(
        id=element["id"],
        name=element.get("filename") or element["dataType"],
        size=in_words(element.get("size") or 0),
        href=f"{around.attachments}{element['id']}",
        is_image=str(element.get("contentType")).startswith("image/"),
        tag=tag,
        tag_label=labels.get(tag, tag),
        scan=str(element.get("fileScanResult") or ""),
    )


def in_words(size: int) -> str:
    """A number of bytes as people write it."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if unit < 2 else f"{number:.1f} {_UNITS[unit]}".replace(".", ",")


def bound_ids(view: ComponentView) -> set[str]:
    held = view.values.get("list") or view.values.get("simpleBinding")
    return {to_text(each) for each in (held if isinstance(held, list) else [held]) if each}


def bound_slot(view: ComponentView) -> str:
    """The binding that holds the ids of the attachments; "" where there is none."""
    return next((slot for slot in ("list", "simpleBinding") if slot in view.fields), "")


def _answer(view: ComponentView) -> str:
    return ", ".join(each.name for each in view.settings.get("attachments", ()))


def _cells(view: ComponentView) -> Iterator[CellView]:
    yield CellView(title_of(view), view.answer)


def _issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    if not view.settings["with_tags"]:
        return
    for each in view.settings["attachments"]:
        if not each.tag:
            text = gettext("Choose what %(file)s is.", file=each.name)
            yield Issue(
                f":{view.key}", text, "error", "Component", "attachment_tag_missing", state.default_type
            )


def _missing(state: FormState, view: ComponentView) -> Iterator[Issue]:
    least, there = view.settings["least"], len(view.settings["attachments"])
    least = max(least, 1 if view.required else 0)
    if there < least:
        text = (
            gettext("You must attach at least %(least)s files.", least=least)
            if least > 1
            else gettext("You must attach a file.")
        )
        yield _issue(state, view, text, "Required", "min_number_attachments")


def _issue(state: FormState, view: ComponentView, text: str, source: str, code: str) -> Issue:
    return Issue(view.field, text, "error", source, code, state.default_type)


def _kind(settings: Any) -> Kind:
    return Kind(
        template="file_upload",
        own_name=True,
        settings=settings,
        fill=_fill,
        answer=_answer,
        cells=_cells,
        issues=_issues,
        missing=_missing,
    )


def _list_settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {
        "links": raw.get("links") is not False,
        "grouped": raw.get("groupByDataTypeGrouping") is True,
        "described": raw.get("showDataTypeDescriptions") is True,
        "groups": (),
    }


# Words in `dataTypeIds` that stand for many data types.
_PDF: Final = "ref-data-as-pdf"


def _with_list(view: ComponentView, _spot: Spot, around: Around, build: Build) -> ComponentView:
    groups: dict[str, list[tuple[Attachment, str]]] = {}
    for element in _listed(view.raw, build.state):
        kind = build.state.app.metadata.data_type(element["dataType"])
        raw = kind.raw if kind else {}
        grouping = str(raw.get("grouping") or "") if view.settings["grouped"] else ""
        described = raw.get("description")
        words = described.get(build.state.language, "") if isinstance(described, Mapping) else ""
        shown = (attachment(element, around, {}), str(words) if view.settings["described"] else "")
        groups.setdefault(build.state.text(grouping) if grouping else "", []).append(shown)
    found = tuple((name, tuple(each)) for name, each in groups.items())
    return replace(view, settings={**view.settings, "groups": found})


def _listed(raw: Raw, state: FormState) -> Iterator[Mapping[str, Any]]:
    given = raw.get("dataTypeIds")
    wanted = [str(each) for each in given] if isinstance(given, list) else []
    task = ((state.instance or {}).get("process") or {}).get("currentTask") or {}
    for element in (state.instance or {}).get("data") or ():
        name = element["dataType"]
        kind = state.app.metadata.data_type(name)
        is_own = kind is not None and "app:owned" in (kind.raw.get("allowedContributers") or ())
        if (kind is not None and kind.is_form) or is_own:
            continue
        in_task = "from-task" in wanted and kind is not None and kind.task_id == task.get("elementId")
        if name == _PDF:
            if {_PDF, "include-all"} & set(wanted):
                yield element
        elif not wanted or name in wanted or "include-all" in wanted or in_task:
            yield element


KINDS: Final[Mapping[str, Kind]] = {
    "AttachmentList": Kind(template="attachment_list", settings=_list_settings, fill=_with_list),
    "FileUpload": _kind(_settings),
    "FileUploadWithTag": _kind(_settings),
    "ImageUpload": _kind(_image_settings),
}
