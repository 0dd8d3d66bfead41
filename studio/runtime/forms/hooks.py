"""What a form asks the Python hooks of its app; who carries them out is the runtime's (runtime/logic)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from studio.runtime.forms.view import Issue
from studio.services.parties import Party


@dataclass(frozen=True, slots=True)
class Asking:
    """What a hook is asked about. `models` is data type -> form data (JSON), `data_type` the form's own.

    `instance` has the shape of the App API; before there is one, `owner` says for whom it will be.
    """

    language: str
    data_type: str = ""
    models: Mapping[str, Any] = field(default_factory=dict)
    instance: Mapping[str, Any] | None = None
    owner: Party | None = None


class FormHooks(Protocol):
    """The hooks of one app, for one request. What fails is in `failures` from then on; only `options` raises.

    `printed` is what the hooks have printed.
    """

    @property
    def failures(self) -> Sequence["Failure"]: ...

    @property
    def printed(self) -> Sequence[str]: ...

    def issues(self, asking: Asking) -> tuple[Issue, ...]:
        """What the hook `validate` says; messages are texts or keys of text resources."""

    def results(self, asking: Asking) -> Mapping[str, Any] | None:
        """The form's data (of its own data type) with what the hook `calculate` gives; None: nothing new."""

    def options(
        self, asking: Asking, option_id: str, parameters: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        """The options of a list that is no file of the app, as JSON; None where there is no such list.

        Raises OptionsNotThere.
        """

    def knows(self, option_id: str) -> bool:
        """Whether there is a list of that id that is no file, also where it cannot be had now."""


class Failure(Protocol):
    """A call that gave nothing to use (runtime/logic/failures.py)."""

    @property
    def reference(self) -> str:
        """What the person is told, and what the log is searched for."""


class _NoHooks:
    failures: Sequence[Failure] = ()
    printed: Sequence[str] = ()

    def issues(self, _asking: Asking) -> tuple[Issue, ...]:
        return ()

    def results(self, _asking: Asking) -> Mapping[str, Any] | None:
        return None

    def options(
        self, _asking: Asking, _option_id: str, _parameters: Mapping[str, str]
    ) -> Sequence[Mapping[str, Any]] | None:
        return None

    def knows(self, _option_id: str) -> bool:
        return False


NO_HOOKS: Final[FormHooks] = _NoHooks()
