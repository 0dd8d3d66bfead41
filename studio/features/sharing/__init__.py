"""Sharing: what changed in my draft, undo and redo, fetching what others shared, conflicts."""

from studio.features.sharing.views import bp

__all__ = ["bp"]
