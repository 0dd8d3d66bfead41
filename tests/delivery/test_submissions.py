"""Submissions fetched from an environment and written to a folder."""

import json
from pathlib import Path

import pytest

from studio.delivery.problems import NotAccepted
from studio.delivery.submissions import Submission, submissions, write
from tests.delivery.doors import Studio

ONE = Submission(
    "500/aaa", "AB-12", "2026-11-24T12:00:00+00:00", "Kari", {"model": {"navn": "Åse"}}, {"model": "<m/>"}
)


def test_documents_are_written_as_json_and_xml(tmp_path: Path) -> None:
    written = write(ONE, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == ["aaa/model.json", "aaa/model.xml"]
    assert json.loads(written[0].read_text("utf-8")) == {"navn": "Åse"}
    assert written[1].read_text("utf-8") == "<m/>"


@pytest.mark.parametrize("name", ["../../escape", "/etc/passwd", "..", ""])
def test_the_name_of_a_data_type_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    odd = Submission("500/aaa", "", "", "", {name: {}}, {})
    written = write(odd, tmp_path / "out")
    assert [path.parent for path in written] == [tmp_path / "out" / "aaa"]


def test_an_environment_without_the_app_says_so(studio: Studio) -> None:
    with pytest.raises(NotAccepted):
        list(submissions(studio.delivery.clients["test"], "ttd", "moving"))
