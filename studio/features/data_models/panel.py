"""What the panel shows about one item of the model, as values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from studio.definition.field_references import FieldUse, uses_of_field
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands.limiting import value_texts
from studio.features.data_models.kinds import KINDS, Kind, kind_of, what_of
from studio.features.data_models.limits import decimals_of
from studio.features.data_models.outline import Item, alternatives
from studio.features.data_models.rows import Row, Rows
from studio.features.data_models.wording import text_in
from studio.features.data_models.workplace import Workplace

# Shown in places of their own; what else a schema says is kept and named.
_SHOWN: Final = frozenset(
    {
        "type",
        "properties",
        "required",
        "items",
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "title",
        "description",
        "@titles",
        "@descriptions",
        "format",
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "totalDigits",
        "formatMinimum",
        "formatMaximum",
        "formatExclusiveMinimum",
        "formatExclusiveMaximum",
        "enum",
        "@enumTitles",
        "const",
        "default",
        "minItems",
        "maxItems",
        "@xsdNillable",
        "@xsdAttribute",
        "@xsdType",
        "@xsdText",
        "$schema",
        "$id",
        "$defs",
        "definitions",
        "info",
    }
)
# Expressions of patterns that are often asked for, with what they are called.
READY_PATTERNS: Final = (
    (r"^[0-9]{4}$", Sentence(N_("Postal code"))),
    (r"^[0-9]{11}$", Sentence(N_("National identity number"))),
    (r"^[0-9]{9}$", Sentence(N_("Organisation number"))),
    (r"^[0-9]{8}$", Sentence(N_("Telephone number, 8 digits"))),
    (r"^[0-9]{11}$|^[0-9]{4}[. ][0-9]{2}[. ][0-9]{5}$", Sentence(N_("Account number"))),
    (r"^[A-ZÆØÅ]{2}[0-9]{4,5}$", Sentence(N_("Registration number of a vehicle"))),
    (r"^[0-9]*$", Sentence(N_("Digits only"))),
    (r"^[A-Za-zÆØÅæøå -]*$", Sentence(N_("Letters only"))),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One allowed value: as it is written, and what it means in the language that is being edited."""

    written: str
    label: str


@dataclass(frozen=True)
class Panel:
    """Everything the panel shows of one item."""

    work: Workplace
    row: Row

    @property
    def item(self) -> Item:
        return self.work.selected

    @cached_property
    def kind(self) -> Kind:
        """What one value is."""
        return kind_of(self.work.outline, self.item)

    @cached_property
    def what(self) -> str:
        """The choice in the list of kinds; "" where none fits."""
        return what_of(self.work.outline, self.item)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What the item can become."""
        return tuple(KINDS.values())

    @property
    def of_type(self) -> Item | None:
        """The reusable type that the item is of."""
        name = self.row.of_type
        return next((found for found in self.work.outline.types if found.name == name), None)

    @property
    def written_in(self) -> Item | None:
        """The reusable type that the item is a part of."""
        name = self.work.outline.written_in(self.item)
        return next((found for found in self.work.outline.types if found.name == name), None)

    def uses_of_type(self, item: Item) -> int:
        """How many places are of a type."""
        return self.work.outline.uses_of_types.get(item.pointer, 0)

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """Where the limits on one value are written."""
        outline = self.work.outline
        return outline.places.at(outline.row_pointer(self.item.pointer)) or {}

    def text(self, keyword: str) -> str:
        """The title or description in the language that is being edited."""
        return text_in(self.item.node.schema, keyword, self.work.language, is_main=self.work.is_main)

    def fallback(self, keyword: str) -> str:
        """The same in the app's first language, to be seen while it is not translated."""
        return "" if self.work.is_main else text_in(self.item.node.schema, keyword, "", is_main=True)

    @property
    def has_limits(self) -> bool:
        """Whether limits can be written here: those of a reusable type are written there."""
        return bool(self.kind.limits) and not self.row.of_type

    def limit(self, keyword: str, open_keyword: str = "") -> str:
        """A limit as people write it."""
        value = self.schema.get(keyword, self.schema.get(open_keyword) if open_keyword else None)
        return as_written(value)

    def is_open(self, open_keyword: str) -> bool:
        """Whether the limit itself is not allowed."""
        return open_keyword in self.schema

    @property
    def decimals(self) -> str:
        """How many decimals a number may have; "" where nothing is said, or something else."""
        found = decimals_of(self.schema.get("multipleOf"))
        return "" if found is None else str(found)

    @property
    def inherited(self) -> tuple[tuple[str, str], ...]:
        """The limits that a reusable type gives the item: keyword and value."""
        found = self.item.about.restrictions
        return tuple((key, as_written(value)) for key, value in found.items() if key != "enum")

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The allowed values, where they are listed."""
        listed = self.item.about.value_node.first("enum")
        return tuple(
            Value(as_written(value), self._label(value))
            for value in (listed if isinstance(listed, list) else ())
            if value is not None
        )

    def _label(self, value: Any) -> str:
        for facet, _ in self.item.about.value_node.facets:
            found = value_texts(facet, value).get(self.work.language)
            if isinstance(found, str):
                return found
        return ""

    @property
    def combined(self) -> str:
        """The keyword of the combination that the item is: "oneOf", "anyOf", "allOf" or ""."""
        first = next(alternatives(self.schema), "")
        if first:
            return first.split("/")[1]
        parts = self.schema.get("allOf")
        return "allOf" if isinstance(parts, list) and len(parts) > 1 else ""

    @property
    def minimum(self) -> str:
        return as_written(self.item.about.restrictions.get("minItems", 0))

    @property
    def maximum(self) -> str:
        return as_written(self.item.about.restrictions.get("maxItems"))

    @property
    def is_attribute(self) -> bool:
        return self.item.node.first("@xsdAttribute") is True

    @property
    def xsd_type(self) -> str:
        found = self.item.about.value_node.first("@xsdType")
        return found if isinstance(found, str) else ""

    @property
    def unknown(self) -> tuple[str, ...]:
        """What else the schema says, and the panel has no field for."""
        return tuple(key for key in {**self.item.node.schema, **self.schema} if key not in _SHOWN)

    @cached_property
    def uses(self) -> tuple[FieldUse, ...]:
        """Every place in the app that names the item or something inside."""
        if self.item.role == "model":
            return ()
        return uses_of_field(self.work.app, self.work.name, self.item.pointer)


def panel_of(work: Workplace, rows: Rows) -> Panel:
    """The panel of what is selected."""
    return Panel(work, rows.row(work.selected))


def as_written(value: Any) -> str:
    """A value of the schema as a form field holds it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return json.dumps(value, ensure_ascii=False)
