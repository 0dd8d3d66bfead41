"""One column of all rows of a list: the language has no function of its own for it, but JMESPath does.

["jmespath", ["dataModel", "expenses"], "[].amount || `[]`"] gives all amounts, without those that have no
answer; and an empty list, which sums are happy with, where there is no row yet and so no list.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.field_references import read_path
from studio.definition.rules.sentences.nodes import Call, Constant, FieldValue, Node

# Names that JMESPath takes as they are; all others stand in quotation marks.
_PLAIN: Final = r"[A-Za-z_][A-Za-z0-9_]*"
_QUOTED: Final = r'"(?:[^"\\]|\\.)+"'
_QUERY: Final = re.compile(rf"\[\*?\]((?:(?:\[\*?\])?\.(?:{_PLAIN}|{_QUOTED}))+)(?: *\|\| *`\[\]`)?")
_NAME: Final = re.compile(rf"\.({_PLAIN}|{_QUOTED})")


@dataclass(frozen=True, slots=True)
class Column:
    """The field at `path` (from where the data begins) in all rows of `rows`."""

    rows: FieldValue
    path: str

    @property
    def data_type(self) -> str | None:
        return self.rows.data_type[0] if self.rows.data_type else None


def column_of(node: Node) -> Column | None:
    """The column that an expression gives; None where it gives something else."""
    match node:
        case Call("jmespath", (FieldValue() as rows, Constant(str(query)))):
            found, path = _QUERY.fullmatch(query), read_path(rows.path)
            if found is None or path is None:
                return None
            names = [name.strip('"') for name in _NAME.findall(found[1])]
            return Column(rows, ".".join((path.plain, *names)))
    return None


def column(rows: str, *inside: str, data_type: str | None = None) -> list[Any]:
    """The expression for a column: the path in a row, in parts where lists of rows lie between them."""
    lookup = ["dataModel", rows, data_type] if data_type else ["dataModel", rows]
    query = "".join(f"[].{'.'.join(_spelled(name) for name in path.split('.'))}" for path in inside)
    return ["jmespath", lookup, query + " || `[]`"]


def _spelled(name: str) -> str:
    return name if re.fullmatch(_PLAIN, name) else json.dumps(name, ensure_ascii=False)
