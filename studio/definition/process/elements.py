"""The parts of a process as values (reference: the BPMN subset that apps use)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

ActionKind = Literal["processAction", "serverAction"]

# Task types that carry out something by themselves instead of waiting for a person.
SERVICE_TASK_TYPES: Final = frozenset({"pdf", "subformPdf", "eFormidling", "fiksArkiv"})
# Task types with a meaning of their own in the platform; every other one belongs to the app.
TASK_TYPES: Final = frozenset({"data", "confirmation", "feedback", "signing", "payment"}) | SERVICE_TASK_TYPES


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person may ask for on a task: "confirm", "reject", or an action of the app."""

    id: str
    kind: ActionKind = "processAction"


@dataclass(frozen=True, slots=True)
class Element:
    """A place in the process. `line` counts from 1."""

    id: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class StartEvent(Element):
    """Where an instance begins."""


@dataclass(frozen=True, slots=True)
class EndEvent(Element):
    """Where an instance is finished."""


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signing task is about: the data types that are signed, and those that hold who signs and has."""

    documents: tuple[str, ...] = ()
    signatures: str = ""
    signatories: str = ""


@dataclass(frozen=True, slots=True)
class PdfStep:
    """What a step that makes PDFs is about: the tasks of a `pdf` step, or the subform of a `subformPdf` step.

    `file_name` is the key of a text; "" for the app's name.
    """

    tasks: tuple[str, ...] = ()
    file_name: str = ""
    subform: str = ""
    data_type: str = ""


@dataclass(frozen=True, slots=True)
class Task(Element):
    """A step. `type` says what happens there ("data", "confirmation", ...); "" where none is given."""

    type: str
    actions: tuple[Action, ...] = ()
    element_type: Literal["Task", "ServiceTask"] = "Task"
    signing: Signing = Signing()
    pdf: PdfStep = PdfStep()

    @property
    def is_service(self) -> bool:
        """Whether the task runs by itself. The task type decides, not the name of the element."""
        return self.type in SERVICE_TASK_TYPES or (
            self.element_type == "ServiceTask" and self.type not in TASK_TYPES
        )

    @property
    def action_ids(self) -> tuple[str, ...]:
        """The ids of the declared actions, in order."""
        return tuple(action.id for action in self.actions)


@dataclass(frozen=True, slots=True)
class Gateway(Element):
    """A fork: conditions on its outgoing flows choose. `default` is the id of a flow."""

    default: str | None = None
    connected_data_type: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow from one element to the next; `condition` is an expression as JSON text, as written."""

    id: str
    source: str
    target: str
    condition: str | None
    line: int
    name: str = ""


@dataclass(frozen=True)
class Process:
    """A process in file order. Ids are unique among elements."""

    id: str
    start_events: tuple[StartEvent, ...]
    tasks: tuple[Task, ...]
    gateways: tuple[Gateway, ...]
    end_events: tuple[EndEvent, ...]
    flows: tuple[Flow, ...]

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Every element by its id."""
        parts: tuple[Element, ...] = (*self.start_events, *self.tasks, *self.gateways, *self.end_events)
        return {part.id: part for part in parts}

    @property
    def start(self) -> StartEvent | None:
        """The one start event; None where there is none or several."""
        return self.start_events[0] if len(self.start_events) == 1 else None

    def task(self, task_id: str) -> Task | None:
        """The task with this id, if there is one."""
        element = self.elements.get(task_id)
        return element if isinstance(element, Task) else None

    def outgoing(self, element_id: str) -> tuple[Flow, ...]:
        """The flows that leave an element, in file order."""
        return tuple(flow for flow in self.flows if flow.source == element_id)

    def incoming(self, element_id: str) -> tuple[Flow, ...]:
        """The flows that lead to an element, in file order."""
        return tuple(flow for flow in self.flows if flow.target == element_id)

    def next_elements(self, element_id: str) -> tuple[Element, ...]:
        """The elements one arrow further on; an arrow into nothing is left out."""
        targets = (self.elements.get(flow.target) for flow in self.outgoing(element_id))
        return tuple(target for target in targets if target is not None)
