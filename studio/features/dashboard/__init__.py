"""The dashboard: my apps, new ones, importing, copying, putting away and deleting."""

from studio.features.dashboard import new_apps, views
from studio.features.dashboard.blueprint import bp

__all__ = ["bp", "new_apps", "views"]
