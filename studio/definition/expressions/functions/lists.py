"""Lists and objects."""

from studio.definition.expressions.compiling import function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.queries import BadQuery, answer
from studio.definition.expressions.values import Value, to_boolean, to_text
from studio.definition.sentences import N_


@function("list", 0, None)
def _list(_context: Context, arguments: list[Value]) -> list[Value]:
    return arguments


@function("object", 0, None)
def _object(_context: Context, arguments: list[Value]) -> dict[str, Value]:
    if len(arguments) % 2:
        raise ExpressionError(N_("The object function must have an even number of arguments"))
    made: dict[str, Value] = {}
    for key, value in zip(arguments[::2], arguments[1::2], strict=True):
        if not isinstance(key, str):
            raise ExpressionError(N_("Object keys must be strings"))
        if key in made:
            raise ExpressionError(N_("Object keys must be unique"))
        made[key] = value
    return made


@function("jmespath", 2, 2)
def _jmespath(_context: Context, arguments: list[Value]) -> Value:
    value, query = arguments
    if not isinstance(query, str):
        raise ExpressionError(N_("Expected argument to be string"))
    try:
        return answer(query, value)
    except BadQuery as error:
        raise ExpressionError(N_("Jmespath error: %(reason)s"), {"reason": str(error)}) from error


@function("_experimentalSelectAndMap", 2, 5)
def _select_and_map(context: Context, arguments: list[Value]) -> str:
    path, name, prepend, append, *rest = [*arguments, None, None][: max(4, len(arguments))]
    append_to_last = to_boolean(rest[0]) if rest and rest[0] is not None else True
    rows = context.data(to_text(path) or "", None)
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    before, after = to_text(prepend) or "", to_text(append) or ""
    last = len(rows) - 1
    parts = [
        f"{before}{to_text(row.get(name)) or ''}{after if append_to_last or place < last else ''}"
        for place, row in enumerate(rows)
    ]
    return " ".join(parts)
