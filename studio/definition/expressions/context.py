"""What an expression can ask about: the place it stands in, given by whoever evaluates it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Context(Protocol):
    """The place of an expression. Every method may raise ExpressionError."""

    @property
    def language(self) -> str:
        """The two-letter language of the person."""

    @property
    def positional(self) -> Sequence[Any] | None:
        """What argv reads; None where the place has no positional arguments."""

    @property
    def named(self) -> Mapping[str, Any] | None:
        """What value reads; None where the place has no named arguments."""

    @property
    def default_name(self) -> str | None:
        """The name that value reads when it is given none."""

    @property
    def gateway_action(self) -> str | None:
        """The action that the process was asked to move on with."""

    def data(self, path: str, data_type: str | None) -> Any:
        """The value at a path, read from the row the expression stands in; None where there is none."""

    def component(self, component_id: str) -> Any:
        """The answer of a component; None while it is hidden."""

    def display_value(self, component_id: str) -> str | None:
        """The answer of a component as a person reads it; None while it is hidden."""

    def text(self, key: str) -> str:
        """The text resource with its variables filled in; the key itself where there is none."""

    def instance(self, key: str) -> Any:
        """A fact about the instance: instanceId, appId, instanceOwnerPartyId, ..."""

    def setting(self, key: str) -> Any:
        """A front-end setting of the app."""

    def count_elements(self, data_type: str) -> int:
        """How many data elements of a type the instance has."""

    def may(self, action: str) -> bool:
        """Whether the person may carry out an action on the current task."""

    def options(self, options_id: str) -> Sequence[Mapping[str, Any]] | None:
        """The options of an option list; None for an unknown list."""

    def external(self, api_id: str) -> Any:
        """What an external API answered."""

    def page_link(self, page: str, component_id: str | None, back: bool) -> str:
        """The address of a page, optionally with a component to focus and a way back."""

    def page_of(self, component_id: str) -> tuple[str, str]:
        """(page, id with row indexes) of a component."""
