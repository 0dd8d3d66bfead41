"""Fields of all shared apps are renamed, moved and edited: nothing breaks, and back again is the same."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, MoveField, RenameNode
from studio.definition.changes.data_models import consequences
from studio.definition.checks import check
from studio.definition.data_model.places import SchemaPlaces, places_of, split_property
from studio.definition.errors import DomainError
from studio.definition.field_references import all_places, steps_of
from studio.definition.files import EditedFiles, folder_files
from tests.real_apps import app_folders

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

# Of every model, so many fields that something names, and so many that nothing names.
SAMPLE = 2


def edited(app: AppDefinition, change: Change) -> AppDefinition:
    return AppDefinition(EditedFiles(app.files, change.apply(app)))


def models(vectors: Path) -> Iterator[tuple[str, AppDefinition, str]]:
    for folder in app_folders(vectors):
        app = app_definition(folder_files(folder))
        for data_type in app.metadata.data_types:
            if app.model(data_type.id) is not None:
                yield folder.relative_to(vectors / "apps").as_posix(), app, data_type.id


def sampled(app: AppDefinition, data_type: str) -> list[str]:
    """Pointers of some fields of a model: named ones, and others."""
    model = app.model(data_type)
    assert model is not None
    named = {
        pointer
        for place in all_places(app)
        if place.data_type == data_type
        for step in steps_of(app, place) or ()
        for pointer in step.pointers
    }
    others = {way[-1].pointers[0] for way in places_of(model).walk()} - named
    choose = random.Random(data_type)
    return [
        pointer
        for found in (named, others)
        for pointer in choose.sample(sorted(found), min(SAMPLE, len(found)))
        if may_change(places_of(model), pointer)
    ]


def may_change(places: SchemaPlaces, pointer: str) -> bool:
    return bool(split_property(pointer)[1]) and pointer != places.document.root_pointer


def problems(app: AppDefinition) -> list[str]:
    said = (f"{found.code} {found.place.path} {found.place.component}" for found in check(app))
    return sorted(one for one in said if not one.startswith("xsd-differs"))


def test_a_field_renamed_in_a_real_app_breaks_nothing_and_comes_back(vectors: Path) -> None:
    renamed = 0
    for name, app, data_type in models(vectors):
        before = problems(app)
        disagreeing = {found.place.path for found in check(app) if found.code == "xsd-differs"}
        unresolved = sum(steps_of(app, place) is None for place in all_places(app))
        for node in sampled(app, data_type):
            around, own = split_property(node)
            there = RenameNode(data_type, node, "nyttNavnPåFeltet")
            assert consequences(app, there) == (), f"{name} {node}"
            after = edited(app, there)
            assert problems(after) == before, f"{name} {node}"
            assert sum(steps_of(after, place) is None for place in all_places(after)) == unresolved
            back = edited(after, RenameNode(data_type, f"{around}/properties/nyttNavnPåFeltet", own))
            for path in app.files:
                old, new = app.files[path], back.files[path]
                # Prefill may spell a name in another case than the model; renamed, it is spelled as there. An
                # XSD that said something else before may say what the model says afterwards.
                spelled = path.endswith(".prefill.json") and old.lower() == new.lower()
                assert old == new or spelled or path in disagreeing, name
            renamed += 1
    assert renamed > 100


def test_a_field_moved_in_a_real_app_is_followed_or_named_before(vectors: Path) -> None:
    moved = 0
    for name, app, data_type in models(vectors):
        model = app.model(data_type)
        assert model is not None
        before = len(problems(app))
        groups = [way[-1].pointers[0] for way in places_of(model).walk() if places_of(model).members(way[-1])]
        for node in sampled(app, data_type)[:SAMPLE]:
            for parent in ["", *groups[:1]]:
                change = MoveField(data_type, node, parent)
                try:
                    told = consequences(app, change)
                except DomainError:
                    continue
                after = edited(app, change)
                assert len(problems(after)) <= before + len(told), f"{name} {node} {parent}"
                moved += 1
    assert moved > 50
