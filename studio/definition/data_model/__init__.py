"""Data models: JSON Schema as a tree of fields, form data in and out of XML."""

from studio.definition.data_model.document_reading import WrongDocument
from studio.definition.data_model.documents import canonical, from_xml, to_xml, without_row_ids
from studio.definition.data_model.form_json import BrokenJson, from_json, to_json
from studio.definition.data_model.input import Problem, parse_input
from studio.definition.data_model.model import DataModel, Field, Kind
from studio.definition.data_model.new_models import NewModel, new_model
from studio.definition.data_model.shapes import ROW_ID
from studio.definition.data_model.validation import Issue, Validator, problem_of, validate
from studio.definition.data_model.xsd import Xsd, read_xsd

__all__ = [
    "ROW_ID",
    "BrokenJson",
    "DataModel",
    "Field",
    "Issue",
    "Kind",
    "NewModel",
    "Problem",
    "Validator",
    "WrongDocument",
    "Xsd",
    "canonical",
    "from_json",
    "from_xml",
    "new_model",
    "parse_input",
    "problem_of",
    "read_xsd",
    "to_json",
    "to_xml",
    "validate",
    "without_row_ids",
]
