"""Between XML Schema and the platform's dialect of JSON Schema."""

from studio.definition.data_model.conversion.checking import check, problems_of
from studio.definition.data_model.conversion.compatible_types import compatible_types
from studio.definition.data_model.conversion.from_xsd import roots, schema_of, to_json_schema
from studio.definition.data_model.conversion.matching import Mismatch, matches
from studio.definition.data_model.conversion.normalising import normalized
from studio.definition.data_model.conversion.problems import XsdProblem
from studio.definition.data_model.conversion.reading import BrokenSchema
from studio.definition.data_model.conversion.schema_problems import SchemaProblem, schema_problems
from studio.definition.data_model.conversion.schema_text import schema_text
from studio.definition.data_model.conversion.to_xsd import to_xsd
from studio.definition.data_model.conversion.updating import updated_xsd
from studio.definition.data_model.xsd_documents import BrokenXsd, Spot, XsdDocuments, read_documents

__all__ = [
    "BrokenSchema",
    "BrokenXsd",
    "Mismatch",
    "SchemaProblem",
    "Spot",
    "XsdDocuments",
    "XsdProblem",
    "check",
    "compatible_types",
    "matches",
    "normalized",
    "problems_of",
    "read_documents",
    "roots",
    "schema_of",
    "schema_problems",
    "schema_text",
    "to_json_schema",
    "to_xsd",
    "updated_xsd",
]
