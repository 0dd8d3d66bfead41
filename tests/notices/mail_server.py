"""A mail server of one's own, which takes what the standards allow and nothing else."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as RULES
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER: Final = "studio"
PASSWORD: Final = "s3cret-of-the-server"


@dataclass
class Strict:
    """Keeps what it takes. `answers` are given instead, one for each e-mail that comes."""

    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    tries: int = 0

    # The name is that of aiosmtpd.
    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.tries += 1
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        if session.ssl is None:
            return "530 5.7.0 Not in the clear"
        if any(len(line) > 998 or b"\r" in line or b"\n" in line for line in content.split(b"\r\n")):
            return "554 5.6.0 Lines end in CRLF, after at most 998 characters"
        if not content.isascii():
            return "554 5.6.1 Eight bits were not agreed on"
        message = message_from_bytes(content, policy=RULES)
        defects = [*message.defects, *(each for value in message.values() for each in value.defects)]
        if defects or any(
            len(message.get_all(name, [])) != 1 for name in ("From", "To", "Date", "Message-ID")
        ):
            return f"554 5.6.0 Not as RFC 5322 has it: {defects}"
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append(envelope)
        return "250 2.0.0 Taken"


@dataclass(frozen=True)
class Served:
    """Where it listens, the certificate to trust, and what it has."""

    port: int
    certificate: Path
    has: Strict


@contextmanager
def mail_server(folder: Path) -> Iterator[Served]:
    """Serves while the block runs: STARTTLS first, then a password, then e-mails."""
    key, certificate = folder / "mail-key.pem", folder / "mail-certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    has = Strict()
    controller = _AnyPort(
        has,
        hostname="localhost",
        port=0,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=_authenticate,
    )
    controller.start()
    try:
        yield Served(controller.server.sockets[0].getsockname()[1], certificate, has)
    finally:
        controller.stop()


class _AnyPort(Controller):
    """Asks the port that the system gave whether it listens, and not port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)
