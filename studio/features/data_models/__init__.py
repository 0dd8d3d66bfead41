"""Data models: fields as a tree with all about one beside it; as code; from files; as forms to be made."""

from studio.features.data_models import code, exporting, importing, making_forms, views
from studio.features.data_models.blueprint import bp

__all__ = ["bp", "code", "exporting", "importing", "making_forms", "views"]
