"""What people see who come to a service that was taken out of use."""

from flask import Response

from studio.web import render


def not_in_use(_error: Exception) -> Response:
    """A plain page that says so, and that nothing is lost."""
    return Response(render("runtime/not_in_use.html"), status=404)
