"""The functions of the language. Importing this package makes them known."""

from studio.definition.expressions.functions import comparing, lists, logic, lookups, numbers, strings

__all__ = ["comparing", "lists", "logic", "lookups", "numbers", "strings"]
