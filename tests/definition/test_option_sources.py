"""Sources of option lists: what can be read, what is wrong with a file, and which address they ask."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from builders import app, as_json, field
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.checks import check
from studio.definition.option_sources import list_ids, source_at, sources_of
from studio.definition.option_sources.reading import read_source

GOOD: dict[str, Any] = {"address": "https://data.example.org/towns/{county}", "value": "id", "label": "name"}


def problems(**more: Any) -> list[str]:
    return [problem.pointer or "" for problem in read_source({**GOOD, **more}).problems]


def test_a_source_says_no_more_than_an_address_a_value_and_a_label() -> None:
    source = read_source(GOOD).source
    assert source is not None
    assert (source.options, source.seconds, source.server) == ("@", 2.0, "data.example.org")
    assert problems(seconds=1, cacheSeconds=0, headers={"Accept": "x", "Key": {"secret": "a"}}) == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://data.example.org",
            "https://{host}/x",
            "https://a:b@x.no/",
            "ftp://x.no",
            "x",
            1,
        ),
        *("https://data.example.org:8443/", "https:///x", "https://x.no/{", "https://x.no/{a b}", None),
        *("https://x.no/#a", "https://x.no/a b", "https://x.no/\n", "https://[::1", ""),
    ],
)
def test_an_address_is_https_with_a_server_that_nobody_can_change(address: Any) -> None:
    read = read_source({**GOOD, "address": address})
    assert read.source is None
    assert [problem.pointer for problem in read.problems] == ["/address"]


@pytest.mark.parametrize(
    ("more", "pointers"),
    [
        ({"value": "a["}, ["/value"]),
        ({"label": ""}, ["/label"]),
        ({"options": "|".join(["[@,@][]"] * 30)}, ["/options"]),
        ({"description": 1, "helpText": []}, ["/description", "/helpText"]),
        ({"tags": {"a/b": "["}, "languages": {"nb": 1}}, ["/tags/a~1b", "/languages/nb"]),
        ({"parameters": []}, ["/parameters"]),
        ({"headers": {"a b": "x"}}, ["/headers/a b"]),
        ({"headers": {"X": "a\r\nY: b"}}, ["/headers/X"]),
        ({"headers": {"X": {"secret": "a", "value": "b"}}}, ["/headers/X"]),
        ({"headers": {"X": {"secret": "../a"}}}, ["/headers/X"]),
        ({"seconds": 6, "cacheSeconds": -1}, ["/seconds", "/cacheSeconds"]),
        ({"seconds": True, "cacheSeconds": "1"}, ["/seconds", "/cacheSeconds"]),
        ({"timeout": 1}, ["/timeout"]),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(more: dict[str, Any], pointers: list[str]) -> None:
    assert problems(**more) == pointers


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = ("address", "value", "label", "options", "tags", "parameters", "headers", "languages", "seconds")


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON) | JSON)
def test_no_content_is_too_strange_to_be_read(content: Any) -> None:
    read = read_source(content)
    assert content is None or read.source is not None or read.problems


@given(st.text(), st.text())
def test_what_is_asked_for_stays_in_its_place_of_the_address(county: str, size: str) -> None:
    source = read_source({**GOOD, "parameters": {"size": "{size}", "fixed": "1"}}).source
    assert source is not None
    try:
        (county + size).encode()
    except UnicodeEncodeError:
        return
    address = source.address_for({"county": county, "size": size, "other": "told"}, "nb")
    if county in {"", ".", ".."}:
        assert address is None
        return
    assert address is not None
    parts = urlsplit(address)
    assert (parts.netloc, parts.path.count("/"), parts.fragment) == ("data.example.org", 2, "")
    asked = parse_qs(parts.query, keep_blank_values=True)
    assert asked == ({"fixed": ["1"]} | ({"size": [size]} if size else {}))


def found(**more: Any) -> list[tuple[str, str, int | None]]:
    component = {**field("name", kind="Dropdown", optionsId="towns"), **more.pop("component", {})}
    definition = app(pages={"Page": (component,)}, **more)
    wanted = ("option", "parameter", "server")
    return [
        (each.code, each.severity, each.place.line)
        for each in check(definition)
        if any(w in each.code for w in wanted)
    ]


def test_the_app_check_names_what_is_wrong_with_sources_and_with_those_who_ask() -> None:
    path = "App/options/sources/towns.json"
    asks = {"component": {"queryParameters": {"county": "46"}}}
    good = {path: as_json(GOOD)}
    assert found(more=good, **asks) == [("asks-server", "advice", 2)]
    assert [code for code, _, _ in found(more=good)] == ["missing-parameter", "asks-server"]
    bad = {path: as_json({**GOOD, "value": "["})}
    assert found(more=bad, **asks) == [("bad-option-source", "error", 3)]
    double = {**good, "App/options/towns.json": as_json([{"value": "a", "label": "a"}])}
    assert ("double-options", "warning", 1) in found(more=double, **asks)
    assert [code for code, _, _ in found()] == ["missing-options"]
    assert found(component={"optionsId": "standard-countries"}) == []
    library = {"optionsId": "lib**ttd**colours**3"}
    assert [code for code, _, _ in found(component=library)] == ["library-options"]


def test_every_list_is_offered_once_whatever_it_comes_from() -> None:
    definition = app(
        more={
            "App/options/sources/towns.json": as_json(GOOD),
            "App/options/sources/deep/no.json": as_json(GOOD),
            "App/options/towns.json": as_json([]),
            "App/options/own.json": as_json([]),
        }
    )
    ids = list_ids(definition)
    assert sorted(each for each in ids if not each.startswith("standard-")) == ["own", "towns"]
    assert "standard-countries" in ids
    assert len(set(ids)) == len(ids)
    assert source_at(definition, sources_of(definition)["towns"]).source is not None
