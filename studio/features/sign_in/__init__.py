"""Signing in and out, and the language of those who have not signed in."""

from studio.features.sign_in.views import bp

__all__ = ["bp"]
