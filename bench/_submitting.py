"""Clients of the forms benchmark, in a process of their own: `python -m bench._submitting JSON`.

Each client is a thread that begins, fills in and sends form after form, or just gets one page. The clients
come from many addresses of the loopback network: one address may begin only so many forms a minute. Prints
{"done": …, "requests": …, "seconds": …, "times": [ms, …]}.
"""

import http.client
import itertools
import json
import re
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_PERSON = re.compile(r'name="person" value="(\d+)"')
_PARTY = re.compile(r'name="party"[^>]* value="(\d+)"')


class Failed(Exception):
    """A page did not answer as it should."""


class Client:
    """One person with a browser without JavaScript: keeps cookies, follows redirects."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._cookie = ""
        self.requests = 0

    def come_from(self, number: int) -> None:
        """A new connection, from one of the addresses of the loopback network."""
        source = f"127.1.{number // 250 % 250}.{number % 250 + 1}"
        self._http = http.client.HTTPConnection(*self._place, timeout=60, source_address=(source, 0))

    def get(self, path: str) -> str:
        """A page, behind redirects."""
        return self._request("GET", path, None)[1]

    def post(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        """(path, page) that a form post leads to."""
        return self._request("POST", path, urlencode(fields))

    def _request(self, method: str, path: str, body: str | None) -> tuple[str, str]:
        headers = {"Cookie": self._cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._http.request(method, path, body, headers)
        answer = self._http.getresponse()
        content = answer.read()
        self.requests += 1
        for value in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = value.partition(";")[0]
        if answer.status in {302, 303}:
            return self._request("GET", urlsplit(answer.headers["Location"]).path, None)
        if answer.status != http.client.OK:
            raise Failed(f"{method} {path}: {answer.status}")
        return path, content.decode()


def main(task: dict[str, Any]) -> dict[str, Any]:
    """Keep `clients` busy for `seconds` and count what they did."""
    numbers = itertools.count(task["first"])
    until = time.perf_counter() + task["seconds"]
    times: list[float] = []
    clients = [Client(task["host"], task["port"]) for _ in range(task["clients"])]
    problems: list[Exception] = []

    def work(client: Client) -> None:
        try:
            client.come_from(next(numbers))
            if task["form"]:
                _sign_in(client)
            while time.perf_counter() < until:
                began = time.perf_counter()
                if task["form"]:
                    client.come_from(next(numbers))
                    _submit(client, task["path"], task["pages"])
                else:
                    client.get(task["path"])
                times.append((time.perf_counter() - began) * 1000)
        except Exception as problem:  # noqa: BLE001 - told by the main thread
            problems.append(problem)

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    seconds = time.perf_counter() - began
    requests = sum(client.requests for client in clients)
    return {"done": len(times), "requests": requests, "seconds": seconds, "times": times}


def _sign_in(client: Client) -> None:
    page = client.get("/sign-in")
    client.post(
        "/sign-in", {"csrf_token": _found(_TOKEN, page), "person": _found(_PERSON, page), "next": "/"}
    )


def _submit(client: Client, path: str, pages: list[dict[str, str]]) -> None:
    start = client.get(path)
    fields = {"csrf_token": _found(_TOKEN, start), "party": _found(_PARTY, start)}
    here, page = client.post(f"{path}instances", fields)
    for number, answers in enumerate(pages):
        do = "submit" if number == len(pages) - 1 else "next"
        # As with JavaScript, which has shown by now the questions that the answers bring.
        fields = {"csrf_token": _found(_TOKEN, page), "do": do, ":script": "1"}
        here, page = client.post(here, fields | answers)
    if not here.endswith("/receipt"):
        raise Failed(f"The form was not sent; it is at {here}.")


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise Failed(f"The page has no {pattern.pattern}.")
    return found[1]


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
