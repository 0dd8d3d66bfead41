"""The front page of an app."""

from studio.features.overview.views import bp

__all__ = ["bp"]
