"""Option lists: each as a table with its languages side by side, spreadsheets, and lists from elsewhere."""

from studio.features import standard_lists
from studio.features.options import source_views, standard_views, table_views, views
from studio.features.options.blueprint import bp
from studio.features.options.source_views import trials

__all__ = ["bp", "source_views", "standard_lists", "standard_views", "table_views", "trials", "views"]
