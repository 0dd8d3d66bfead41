"""Addresses that the screens of the history share."""

from flask import url_for

from studio.web.navigation import has_page


def pictures_of_app(org: str, app: str) -> str:
    """The address in front of the app's own pictures."""
    if not has_page("resources.file"):
        return ""
    return url_for("resources.file", org=org, app=app, path="_").removesuffix("_")
