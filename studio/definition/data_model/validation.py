"""Checking form data against its schema, in the way the platform's client does (and jsonschema-rs fast)."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

from studio.definition.data_model.model import DataModel

# Keyword -> message, by the format's client validation. Keywords left out raise no issue: what is required
# is for the form to say, and of alternatives ("oneOf") nobody could tell which was meant.
_KEYS: Final[Mapping[str, str]] = {
    "minimum": "min",
    "exclusiveMinimum": "min",
    "maximum": "max",
    "exclusiveMaximum": "max",
    "minLength": "minLength",
    "maxLength": "maxLength",
    "pattern": "pattern",
    "format": "pattern",
    "type": "pattern",
    "enum": "enum",
    "const": "enum",
    "multipleOf": "multipleOf",
    "anyOf": "anyOf",
    "allOf": "allOf",
    "not": "not",
    "minItems": "minItems",
    "maxItems": "maxItems",
    "formatMinimum": "formatMinimum",
    "formatMaximum": "formatMaximum",
    "formatExclusiveMinimum": "formatMinimum",
    "formatExclusiveMaximum": "formatMaximum",
}
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong with the data.

    `path` is dotted with row indexes ("rows[0].name"); `key` names the message
    ("validation_errors.minLength"); `limit` goes into its {0}; `custom` is the schema's own text key for it.
    """

    path: str
    keyword: str
    key: str
    limit: str | None = None
    custom: str | None = None


class Validator:
    """A compiled validator for one data model. Raises ValueError for a schema that is no JSON Schema."""

    def __init__(self, model: DataModel) -> None:
        self._schema = _prepared(model)
        is_2020 = "2020-12" in str(model.schema.get("$schema", ""))
        chosen = jsonschema_rs.Draft202012Validator if is_2020 else jsonschema_rs.Draft7Validator
        self._compiled = chosen(
            self._schema,
            validate_formats=True,
            formats={"year": _is_year, "year-month": _is_year_month},
            keywords=_KEYWORDS,
            retriever=_refuse_outside,
        )

    def issues(self, data: Any) -> tuple[Issue, ...]:
        """Everything that is wrong with the data (JSON, numbers as int or Decimal), in document order."""
        found = (self._issue(error) for error in self._compiled.iter_errors(data))
        return tuple({(issue.path, issue.key): issue for issue in found if issue is not None}.values())

    def _issue(self, error: jsonschema_rs.ValidationError) -> Issue | None:
        keyword = str(error.schema_path[-1]) if error.schema_path else ""
        value = error.instance
        if keyword not in _KEYS or value is None or value == "":
            return None
        rule = self._at(error.schema_path[:-1])
        limit = rule.get(keyword)
        if keyword == "type" and _allowed_anyway(value, limit):
            return None
        custom = rule.get("errorMessage")
        return Issue(
            _path(error.instance_path),
            keyword,
            f"validation_errors.{_KEYS[keyword]}",
            None if isinstance(limit, dict | list | bool) or limit is None else str(limit),
            custom if isinstance(custom, str) else None,
        )

    def _at(self, pointer: Sequence[str | int]) -> Mapping[str, Any]:
        found: Any = self._schema
        for part in pointer:
            found = found[part if isinstance(found, list) else str(part)]
        return found if isinstance(found, Mapping) else {}


def validate(model: DataModel, data: Any) -> tuple[Issue, ...]:
    """Everything that is wrong with the data; empty also where the model's schema cannot be compiled."""
    validator = _validator(model)
    return validator.issues(data) if validator is not None else ()


def is_usable(model: DataModel) -> bool:
    """Whether the model's schema can check data."""
    return _validator(model) is not None


@lru_cache(maxsize=500)
def _validator(model: DataModel) -> Validator | None:
    try:
        return Validator(model)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _refuse_outside(uri: str) -> Any:
    """A schema is what is in its file: the library would fetch addresses and open files of this machine."""
    raise ValueError(f"{uri} is outside the schema")


def _prepared(model: DataModel) -> dict[str, Any]:
    """The schema of the data itself: from the root element on, with its definitions beside it."""
    root = model.document.root.schema
    rest: dict[str, Any] = {}
    if root is not model.schema:
        rest = {name: model.schema[name] for name in ("definitions", "$defs") if name in model.schema}
        return dict(_simplified({"allOf": [root], **rest}))
    return {key: value for key, value in _simplified(model.schema).items() if key not in {"$schema", "$id"}}


def _simplified(schema: Any) -> Any:
    """The same schema without choices between one thing and null: only the thing can be an issue."""
    if isinstance(schema, list):
        return [_simplified(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {key: _simplified(value) for key, value in schema.items()}
    for keyword in ("oneOf", "anyOf"):
        options = made.get(keyword)
        if isinstance(options, list):
            real = [option for option in options if option != {"type": "null"}]
            if len(real) == 1:
                del made[keyword]
                made["allOf"] = [*(made.get("allOf") or []), real[0]]
    return made


def _allowed_anyway(value: Any, expected: Any) -> bool:
    """Whether the client would turn the value into the expected type, or null was expected."""
    types = set(expected if isinstance(expected, list) else [expected])
    if types == {"null"}:
        return True
    if isinstance(value, str):
        numeric = bool(types & {"number", "integer"}) and _NUMBER.fullmatch(value) is not None
        return numeric or ("boolean" in types and value in {"true", "false"})
    return "string" in types and isinstance(value, int | float | Decimal)


def _path(parts: Sequence[str | int]) -> str:
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return written.removeprefix(".")


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _is_year_month(text: str) -> bool:
    return _YEAR_MONTH.fullmatch(text) is not None


class _FormatLimit:
    """A limit on dates and times written as text, which compare as they sort."""

    holds: Callable[[str, str], bool]

    def __init__(self, _schema: Any, limit: Any, _path: Any) -> None:
        self._limit = str(limit)

    def validate(self, value: Any) -> None:
        """Raise ValueError outside the limit, as the validator asks of keywords."""
        if isinstance(value, str) and value and not type(self).holds(value, self._limit):
            raise ValueError(f"{value} is outside {self._limit}")


class _Minimum(_FormatLimit):
    holds = staticmethod(operator.ge)


class _Maximum(_FormatLimit):
    holds = staticmethod(operator.le)


class _ExclusiveMinimum(_FormatLimit):
    holds = staticmethod(operator.gt)


class _ExclusiveMaximum(_FormatLimit):
    holds = staticmethod(operator.lt)


_KEYWORDS: Final[dict[str, type[Any]]] = {
    "formatMinimum": _Minimum,
    "formatMaximum": _Maximum,
    "formatExclusiveMinimum": _ExclusiveMinimum,
    "formatExclusiveMaximum": _ExclusiveMaximum,
}
