"""A notice as an e-mail: plain text, in the language of its receiver."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from flask import Flask, url_for
from flask_babel import force_locale, gettext
from werkzeug.routing import BuildError

from studio.notices.models import Notice
from studio.web import translate
from studio.web.language import language_of

_LONGEST: Final = 200


class BadAddress(ValueError):
    """No e-mail can be sent to this address."""


def letter(app: Flask, origin: str, sender: str, notice: Notice, now: datetime) -> EmailMessage:
    """The e-mail about a notice, with addresses that begin with `origin`. Raises BadAddress.

    What people wrote stands in it as a line of its own and never in a header as it is: no control character,
    and so no other header, comes through.
    """
    person = notice.person
    language = language_of(person.language)
    with app.test_request_context(base_url=f"{origin}/"), force_locale(language):
        text = _text(notice)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address("Studio", sender)
    message["To"] = _address(person.name, person.email)
    message["Subject"] = _in_header(f"{one_line(notice.title)} – {notice.org}/{notice.app}")
    message["Date"] = format_datetime(now)
    # The same at every try, so that a message that comes twice is known as one.
    message["Message-ID"] = f"<notice-{notice.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday answers are not for us
    message["Content-Language"] = language
    message.set_content(text, cte="quoted-printable")
    return message


def page_of(notice: Notice, *, external: bool = False) -> str | None:
    """The address of the page that a notice leads to; None where there is no such page any more."""
    try:
        return url_for(notice.endpoint, **notice.values, _external=external)
    except BuildError:
        return None


def one_line(text: str) -> str:
    """Text as one line of printable characters, up to 200."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:_LONGEST]


def _text(notice: Notice) -> str:
    lines = [one_line(translate(notice.sentence)), "", one_line(notice.title)]
    page = page_of(notice, external=True)
    if page is not None:
        lines.append(page)
    settings = url_for("account.index", _external=True)
    lines += ["", "-- ", gettext("You chose to be told by e-mail. Change it here:"), settings, ""]
    return "\n".join(lines)


def _in_header(text: str) -> str:
    """One line for a header. Python reads encoded words (RFC 2047) in what it is given, and writes out what
    they hold, line ends too; so nothing may look like one."""
    return one_line(text).replace("=?", "= ?")


def _address(name: str, address: str) -> Address:
    try:
        if _in_header(address) != address:
            raise ValueError
        return Address(display_name=_in_header(name), addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress(f"{address!r} is no e-mail address.") from error
