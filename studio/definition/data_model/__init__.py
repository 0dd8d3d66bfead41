"""Data models: JSON Schema as a tree of fields, form data in and out of XML, models that grow with a form."""

from studio.definition.data_model.document_reading import WrongDocument
from studio.definition.data_model.documents import canonical, from_xml, to_xml, without_row_ids
from studio.definition.data_model.form_json import BrokenJson, from_json, to_json
from studio.definition.data_model.growing import NEW_KINDS, NewKind, grow
from studio.definition.data_model.input import Problem, parse_input
from studio.definition.data_model.model import DataModel, Field, Kind
from studio.definition.data_model.new_models import NewModel, new_model
from studio.definition.data_model.shapes import ROW_ID
from studio.definition.data_model.validation import Issue, Validator, validate
from studio.definition.data_model.xsd import Xsd, read_xsd

__all__ = [
    "NEW_KINDS",
    "ROW_ID",
    "BrokenJson",
    "DataModel",
    "Field",
    "Issue",
    "Kind",
    "NewKind",
    "NewModel",
    "Problem",
    "Validator",
    "WrongDocument",
    "Xsd",
    "canonical",
    "from_json",
    "from_xml",
    "grow",
    "new_model",
    "parse_input",
    "read_xsd",
    "to_json",
    "to_xml",
    "validate",
    "without_row_ids",
]
