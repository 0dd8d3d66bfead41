"""The address by which others see that an application is up."""

from flask import Blueprint, Response

from studio.web.guards import open_to_all

bp = Blueprint("health", __name__)


@bp.get("/health")
@open_to_all
def health() -> Response:
    """Answers as soon as requests are handled."""
    return Response("ok", mimetype="text/plain")
