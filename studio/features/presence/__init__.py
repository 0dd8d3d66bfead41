"""Presence: who else is in this app, on which page, and what of theirs is not shared yet."""

from studio.features.presence.views import bp

__all__ = ["bp"]
