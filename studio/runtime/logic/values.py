"""Form data as hooks see it (decimals, dates), and what they give as values of the data model's fields."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from studio.definition import form_paths as paths
from studio.definition.data_model import ROW_ID, DataModel, Field
from studio.definition.expressions import ExpressionError
from studio.definition.rules.calculating import fitted


class DoesNotFit(ValueError):
    """A hook gave a value for `path` that has no place in the data; `reason` is for the hook's developer."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def seen(model: DataModel | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as a hook gets it: numbers as Decimal or int, dates as dates, rows without their ids.

    What is not of the kind that the data model says stays as it is.
    """
    return _seen_object(model.fields if model else (), data)


def _seen_object(fields: tuple[Field, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    by_name = {field.name: field for field in fields}
    return {name: _seen(by_name.get(name), value) for name, value in data.items() if name != ROW_ID}


def _seen(field: Field | None, value: Any) -> Any:
    if isinstance(value, list):
        return [_seen(field, each) for each in value]
    if isinstance(value, Mapping):
        return _seen_object(field.children if field else (), value)
    return _typed(field.kind if field else "any", value)


def _typed(kind: str, value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(repr(value))
    if kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        return value
    try:
        if kind == "date":
            return date.fromisoformat(value[:10])
        if kind == "date-time":
            return datetime.fromisoformat(value)
        if kind == "time":
            return time.fromisoformat(value)
    except ValueError:
        return value
    return value


def put(data: dict[str, Any], model: DataModel, path: str, value: Any) -> None:
    """Put what a hook gave into the data, as a value of its field. Raises DoesNotFit."""
    field = model.field(paths.without_indexes(path))
    if field is None:
        raise DoesNotFit(path, "the data model has no such field")
    try:
        paths.write(data, path, kept(field, value, path, in_row=path.endswith("]")))
    except paths.BadPath:
        raise DoesNotFit(path, "there is no such row") from None


def kept(field: Field, value: Any, path: str, *, in_row: bool = False) -> Any:
    """A value as it is kept in a field: groups and lists as a whole, too. Raises DoesNotFit."""
    if value is None:
        return None
    if field.repeating and not in_row:
        if not isinstance(value, list):
            raise DoesNotFit(path, "the field is a list")
        return [kept(field, each, f"{path}[{index}]", in_row=True) for index, each in enumerate(value)]
    if field.is_group:
        return _kept_group(field, value, path)
    plain = value.isoformat() if isinstance(value, date | time) else value
    try:
        return fitted(plain, field)
    except ExpressionError as error:
        raise DoesNotFit(path, error.reason) from None


def _kept_group(field: Field, value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise DoesNotFit(path, "the field is a group of fields")
    found: dict[str, Any] = {}
    for name, each in value.items():
        inside = field.child(name)
        if inside is None:
            raise DoesNotFit(f"{path}.{name}", "the data model has no such field")
        if each is not None:
            found[name] = kept(inside, each, f"{path}.{name}")
    return found
