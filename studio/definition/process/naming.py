"""What people call the steps of a process and the ways between them."""

from studio.definition.process.elements import EndEvent, Flow, Gateway, Process, StartEvent, Task
from studio.definition.sentences import N_, Sentence

# A step by its name, or by words where it has none.
Name = str | Sentence


def step_name(process: Process | None, element_id: str) -> Name:
    """A step, an end or a fork: by its name, else by what it is; its id where that says nothing."""
    element = process.elements.get(element_id) if process else None
    if element is None or process is None:
        return element_id
    if element.name:
        return element.name
    if isinstance(element, EndEvent):
        return Sentence(N_("the end of the process"))
    if isinstance(element, StartEvent):
        return Sentence(N_("the start of the process"))
    before = _before(process, element_id) if isinstance(element, Gateway) else ""
    return Sentence(N_("the fork after %(step)s"), {"step": before}) if before else element_id


def origin_name(process: Process | None, element_id: str) -> Name:
    """Where a way comes from: a fork without a name is left out, for the step in front of it."""
    element = process.elements.get(element_id) if process else None
    if process is not None and isinstance(element, Gateway) and not element.name:
        return _before(process, element_id) or element_id
    return step_name(process, element_id)


def way_name(process: Process | None, flow: Flow) -> Sentence:
    """A way by where it leads, as a part of a sentence: *Approved* (from *Fill in* to *Sign*)."""
    values = {"source": origin_name(process, flow.source), "target": step_name(process, flow.target)}
    if flow.name:
        named = {"name": flow.name, **values}
        return Sentence(N_("*%(name)s* (from *%(source)s* to *%(target)s*)"), named)
    return Sentence(N_("from *%(source)s* to *%(target)s*"), values)


def _before(process: Process, fork: str) -> str:
    """The steps that lead to a fork, one after the other; "" where there are none."""
    sources = (process.elements.get(flow.source) for flow in process.incoming(fork))
    named = (source.name or source.id for source in sources if isinstance(source, Task))
    return ", ".join(dict.fromkeys(named))
