"""Checking form data against its schema, in the way the platform's client does (and jsonschema-rs fast)."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

from studio.definition.data_model.dialect import FORMATS, KEYWORDS, OWN_PATTERN, broken_patterns, prepared
from studio.definition.data_model.model import DataModel
from studio.definition.data_model.xml_text import text_of
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

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
    "totalDigits": "pattern",
}
_NUMBER: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)


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
        self._schema = prepared(model)
        is_2020 = "2020-12" in str(model.schema.get("$schema", ""))
        chosen = jsonschema_rs.Draft202012Validator if is_2020 else jsonschema_rs.Draft7Validator
        self._compiled = chosen(
            self._schema,
            validate_formats=True,
            formats=FORMATS,
            keywords=KEYWORDS,
            retriever=_refuse_outside,
        )

    def issues(self, data: Any) -> tuple[Issue, ...]:
        """Everything that is wrong with the data (JSON, numbers as int or Decimal), in document order.

        What the platform's client turns into the expected type ("12" for a number) is checked as that.
        """
        errors = list(self._compiled.iter_errors(data))
        pairs = ((tuple(error.instance_path), self._turned(error)) for error in errors)
        turned = {path: value for path, value in pairs if value is not None}
        if turned:
            errors = list(self._compiled.iter_errors(_with(data, turned)))
        found = (self._issue(error) for error in errors)
        return tuple({(issue.path, issue.key): issue for issue in found if issue is not None}.values())

    def _turned(self, error: jsonschema_rs.ValidationError) -> Any:
        """The value as the expected type; None where it is none."""
        if not error.schema_path or error.schema_path[-1] != "type" or not error.instance_path:
            return None
        expected = self._at(error.schema_path[:-1]).get("type")
        return _as_expected(error.instance, set(expected if isinstance(expected, list) else [expected]))

    def _issue(self, error: jsonschema_rs.ValidationError) -> Issue | None:
        keyword = str(error.schema_path[-1]) if error.schema_path else ""
        value = error.instance
        if keyword not in _KEYS or value is None or value == "":
            return None
        rule = self._at(error.schema_path[:-1])
        limit = rule.get(OWN_PATTERN) if keyword == "pattern" else rule.get(keyword)
        if keyword == "type" and limit in ("null", ["null"]):
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


def problem_of(model: DataModel) -> Sentence | None:
    """Why the model's schema cannot check data, wholly or in part; None where it can."""
    try:
        Validator(model)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        reason = str(error).split("\n", 1)[0][:300]
        return Sentence(
            N_("The schema cannot check the form's data: %(reason)s."), {"reason": reason.rstrip(".")}
        )
    pattern = next(broken_patterns(model), None)
    if pattern is None:
        return None
    sentence = N_("The pattern %(pattern)s cannot be read, so it is not checked. Correct it.")
    return Sentence(sentence, {"pattern": pattern[:200]})


@lru_cache(maxsize=500)
def _validator(model: DataModel) -> Validator | None:
    try:
        return Validator(model)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _refuse_outside(uri: str) -> Any:
    """A schema is what is in its file: the library would fetch addresses and open files of this machine."""
    raise ValueError(f"{uri} is outside the schema")


def _as_expected(value: Any, types: set[Any]) -> Any:
    """The value as the platform's client would turn it into one of the types; None where it would not."""
    if isinstance(value, str):
        if types & {"number", "integer"} and _NUMBER.fullmatch(value):
            return Decimal(value)
        return {"true": True, "false": False}.get(value) if "boolean" in types else None
    if "string" in types and isinstance(value, int | float | Decimal):
        try:
            return text_of(value)
        except DomainError:
            return None
    return None


def _with(data: Any, values: Mapping[tuple[str | int, ...], Any]) -> Any:
    """A copy of the data with other values at some paths."""
    copied = copy.deepcopy(data)
    for path, value in values.items():
        holder = copied
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = value
    return copied


def _path(parts: Sequence[str | int]) -> str:
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return written.removeprefix(".")
