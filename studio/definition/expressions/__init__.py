"""The expression language of the format: compiled once to closures, evaluated in the place it stands in."""

from studio.definition.expressions import functions
from studio.definition.expressions.compiling import (
    Compiled,
    compile_expression,
    evaluate,
    function_names,
    is_expression,
)
from studio.definition.expressions.context import Context
from studio.definition.expressions.display import display_value
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.form import Form, Spot
from studio.definition.expressions.surroundings import Surroundings
from studio.definition.expressions.tracing import Traced, trace
from studio.definition.expressions.tree import FormTree, Node, PageLayout, form_tree
from studio.definition.expressions.values import to_boolean, to_number, to_text

__all__ = [
    "Compiled",
    "Context",
    "ExpressionError",
    "Form",
    "FormTree",
    "Node",
    "PageLayout",
    "Spot",
    "Surroundings",
    "Traced",
    "compile_expression",
    "display_value",
    "evaluate",
    "form_tree",
    "function_names",
    "functions",
    "is_expression",
    "to_boolean",
    "to_number",
    "to_text",
    "trace",
]
