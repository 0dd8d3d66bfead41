"""The app as files: everything that the other screens edit, as text."""

from studio.features.code import check_views, difference_views, file_views, search_views, views
from studio.features.code.blueprint import bp

__all__ = ["bp", "check_views", "difference_views", "file_views", "search_views", "views"]
