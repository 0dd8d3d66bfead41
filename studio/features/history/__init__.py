"""History: what was done in an app, how it looked before and after, and the way back."""

from studio.features.history import blame_views, own_steps, restore_views, views
from studio.features.history.blueprint import bp

__all__ = ["blame_views", "bp", "own_steps", "restore_views", "views"]
