"""Why a query failed."""


class BrokenQuery(ValueError):
    """The query is malformed, or a function was given what it cannot take."""
