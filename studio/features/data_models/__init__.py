"""Data models: their fields as a tree, and everything about one field in a panel beside it."""

from studio.features.data_models import code, exporting, importing, making_forms, views
from studio.features.data_models.blueprint import bp

__all__ = ["bp", "code", "exporting", "importing", "making_forms", "views"]
