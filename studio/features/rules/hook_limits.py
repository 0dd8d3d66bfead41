"""How long the Python hooks of an app may take and which servers they may ask, as a form has it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from flask_babel import format_decimal

from studio.definition.app import AppDefinition
from studio.definition.app_logic import DEFAULT_SECONDS
from studio.definition.changes import MISSING, SetLogicSetting
from studio.features.rules.numbers import read_number


def written_limits(app: AppDefinition) -> Mapping[str, str]:
    """What stands in the file, also what cannot be used: {"seconds": "2", "hosts": one on each line}."""
    held = _held(app)
    seconds, hosts = held.get("seconds", DEFAULT_SECONDS), held.get("hosts")
    is_number = isinstance(seconds, int | float | Decimal) and not isinstance(seconds, bool)
    return {
        "seconds": format_decimal(seconds) if is_number else str(seconds),
        "hosts": "\n".join(map(str, hosts)) if isinstance(hosts, list) else "",
    }


def limit_changes(app: AppDefinition, seconds: str, hosts: str) -> list[SetLogicSetting]:
    """The changes that make the file say what is written; none where it says so already."""
    number = read_number(seconds)
    wanted: Mapping[str, Any] = {
        "seconds": number if number is not None else seconds.strip() or DEFAULT_SECONDS,
        "hosts": hosts.replace(",", " ").lower().split(),
    }
    held = {**_USUAL, **_held(app)}
    return [
        SetLogicSetting(name, MISSING if value == _USUAL[name] else value)
        for name, value in wanted.items()
        if value != held[name]
    ]


_USUAL: Final[Mapping[str, Any]] = {"seconds": DEFAULT_SECONDS, "hosts": []}


def _held(app: AppDefinition) -> Mapping[str, Any]:
    held = app.json(app.paths.logic_settings)
    return held if isinstance(held, Mapping) else {}
