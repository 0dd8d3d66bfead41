"""Handing one e-mail to a mail server (RFC 5321), always over TLS unless the server is said to have none."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final, Literal

Security = Literal["starttls", "tls", "none"]

_SECONDS: Final = 20  # for each answer of the server
_LONGEST_REASON: Final = 300


class NotDelivered(Exception):
    """The server did not take it; the message says why. `is_final`: another try would end the same way."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed in, and as whom."""

    host: str
    port: int
    security: Security
    user: str  # "" for a server that asks for none
    password: str = field(repr=False)
    sender: str  # the address alone

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Raises NotDelivered."""
        try:
            with self._connected() as server:
                server.send_message(message, self.sender, [to])
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(*next(iter(refused.recipients.values()))) from refused
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:  # such as a wrong password
            raise _refusal(refused.smtp_code, refused.smtp_error, is_final=False) from refused
        except OSError as fault:  # no connection, no trust, no answer; SMTPException is one too
            raise NotDelivered(_line(f"{type(fault).__name__}: {fault}"), is_final=False) from fault

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        trust = ssl.create_default_context()
        name = self.sender.rpartition("@")[2]  # of this side; looking it up could take long
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(self.host, self.port, name, timeout=_SECONDS, context=trust)
        else:
            server = smtplib.SMTP(self.host, self.port, name, timeout=_SECONDS)
        try:
            if self.security == "starttls":
                server.starttls(context=trust)
            if self.user:
                server.login(self.user, self.password)
            yield server
            with suppress(OSError):  # what was taken is taken, however the good-bye goes
                server.quit()
        finally:
            server.close()


def _refusal(code: int, answer: bytes | str, *, is_final: bool | None = None) -> NotDelivered:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    # RFC 5321, 4.2.1: 4yz may go better later, 5yz will not.
    return NotDelivered(_line(f"{code} {text}"), is_final=code >= 500 if is_final is None else is_final)


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_REASON]
