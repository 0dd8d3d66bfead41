"""Option lists: each as a table with its languages side by side, and spreadsheets both ways."""

from studio.features.options import table_views, views
from studio.features.options.blueprint import bp

__all__ = ["bp", "table_views", "views"]
