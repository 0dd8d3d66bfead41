"""Routes whose addresses are built by what is made late build the same ones, and refuse the same."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Map, Rule

from studio import create_runtime
from studio.config import read_settings
from studio.web.routes import LateRule
from tests.migrated import with_tables

VALUES: list[dict[str, Any]] = [
    {},
    {"org": "ttd", "path": "a/b c.json"},
    {"org": "ttd", "path": "æ?#", "page": 2, "tag": ["x", "y&z"]},
    {"org": "ttd", "path": "a", "number": 7},
    {"org": "ttd", "number": -1},
]


def _adapter(kind: type[Rule]) -> Any:
    rules = [
        kind("/<org>/code/<path:path>", endpoint="file"),
        kind("/<org>/pulls/<int:number>", endpoint="number"),
        kind("/<org>/pulls/", defaults={"number": 1}, endpoint="number"),
        kind("/fixed", endpoint="fixed"),
    ]
    return Map(rules).bind("localhost")


@pytest.mark.parametrize("endpoint", ["file", "number", "fixed"])
@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("unknown", [True, False])
def test_addresses_are_those_of_werkzeug(endpoint: str, values: dict[str, Any], unknown: bool) -> None:
    def built(kind: type[Rule]) -> str:
        try:
            address: str = _adapter(kind).build(endpoint, values, append_unknown=unknown)
        except Exception as error:  # noqa: BLE001 - whatever one raises, the other one must
            return type(error).__name__
        return address

    assert built(LateRule) == built(Rule)


def test_every_route_of_an_application_is_such_a_route(tmp_path: Path) -> None:
    app: Flask = create_runtime(read_settings({"STUDIO_DATA": str(with_tables(tmp_path))}), "test")

    assert {type(rule) for rule in app.url_map.iter_rules()} == {LateRule}
    with app.test_request_context():
        assert url_for("health.health", _external=False).startswith("/health")
