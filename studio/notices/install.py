"""Notices for Studio's Flask application."""

from flask import Flask
from flask_login import current_user

from studio.database import studio_db
from studio.notices.room import post_office
from studio.notices.sending import PostOffice
from studio.notices.smtp import MailServer
from studio.notices.telling import unread


def install_notices(app: Flask, server: MailServer | None, origin: str) -> None:
    """Give `app` its outbox, and templates the count of what is not read. Nothing runs yet."""
    office = PostOffice(app, server, origin)
    post_office.give(app, office)
    app.before_request(office.open)
    app.jinja_env.globals.update(unread_notices=_unread)


def _unread() -> int:
    return unread(studio_db.session, current_user) if current_user.is_authenticated else 0
