"""A server of one's own that speaks https."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True)
class HttpsServer:
    """Where it listens, and what trusts it."""

    port: int
    trust: ssl.SSLContext


@contextmanager
def https_server(
    folder: Path, answers: type[BaseHTTPRequestHandler], name: str = "localhost"
) -> Iterator[HttpsServer]:
    """Serves while the block runs, with a certificate for `name`."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    _make_certificate(key, certificate, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # some go away before they are answered
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield HttpsServer(server.server_address[1], ssl.create_default_context(cafile=str(certificate)))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _make_certificate(key: Path, certificate: Path, name: str) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
