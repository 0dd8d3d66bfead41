"""The outside remote of an app: naming it, sending to it and fetching from it."""

from studio.features.remotes.views import bp

__all__ = ["bp"]
