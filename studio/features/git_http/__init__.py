"""The apps as Git repositories over HTTP, for the ordinary Git client: clone, fetch and push."""

from studio.features.git_http.views import bp

__all__ = ["bp"]
