"""What can stand in the way of a pull request."""

from studio.definition.errors import DomainError


class NotNow(DomainError):
    """The pull request, or a branch of it, is in no state for this. HTTP 409."""


class NotAllowed(DomainError):
    """The rules of the branch, or of reviewing, do not let this person do it. HTTP 403."""
