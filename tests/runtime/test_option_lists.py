"""Option lists from other servers, and standard ones: asked for as their source says, and kept."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import app, as_json
from https_server import HttpsServer, https_server
from town_server import SOURCE, TownServer

from studio.runtime.fetching import Fetcher
from studio.runtime.option_lists import KeptSecret, NotListed, OptionLists
from studio.runtime.refreshing_lists import SERVER, NotRefreshed, refresh
from studio.services.standard_lists import StandardLists, write_list


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with https_server(tmp_path_factory.mktemp("certificate"), TownServer) as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh() -> None:
    TownServer.forget()


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def lists(server: HttpsServer, **more: Any) -> OptionLists:
    given = {"servers": frozenset({"localhost"}), "private_addresses": True, "port": server.port}
    return OptionLists(**{**given, "trust": server.trust, **more})


def asked(found: OptionLists, source: Any = None, language: str = "nb", **wanted: str) -> list[str]:
    definition = app(more={"App/options/sources/towns.json": as_json({**SOURCE, **(source or {})})})
    options = found.options(definition, "ttd/app", "towns", wanted, language)
    assert options is not None
    return [each["label"] for each in options]


def paths() -> list[str]:
    return [path for path, _ in TownServer.seen]


def test_a_list_is_asked_for_with_what_its_source_names_and_nothing_else(server: HttpsServer) -> None:
    assert asked(lists(server), region="west", secret="not to be told") == ["Bergen"]
    assert paths() == ["/towns?region=west&lang=nb"]


def test_what_is_not_answered_is_left_out_of_the_parameters_but_not_of_the_path(server: HttpsServer) -> None:
    assert asked(lists(server), region="") == ["Oslo", "Moss", "Bergen"]
    in_path = {"address": "https://localhost/towns/{region}", "parameters": {}}
    assert asked(lists(server), in_path) == []
    assert asked(lists(server), in_path, region="..") == []
    asked(lists(server), in_path, region="a/b?c#d")
    assert paths() == ["/towns?lang=nb", "/towns/a%2Fb%3Fc%23d"]


def test_each_language_is_asked_for_by_the_name_that_the_server_has_for_it(server: HttpsServer) -> None:
    asked(lists(server), {"languages": {"nb": "no"}})
    asked(lists(server), {"languages": {"nb": "no"}}, language="en")
    assert paths() == ["/towns?lang=no", "/towns?lang=en"]


def test_other_parameters_narrow_by_tags(server: HttpsServer) -> None:
    assert asked(lists(server), size="4") == ["Oslo", "Moss"]
    assert asked(lists(server), size="4", region="west") == []


def test_an_answer_is_used_again_until_it_is_old(server: HttpsServer) -> None:
    clock = _Clock()
    found = lists(server, clock=clock)
    for moment in (1000, 1059, 1060, 1061):
        clock.now = moment
        assert asked(found, {"cacheSeconds": 60})
    assert len(paths()) == 2
    asked(found, {"cacheSeconds": 60}, region="west")  # another address is another answer
    assert len(paths()) == 3


def test_an_old_answer_serves_while_the_server_does_not(server: HttpsServer) -> None:
    clock = _Clock()
    found = lists(server, clock=clock)
    asked(found, {"cacheSeconds": 1})
    TownServer.status, clock.now = 500, 5000
    assert asked(found, {"cacheSeconds": 1}) == ["Oslo", "Moss", "Bergen"]
    clock.now += 100_000
    with pytest.raises(NotListed, match="status 500"):
        asked(found, {"cacheSeconds": 1})


def test_a_server_that_does_not_answer_is_left_alone_for_a_while(server: HttpsServer) -> None:
    clock = _Clock()
    found = lists(server, clock=clock, port=1)
    for _ in range(2):
        with pytest.raises(NotListed, match="did not answer"):
            asked(found)
    found.port = server.port
    with pytest.raises(NotListed):
        asked(found)
    clock.now += 11
    assert asked(found)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (302, b"{}", "status 302"),
        (200, b"<html>", "no JSON"),
        (200, b"[" * 100_000, "no JSON"),
        (200, b'{"towns": NaN}', "no JSON"),
        (200, b'{"towns": 1}', "no list"),
        (200, b'{"towns": [{"id": {"a": 1}}]}', "plain value"),
        (200, b'{"towns": [' + b"1," * 10_000 + b"1]}", "more than 10000"),
        (200, b" " * 1_000_001, "longer than"),
    ],
)
def test_an_answer_that_is_no_list_is_said_to_be_none(
    server: HttpsServer, status: int, body: bytes, reason: str
) -> None:
    TownServer.status, TownServer.body = status, body
    with pytest.raises(NotListed, match=reason):
        asked(lists(server))


def test_an_element_without_a_value_is_left_out_and_one_without_a_label_is_called_by_its_value(
    server: HttpsServer,
) -> None:
    TownServer.body = b'{"towns": [{"id": 1}, {"names": {"nb": "x"}}, null, {"id": true}, {"id": "Null"}]}'
    assert asked(lists(server)) == ["1", "true", "Null"]


def test_a_server_that_the_environment_does_not_name_is_not_asked(server: HttpsServer) -> None:
    with pytest.raises(NotListed, match="localhost is not among the servers"):
        asked(lists(server, servers=frozenset({"other.example.org"})))
    with pytest.raises(NotListed, match="private network"):
        asked(lists(server, private_addresses=False))
    assert not paths()


KEYED = {"headers": {"Accept": "application/json", "X-Key": {"secret": "towns", "prefix": "Key "}}}


@pytest.mark.parametrize("apps", [(), ("ttd",), ("ttd/app", "other")])
def test_a_secret_goes_to_its_server_for_the_apps_that_may(
    server: HttpsServer, apps: tuple[str, ...]
) -> None:
    secrets = {"towns": KeptSecret("localhost", "abc", frozenset(apps))}
    asked(lists(server, secrets=secrets), KEYED)
    assert TownServer.seen[0][1]["X-Key"] == "Key abc"


@pytest.mark.parametrize(
    "secret",
    [None, KeptSecret("other.example.org", "abc"), KeptSecret("localhost", "abc", frozenset({"ttd/other"}))],
)
def test_a_secret_goes_nowhere_else_and_the_reason_does_not_tell_it(
    server: HttpsServer, secret: KeptSecret | None
) -> None:
    found = lists(server, secrets={"towns": secret} if secret else {})
    with pytest.raises(NotListed, match="no secret towns that ttd/app may send") as told:
        asked(found, KEYED)
    assert not paths()
    assert "abc" not in f"{told.value} {found!r}"


def test_standard_lists_are_there_in_three_languages_and_sorted_as_each_sorts() -> None:
    def labels(list_id: str, language: str, **wanted: str) -> list[str]:
        found = OptionLists().options(app(), "ttd/app", list_id, wanted, language) or ()
        return [each["label"] for each in found]

    assert "Noreg" in labels("standard-countries", "nn")
    assert labels("standard-countries", "nb")[-1] == "Åland"
    assert labels("standard-countries", "en")[1] == "Åland Islands"
    assert len(labels("standard-countries", "se")) == 249
    assert "norske kroner" in labels("standard-currencies", "nb")
    assert len(labels("standard-counties", "nb")) == 15
    assert labels("standard-postal-codes", "nb")[0] == "0001 OSLO"
    industries = labels("standard-industry-codes", "nb")
    assert len(industries) == 736
    assert industries[0].startswith("01.110 ")
    programming = labels("standard-industry-codes", "nb", parent="62.10")
    assert programming == ["62.100 Computer programming activities"]
    assert OptionLists().options(app(), "ttd/app", "unknown", {}, "nb") is None


def test_a_list_that_was_fetched_anew_stands_before_the_one_that_came_with_studio(tmp_path: Path) -> None:
    rows = [
        {"code": "4601", "nb": "Bergen", "nn": "Bergen", "en": "Bergen", "parent": "46"},
        {"code": "0301", "nb": "Oslo", "nn": "Oslo", "en": "Oslo", "parent": "03"},
    ]
    found = OptionLists(standard=StandardLists(tmp_path))
    write_list(tmp_path, "municipalities", rows)
    options = found.options(app(), "ttd/app", "standard-municipalities", {"county": "46"}, "nb") or ()
    assert [each["value"] for each in options] == ["4601"]
    write_list(tmp_path, "counties", [{"code": "1", "nb": "New", "nn": "New", "en": "New", "parent": ""}])
    assert len(found.options(app(), "ttd/app", "standard-counties", {}, "nb") or ()) == 1


def _classification(*codes: tuple[str, str, str]) -> bytes:
    listed = [{"code": code, "name": name, "level": level} for code, name, level in codes]
    return json.dumps({"codes": listed}).encode()


def _refresh(server: HttpsServer, folder: Path, name: str = "municipalities") -> int:
    here = Fetcher(frozenset({SERVER}), 5, True, server.port, server.trust, _here)
    return refresh(name, folder, date(2026, 1, 1), here)


def _here(_host: str, port: int, **_more: Any) -> list[tuple[Any, ...]]:
    return [(None, None, None, "", ("127.0.0.1", port))]


def test_a_list_is_fetched_from_its_owner_and_counts_at_once(tmp_path: Path, ssb: HttpsServer) -> None:
    codes = [(f"{4600 + number}", f"Kommune {number}", "1") for number in range(350)]
    TownServer.body = _classification(*codes, ("9999", "Uoppgitt", "1"))
    assert _refresh(ssb, tmp_path) == 350
    assert paths()[1] == "/api/klass/v1/classifications/131/codesAt.json?date=2026-01-01&language=nn"
    found = OptionLists(standard=StandardLists(tmp_path))
    asked_46 = found.options(app(), "ttd/app", "standard-municipalities", {"county": "46"}, "nn") or ()
    assert len(asked_46) == 100


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"codes": [{"code": "1"}]}', b'{"codes": []}', b""])
def test_a_list_that_cannot_be_fetched_leaves_the_one_that_is_there(
    tmp_path: Path, ssb: HttpsServer, body: bytes
) -> None:
    write_list(tmp_path, "municipalities", [{"code": "1", "nb": "a", "nn": "a", "en": "a", "parent": ""}])
    before = (tmp_path / "municipalities.csv").read_bytes()
    TownServer.body = body
    with pytest.raises(NotRefreshed):
        _refresh(ssb, tmp_path)
    assert (tmp_path / "municipalities.csv").read_bytes() == before


@pytest.fixture(scope="module")
def ssb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with https_server(tmp_path_factory.mktemp("certificate"), TownServer, SERVER) as running:
        yield running


def test_every_municipality_that_comes_with_studio_lies_in_a_county_and_has_a_number_of_its_own() -> None:
    known = StandardLists()
    counties = {each["value"] for each in known.options("counties", "nb")}
    listed = known.options("municipalities", "nb")
    assert len({each["value"] for each in listed}) == len(listed) == 357
    assert {each["tags"]["county"] for each in listed} == counties
    assert all(each["value"].startswith(each["tags"]["county"]) for each in listed)
