"""The rules of apps before expressions: read, and converted where that is known to give the same."""

from studio.definition.rules.old_rules.proposing import Proposal, proposals
from studio.definition.rules.old_rules.proving import Result, gives_the_same
from studio.definition.rules.old_rules.reading import OldRule, OldRules, old_rules_of, read_old_rules

__all__ = [
    "OldRule",
    "OldRules",
    "Proposal",
    "Result",
    "gives_the_same",
    "old_rules_of",
    "proposals",
    "read_old_rules",
]
