"""Files of a form: attach, crop, tag and take away."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.runtime import instances
from studio.runtime.attachments import MEGABYTE, attachments, element_of, too_large
from studio.runtime.cropping import cropped
from studio.runtime.forms.kinds.uploads import UPLOADS, bound_slot, file_name, tag_name
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.doing.deed import Deed, Done
from studio.runtime.pages.room import acting, this_app
from studio.runtime.sniffing import ending_of
from studio.runtime.storage import DataElement, instance_json


def take_in(deed: Deed) -> Done:
    """Attach the files that came with a post, and keep the tags that were chosen: with any button."""
    state, problems = deed.state, dict[str, Sentence]()
    for view in _uploads(deed.view):
        if view.read_only:
            continue
        _tag(deed, view)
        room = int(view.settings["room"])
        for file in deed.files.getlist(file_name(view)):
            if not file.filename:
                continue
            if room <= 0:
                problems[view.field] = Sentence(N_("No more files can be attached here."))
                break
            with file.stream as stream:
                content = stream.read()
            try:
                element = _attach(deed, view, file.filename, content)
            except DomainError as error:
                problems[view.field] = error.sentence
                continue
            room -= 1
            state = _held(state, view, add=str(element.id))
    if problems or state is not deed.state or _has_changes(deed):
        instances.commit()
    return Done(_fresh(deed, state), problems)


def _uploads(page: PageView) -> Iterator[ComponentView]:
    return (view for view in page.walk() if view.type in UPLOADS)


def _has_changes(deed: Deed) -> bool:
    return any(name.startswith((":file-", ":tag-")) for name in (*deed.files, *deed.form))


def _fresh(deed: Deed, state: FormState) -> FormState:
    return replace(state, instance=instance_json(deed.instance))


def _attach(deed: Deed, view: ComponentView, name: str, content: bytes) -> DataElement:
    """Check what the component asks for, and keep the file. Raises DomainError."""
    limit, endings = view.settings["megabytes"], view.settings["endings"]
    if len(content) > limit * MEGABYTE:
        raise DomainError(too_large(name, limit))
    if endings and ending_of(name) not in endings:
        values = {"file": name, "endings": ", ".join(endings)}
        raise DomainError(Sentence(N_("%(file)s is not taken here. These are: %(endings)s."), values))
    crop = view.settings["crop"]
    if crop:
        name, content = cropped(name, content, crop, _crop_box(deed, view))
    return attachments().add(this_app(), deed.instance, view.id, name, content, acting())


def _crop_box(deed: Deed, view: ComponentView) -> tuple[float, ...] | None:
    """The part of a picture that was chosen, as shares of its size: left, top, width, height."""
    parts = deed.form.get(f":crop-{view.key}", "").split(",")
    try:
        numbers = tuple(float(part) for part in parts)
    except ValueError:
        return None
    is_box = len(numbers) == 4 and all(0 <= number <= 1 for number in numbers)
    return numbers if is_box and numbers[2] > 0 and numbers[3] > 0 else None


def _tag(deed: Deed, view: ComponentView) -> None:
    known = {option.value for option in view.options}
    for each in view.settings["attachments"]:
        chosen = deed.form.get(tag_name(each.id))
        element = element_of(deed.instance, each.id)
        if chosen is None or element is None or element.locked:
            continue
        tags = [chosen] if chosen in known else []
        if element.tags != tags:
            instances.demand(this_app(), acting().person, deed.instance.party_id, "write", deed.instance)
            element.tags = tags


def _remove(deed: Deed) -> Done:
    """Take an attachment away that the page shows."""
    for view in _uploads(deed.view):
        if deed.target in {each.id for each in view.settings["attachments"]} and not view.read_only:
            element = element_of(deed.instance, deed.target)
            if element is not None:
                attachments().remove(this_app(), deed.instance, [element], acting())
            state = _held(deed.state, view, remove=deed.target)
            return Done(_fresh(deed, state), at=_at(view))
    return Done(deed.state)


def _upload(deed: Deed) -> Done:
    """The files have been taken in with the post; the page goes on at the component."""
    view = next((each for each in _uploads(deed.view) if each.key == deed.target), None)
    return Done(deed.state, at=_at(view)) if view else Done(deed.state)


def _held(state: FormState, view: ComponentView, add: str = "", remove: str = "") -> FormState:
    """The form with another attachment, or without one, in the component's binding, where it has one."""
    slot = bound_slot(view)
    if not slot:
        return state
    data: dict[str, Any] = dict(state.data)
    data_type, path = state.place(view.fields[slot])
    held = paths.read(data.setdefault(data_type, {}), path)
    before = [str(each) for each in (held if isinstance(held, list) else [held]) if each]
    ids = [each for each in (*before, add) if each and each != remove]
    paths.write(data[data_type], path, ids if slot == "list" else (ids[0] if ids else None))
    return replace(state, data=data)


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {"upload": _upload, "remove-file": _remove}
