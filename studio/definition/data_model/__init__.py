"""Data models: JSON Schema as a tree of fields, form data in and out of XML, models that grow with a form."""

from studio.definition.data_model.model import DataModel, Field, Kind

__all__ = ["DataModel", "Field", "Kind"]
