"""Moments in words, as a <time> element: a glance in the text, the exact moment on hover and for programs."""

from datetime import datetime

from flask import Flask
from flask_babel import format_datetime
from markupsafe import Markup


def install_dates(app: Flask) -> None:
    """Give templates the filter `moment`."""
    app.jinja_env.filters["moment"] = moment


def moment(value: datetime) -> Markup:
    """`<time>` with date and clock in the reader's language and in Norwegian time."""
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(timespec="seconds"), format_datetime(value, "medium")
    )
