"""applicationmetadata.json: who the app is and which kinds of data it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

# Task types have their own words for receipts and the like; this is the default where `onEntry` is absent.
NEW_INSTANCE: Final = "new-instance"


@dataclass(frozen=True)
class DataType:
    """A kind of data element. With a `class_ref` it is a form with a data model, otherwise an attachment."""

    id: str
    task_id: str | None
    class_ref: str | None
    auto_create: bool
    content_types: tuple[str, ...]
    min_count: int
    max_count: int
    max_size: int | None
    raw: Mapping[str, Any] = field(repr=False, compare=False)
    pointer: str = ""

    @property
    def is_form(self) -> bool:
        """Whether elements of this type are form data."""
        return self.class_ref is not None


@dataclass(frozen=True)
class Metadata:
    """The app's metadata; members that are missing or of a wrong kind are empty.

    `raw` is the file as it is.
    """

    id: str
    org: str
    title: Mapping[str, str]
    data_types: tuple[DataType, ...]
    on_entry: str
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    def data_type(self, data_type_id: str) -> DataType | None:
        """The data type with this id; ids are compared ignoring case, as the platform does."""
        wanted = data_type_id.casefold()
        return next((kind for kind in self.data_types if kind.id.casefold() == wanted), None)


def read_metadata(value: Any) -> Metadata:
    """Metadata from a parsed file, whatever is in it."""
    raw = value if isinstance(value, dict) else {}
    on_entry = raw.get("onEntry")
    show = on_entry.get("show") if isinstance(on_entry, dict) else None
    return Metadata(
        id=_text(raw.get("id")),
        org=_text(raw.get("org")),
        title=_titles(raw.get("title")),
        data_types=tuple(
            _data_type(kind, f"/dataTypes/{place}")
            for place, kind in enumerate(_list(raw.get("dataTypes")))
            if isinstance(kind, dict) and isinstance(kind.get("id"), str)
        ),
        on_entry=show if isinstance(show, str) and show else NEW_INSTANCE,
        raw=raw,
    )


def _data_type(raw: Mapping[str, Any], pointer: str) -> DataType:
    logic = raw.get("appLogic")
    logic = logic if isinstance(logic, dict) else {}
    class_ref = logic.get("classRef")
    size = raw.get("maxSize")
    return DataType(
        id=str(raw["id"]),
        task_id=raw["taskId"] if isinstance(raw.get("taskId"), str) else None,
        class_ref=class_ref if isinstance(class_ref, str) and class_ref else None,
        auto_create=logic.get("autoCreate") is True,
        content_types=tuple(kind for kind in _list(raw.get("allowedContentTypes")) if isinstance(kind, str)),
        min_count=_number(raw.get("minCount"), 1),
        max_count=_number(raw.get("maxCount"), 1),
        max_size=size if isinstance(size, int) else None,
        raw=raw,
        pointer=pointer,
    )


def _titles(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {}
    return {language: title for language, title in value.items() if isinstance(title, str)}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default
