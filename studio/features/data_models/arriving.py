"""Files from outside as a data model: which one is the model, what it will be, and what stands in the way."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes import Change, ImportModel, ReplaceModel, SetFile, composite
from studio.definition.changes.data_models.names import refuse_bad_model_name
from studio.definition.data_model import DataModel, conversion
from studio.definition.data_model.conversion import BrokenXsd, XsdDocuments, XsdProblem
from studio.definition.data_model.xsd_documents import Spot
from studio.definition.errors import DomainError
from studio.definition.field_names import in_ascii
from studio.definition.json_text.reading import decode
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.schema_marks import marks_on
from studio.features.data_models.uploads import Uploaded

_REFERRED: Final = re.compile(rb"""schemaLocation\s*=\s*["']([^"']*)["']""")
_ENCODING: Final = re.compile(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["']([\w.-]+)["']""")
_FILE_NAME: Final = re.compile(r"[\w(][\w .()+-]{0,150}\.xsd", re.IGNORECASE)


@dataclass(frozen=True)
class Arriving:
    """Files that are to become a data model. `main` is the one that is it, the others are included in it.

    `root` is the element with which documents begin; "" for the first. Raises nothing: see `problems`.
    """

    app: AppDefinition
    files: Uploaded
    main: str
    root: str = ""

    @property
    def is_xsd(self) -> bool:
        """Whether it is an XSD; else it is a JSON Schema."""
        return self.main.lower().endswith(".xsd")

    @property
    def data(self) -> bytes:
        """The content of the main file."""
        return self.files[self.main]

    @cached_property
    def problems(self) -> tuple[XsdProblem, ...]:
        """What is wrong, errors first."""
        if isinstance(self._read, DomainError):
            return (_fatal(self._read, self.main),)
        if isinstance(self._read, XsdDocuments):
            return conversion.check(self._read)
        return tuple(
            XsdProblem("schema", mark.severity, Spot(self.main, mark.line, mark.column), mark.sentence)
            for mark in marks_on(decode(self.data))
        )

    @property
    def is_broken(self) -> bool:
        """Whether something must be corrected first. What is wrong with a JSON Schema can be mended here."""
        has_errors = self.is_xsd and any(problem.severity == "error" for problem in self.problems)
        return self.model is None or has_errors

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The elements with which documents can begin."""
        return tuple(self._read.root_elements) if isinstance(self._read, XsdDocuments) else ()

    @cached_property
    def schema(self) -> str | None:
        """The text of the JSON Schema; None where there can be none."""
        if isinstance(self._read, DomainError):
            return None
        if not isinstance(self._read, XsdDocuments):
            return decode(self.data)
        try:
            made = conversion.schema_of(self._read, self.root if self.root in self.roots else None)
        except DomainError:
            return None
        return conversion.schema_text(made).decode()

    @cached_property
    def model(self) -> DataModel | None:
        """The model that will be made."""
        if self.schema is None:
            return None
        value = json_text.parse(self.schema.encode())
        return DataModel(value) if isinstance(value, dict) else None

    @cached_property
    def included(self) -> tuple[str, ...]:
        """The other files that the model needs, by the names they came with."""
        if not isinstance(self._read, XsdDocuments):
            return ()
        names = {document.name for document in self._read.documents}
        return tuple(name for name in self.files if name in names and name != self.main)

    @property
    def unused(self) -> tuple[str, ...]:
        """Files that came along and are not needed."""
        return tuple(name for name in self.files if name not in (self.main, *self.included))

    @property
    def name(self) -> str:
        """A name for the model, made of the file's."""
        stem = PurePosixPath(self.main).name.removesuffix(".json").removesuffix(".schema")
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", in_ascii(stem.removesuffix(".xsd").removesuffix(".XSD")))
        name = plain.strip("-_").lstrip("0123456789-_")[:60] or "model"
        try:
            refuse_bad_model_name(name)
        except DomainError:
            return f"{name}-model"  # a word of the programming language that classes are made in
        return name

    def as_new(self, name: str, task: str | None) -> Change:
        """The change that brings the model in under a name. Raises DomainError."""
        schema, xsd = self._ready()
        made = ImportModel(name, schema, xsd, task=task, minimum=int(task is not None))
        return composite([*self._beside(name), made])

    def in_place_of(self, data_type: str) -> Change:
        """The change that puts the model in the place of another one. Raises DomainError."""
        schema, xsd = self._ready()
        return composite([*self._beside(data_type), ReplaceModel(data_type, schema, xsd)])

    def _ready(self) -> tuple[str, str | None]:
        if self.schema is None or self.is_broken:
            raise DomainError(Sentence(N_("The file has errors. Correct them, and choose it once more.")))
        return self.schema, _as_utf8(self.data) if self.is_xsd else None

    def _beside(self, model: str) -> list[SetFile]:
        """The included files, which lie beside the model in the app."""
        paths = self.app.paths
        models = {f"{model}.xsd", *(f"{kind.id}.xsd" for kind in self.app.metadata.data_types)}
        taken = {name.casefold() for name in models}
        if self.main in self._others and self.main != f"{model}.xsd" and self.included:
            problem = N_("%(file)s is included by its other files. So the model must be called %(name)s.")
            raise DomainError(Sentence(problem, {"file": self.main, "name": self.main.removesuffix(".xsd")}))
        made = []
        for name in self.included:
            if not _FILE_NAME.fullmatch(name) or name.casefold() in taken:
                problem = N_(
                    "%(file)s cannot lie beside the model under this name. "
                    "Give the model or the file another one."
                )
                raise DomainError(Sentence(problem, {"file": name}))
            made.append(SetFile(f"{paths.models_folder}/{name}", self.files[name]))
        return made

    @cached_property
    def _read(self) -> XsdDocuments | DomainError | None:
        """The documents of an XSD, or why they cannot be read; None for a JSON Schema."""
        try:
            if self.is_xsd:
                return conversion.read_documents(self.data, self._others, name=self.main)
            json_text.parse(self.data)
        except DomainError as problem:
            return problem
        return None

    @property
    def _others(self) -> Mapping[str, bytes]:
        """What may be included: the files that came along, and those that the app has already."""
        folder = f"{self.app.paths.models_folder}/"
        here = {
            path.removeprefix(folder): self.app.files[path]
            for path in self.app.files
            if path.startswith(folder) and path.lower().endswith(".xsd")
        }
        wanted = {_file_name(place) for data in self.files.values() for place in _REFERRED.findall(data)}
        needed = {name: data for name, data in here.items() if name.encode() in wanted}
        came = {name: data for name, data in self.files.items() if name.lower().endswith(".xsd")}
        every = {**needed, **came}
        # Others may include the model itself again, in a circle.
        return {name: data for name, data in every.items() if name != self.main or name.encode() in wanted}


def main_of(files: Uploaded) -> str:
    """The file that is the model: the first one that no other refers to."""
    referred = {_file_name(place) for data in files.values() for place in _REFERRED.findall(data)}
    alone = [name for name in files if name.encode() not in referred]
    return next((name for name in alone if name.lower().endswith(".xsd")), (alone or list(files))[0])


def _file_name(place: bytes) -> bytes:
    return place.rsplit(b"/", 1)[-1]


def _fatal(problem: DomainError, name: str) -> XsdProblem:
    if isinstance(problem, BrokenXsd):
        return XsdProblem("unreadable", "error", problem.spot, problem.what)
    line, column = getattr(problem, "line", None), getattr(problem, "column", None)
    return XsdProblem("unreadable", "error", Spot(name, line, column), problem.sentence)


def _as_utf8(data: bytes) -> str:
    """An XML document as text that says UTF-8 of itself. Raises DomainError for an unknown encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16")
    else:
        declared = _ENCODING.match(data[:200].decode("ascii", "replace"))
        text = _decoded(data, declared[2] if declared else "utf-8")
    return _ENCODING.sub(r'\1 encoding="utf-8"', text) if not _says_utf8(text) else text


def _says_utf8(text: str) -> bool:
    declared = _ENCODING.match(text)
    return declared is None or declared[2].lower() in {"utf-8", "utf8"}


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except (LookupError, UnicodeDecodeError) as error:
        problem = N_("The file cannot be read as %(encoding)s. Save it as UTF-8.")
        raise DomainError(Sentence(problem, {"encoding": encoding})) from error
