"""Rules as people read and build them: expressions as trees, and trees in words."""

from studio.definition.rules.sentences import editing, starting
from studio.definition.rules.sentences.columns import column_of
from studio.definition.rules.sentences.function import Function, Parameter
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.names import AnswerKind, Names
from studio.definition.rules.sentences.nodes import (
    Answer,
    Call,
    Choice,
    Comparison,
    Constant,
    FieldValue,
    Group,
    Negation,
    Node,
    Path,
    Unread,
    at,
    parts,
    read,
    walk,
    write,
)
from studio.definition.rules.sentences.offers import FieldOffer, Offers, ValueOffer
from studio.definition.rules.sentences.operators import OPERATORS, Operator, compared
from studio.definition.rules.sentences.parts import Line, Part, Term, in_words, lines
from studio.definition.rules.sentences.parts import parts as parts_of_sentence
from studio.definition.rules.sentences.phrases import as_sentence
from studio.definition.rules.sentences.rule_sentences import names_at, rule_sentence, wording_at
from studio.definition.rules.sentences.turning import Facing, facing, turned
from studio.definition.rules.sentences.wording import Wording

__all__ = [
    "FUNCTIONS",
    "OPERATORS",
    "Answer",
    "AnswerKind",
    "Call",
    "Choice",
    "Comparison",
    "Constant",
    "Facing",
    "FieldOffer",
    "FieldValue",
    "Function",
    "Group",
    "Line",
    "Names",
    "Negation",
    "Node",
    "Offers",
    "Operator",
    "Parameter",
    "Part",
    "Path",
    "Term",
    "Unread",
    "ValueOffer",
    "Wording",
    "as_sentence",
    "at",
    "column_of",
    "compared",
    "editing",
    "facing",
    "in_words",
    "lines",
    "names_at",
    "parts",
    "parts_of_sentence",
    "read",
    "rule_sentence",
    "starting",
    "turned",
    "walk",
    "wording_at",
    "write",
]
