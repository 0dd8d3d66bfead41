"""The log: lines for programs, without anything that people wrote."""

import json

import pytest
import structlog
from flask import Flask

from studio.web import open_to_all

NUMBER = "01017012345"


def test_a_fault_is_logged_with_its_places_and_without_what_people_wrote(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    def send(org: str, token: str) -> str:
        form_data = {"nationalNumber": NUMBER}
        try:
            return form_data["missing"]
        except KeyError as missing:
            raise ValueError(f"{form_data} does not fit") from missing

    app.add_url_rule("/<org>/preview/<token>", "send", open_to_all(send))
    assert app.test_client().get(f"/ttd/preview/door-opener?ssn={NUMBER}").status_code == 500
    captured = capsys.readouterr()
    assert NUMBER not in captured.err + captured.out
    assert "door-opener" not in captured.err + captured.out
    (line,) = [json.loads(each) for each in captured.err.splitlines() if each.startswith("{")]
    assert (line["event"], line["level"]) == ("unexpected error", "error")
    assert (line["rule"], line["org"], line["method"]) == ("/<org>/preview/<token>", "ttd", "GET")
    assert [each["type"] for each in line["exception"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert line["exception"][0]["frames"][-1].startswith("tests/web/test_log_lines.py:")


def test_values_that_open_doors_and_values_that_are_no_text_are_not_written_out(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app is not None
    structlog.get_logger().warning("odd", token="abc", data={1: 2}, thing=object(), error=ValueError(NUMBER))
    line = json.loads(capsys.readouterr().err)
    assert line["token"] == "…"
    assert line["thing"] == "object"
    assert line["error"] == "ValueError"
