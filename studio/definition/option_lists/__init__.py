"""Option lists in their app: their rows with texts in all languages, who uses them, and what is wrong."""

from studio.definition.option_lists.faults import Fault, faults
from studio.definition.option_lists.references import OptionPlace, uses_by_list, uses_of_list
from studio.definition.option_lists.rows import (
    SLOTS,
    Row,
    Said,
    key_at,
    raw_rows,
    rows,
    said,
    texts_of,
    value_kind,
)

__all__ = [
    "SLOTS",
    "Fault",
    "OptionPlace",
    "Row",
    "Said",
    "faults",
    "key_at",
    "raw_rows",
    "rows",
    "said",
    "texts_of",
    "uses_by_list",
    "uses_of_list",
    "value_kind",
]
