"""What a form's page loads stays small, also one with every type of component (docs/reference/speed.md)."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from studio.web.assets import DIST, manifest

KIB = 1024
# What is loaded on demand alone: when a map or an old app's rules are on the page, or a picture is to be cut.
ON_DEMAND = {"map_canvas", "old_rules", "picture_cropper"}
_STATIC = re.compile(r'(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"')
_DYNAMIC = re.compile(r'\bimport\(\s*"(\.[^"]+\.js)"')


def loaded_with(path: Path) -> Iterator[Path]:
    """A script and all that it imports."""
    waiting, seen = [path], {path}
    while waiting:
        each = waiting.pop()
        yield each
        named = {(each.parent / found).resolve() for found in _STATIC.findall(each.read_text("utf-8"))}
        waiting.extend(named - seen)
        seen |= named


def weight(paths: set[Path]) -> float:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths) / KIB


def form_scripts() -> set[Path]:
    names = manifest()
    return {
        each
        for name in ("form.js", "form_filling.js")
        for each in loaded_with((DIST / names[name]).resolve())
    }


def test_the_scripts_of_a_form_of_every_type_stay_below_forty_kib() -> None:
    scripts = form_scripts()
    assert weight(scripts) <= 40


def test_the_styles_of_a_form_of_every_type_stay_below_thirty_kib() -> None:
    assert weight({DIST / manifest()["form.css"]}) <= 30


def test_nothing_else_is_loaded_than_what_is_weighed_or_asked_for() -> None:
    named = {
        Path(found).name for each in form_scripts() for found in _DYNAMIC.findall(each.read_text("utf-8"))
    }
    assert {name.rpartition("-")[0] for name in named} == {"form_filling"} | ON_DEMAND


def test_a_form_that_nobody_touches_loads_a_tenth_of_its_scripts() -> None:
    entry = (DIST / manifest()["form.js"]).resolve()
    assert weight(set(loaded_with(entry))) <= weight(form_scripts()) / 10


def test_a_form_asks_for_two_scripts_as_every_request_costs_more_than_a_few_kib() -> None:
    names = {each.name.rpartition("-")[0] for each in form_scripts()}
    assert names == {"form", "form_filling"}
