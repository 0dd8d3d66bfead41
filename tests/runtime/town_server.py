"""A server that knows some towns, by https: /towns?region=east."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

TOWNS = {"east": [("oslo", "Oslo"), ("moss", "Moss")], "west": [("bergen", "Bergen")]}
SOURCE: dict[str, Any] = {
    "address": "https://localhost/towns",
    "parameters": {"region": "{region}", "lang": "{language}"},
    "options": "towns",
    "value": "id",
    "label": "names.nb",
    "tags": {"size": "people"},
}


class TownServer(BaseHTTPRequestHandler):
    """`seen` are the requests so far; `status` and `body` what is answered instead of towns."""

    seen: ClassVar[list[tuple[str, dict[str, str]]]] = []
    status = 200
    body: ClassVar[bytes | None] = None

    @classmethod
    def forget(cls) -> None:
        """Begin anew."""
        cls.seen.clear()
        cls.status, cls.body = 200, None

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        asked = parse_qs(urlsplit(self.path).query)
        listed = TOWNS.get(asked.get("region", [""])[0], [*TOWNS["east"], *TOWNS["west"]])
        towns = [{"id": code, "names": {"nb": name}, "people": len(name)} for code, name in listed]
        body = json.dumps({"towns": towns}).encode() if self.body is None else self.body
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "https://localhost/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        pass
