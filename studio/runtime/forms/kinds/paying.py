"""Payment: what has to be paid (process.md, 6.2).

An order is shown where the data holds one. Nothing is paid here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.expressions.number_format import format_number
from studio.runtime.forms.kinds.kind import Around, Build, Kind
from studio.runtime.forms.kinds.signing import is_in
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import ComponentView

_LINES: Final = "orderLines"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order, in words."""

    name: str
    quantity: str
    price: str
    total: str


@dataclass(frozen=True, slots=True)
class Order:
    """What has to be paid, in words."""

    lines: tuple[Line, ...]
    vat: str
    total: str


def order_of(state: FormState) -> Order | None:
    """The order that the form's data holds (app-api.md, 10.2); None where there is none."""
    found = next(_orders(state.data.values()), None)
    if found is None:
        return None
    lines = [line for line in found[_LINES] if isinstance(line, Mapping)]
    formatting = {"currency": to_text(found.get("currency")) or "NOK"}

    def amount(number: Decimal) -> str:
        return format_number(str(number.quantize(Decimal("0.01"))), formatting, state.language)

    sums = [(_number(line.get("priceExVat")), _number(line.get("quantity")), _rate(line)) for line in lines]
    shown = (
        Line(
            _name(line, state),
            to_text(line.get("quantity")),
            amount(price * rate),
            amount(price * count * rate),
        )
        for line, (price, count, rate) in zip(lines, sums, strict=True)
    )
    total = sum((price * count * rate for price, count, rate in sums), Decimal(0))
    vat = sum((price * count * (rate - 1) for price, count, rate in sums), Decimal(0))
    return Order(tuple(shown), amount(vat), amount(total))


def _orders(data: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    for document in data:
        inside = document.get("orderDetails") if isinstance(document, Mapping) else None
        for each in (document, inside):
            if isinstance(each, Mapping) and isinstance(each.get(_LINES), list):
                yield each


def _number(given: Any) -> Decimal:
    """A number of an order; 0 where there is none, and for what no money can be."""
    try:
        found = Decimal(to_text(given)) if not isinstance(given, bool | list | dict) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and abs(found) < _MOST else Decimal(0)


_MOST: Final = Decimal(10) ** 12


def _rate(line: Mapping[str, Any]) -> Decimal:
    return 1 + _number(line.get("vatPercent")) / 100


def _name(line: Mapping[str, Any], state: FormState) -> str:
    key = line.get("textResourceKey")
    return state.text(key) if isinstance(key, str) and key else to_text(line.get("name"))


def _fill(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    state = build.state
    active = is_in(state, "payment")
    settings = {
        **view.settings,
        "order": None if state.design else order_of(state),
        "active": active,
        "pays": view.type == "Payment",
        "rejects": active and state.actions.get("reject", False),
    }
    return replace(view, settings=settings)


KINDS: Final[Mapping[str, Kind]] = {
    "Payment": Kind(template="payment", fill=_fill, drawn_ahead=False),
    "PaymentDetails": Kind(template="payment", fill=_fill, drawn_ahead=False),
}
