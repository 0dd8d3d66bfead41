"""Organisations, people and who is what in which."""

from studio.features.admin.views import bp

__all__ = ["bp"]
