"""What people attach to a form: checked, kept in the file store, handed out and taken away."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final
from uuid import UUID, uuid4

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.runtime import instances
from studio.runtime.context import Served
from studio.runtime.instances import Acting, NotOpen
from studio.runtime.scanning import Scanner
from studio.runtime.sniffing import ending_of, is_what_it_says, media_type
from studio.runtime.storage import DataElement, Instance
from studio.web.parts import Part

MEGABYTE: Final = 1024 * 1024
_LONGEST_NAME: Final = 200


class NotTaken(DomainError):
    """A file that is not taken in; the sentence says why and what to do."""


class Attachments:
    """The file store of an environment's attachments, and what looks for viruses in them."""

    def __init__(self, store: ObjectStore, scanner: Scanner) -> None:
        self._store = store
        self._scanner = scanner

    @classmethod
    def at(cls, place: Path | str, scanner: Scanner) -> "Attachments":
        """The store in a folder (made where it is missing), or at a URL such as s3://bucket/prefix."""
        if isinstance(place, str) and "://" in place:
            return cls(from_url(place), scanner)
        return cls(LocalStore(Path(place), mkdir=True), scanner)

    def add(
        self,
        served: Served,
        instance: Instance,
        data_type: str,
        filename: str,
        content: bytes,
        acting: Acting,
    ) -> DataElement:
        """Keep a file as an element of the instance; the caller commits.

        Raises NotTaken, NotOpen and CannotScan.
        """
        instances.demand(served, acting.person, instance.party_id, "write", instance)
        if instance.is_archived:
            raise NotOpen(Sentence(N_("The form has been sent in and can no longer be changed.")))
        name = safe_name(filename)
        _check(served, instance, data_type, name, content)
        verdict = self._scanner.scan(content)
        if verdict == "Infected":
            raise NotTaken(Sentence(N_("%(file)s holds a virus and is not taken in."), {"file": name}))
        element = self.keep(instance, data_type, name, content, acting)
        element.file_scan_result = verdict
        instance.last_changed, instance.last_changed_by = acting.now, acting.user
        return element

    def keep(
        self, instance: Instance, data_type: str, filename: str, content: bytes, acting: Acting
    ) -> DataElement:
        """Keep a document that needs no checks, as it was made here; the caller commits.

        The instance's own row is not written, so that nobody who fills in meanwhile is told of a change.
        """
        name = safe_name(filename)
        stored_as = f"{instance.org}/{instance.app}/{instance.id}/{uuid4()}"
        obstore.put(self._store, stored_as, content)
        element = DataElement(
            id=uuid4(),
            data_type=data_type,
            content_type=media_type(name),
            filename=name,
            content=b"",
            stored_as=stored_as,
            content_hash=hashlib.sha256(content).hexdigest(),
            size=len(content),
            tags=[],
            locked=False,
            revision=1,
            created=acting.now,
            created_by=acting.user,
            last_changed=acting.now,
            last_changed_by=acting.user,
        )
        instance.elements.append(element)
        return element

    def content(self, element: DataElement) -> bytes:
        """The bytes of an element. Raises NotThere."""
        if element.stored_as is None:
            return element.content
        try:
            return bytes(obstore.get(self._store, element.stored_as).bytes())
        except FileNotFoundError as missing:
            raise NotThere(
                Sentence(N_("The file %(file)s has been lost."), {"file": element.filename or ""})
            ) from missing

    def remove(
        self, served: Served, instance: Instance, elements: Iterable[DataElement], acting: Acting
    ) -> None:
        """Take attachments away, in a transaction of its own. Raises NotOpen."""
        instances.demand(served, acting.person, instance.party_id, "write", instance)
        gone = [element for element in elements if element.stored_as]
        if instance.is_archived or any(element.locked for element in gone):
            raise NotOpen(Sentence(N_("The form has been sent in and can no longer be changed.")))
        for element in gone:
            instance.elements.remove(element)
        instances.commit()
        # Only once the rows are gone: bytes without a row harm nobody, a row without bytes does.
        for element in gone:
            self.forget(element)

    def forget(self, element: DataElement) -> None:
        """Delete the bytes of an element whose row is gone."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, str(element.stored_as))

    def forget_all(self, org: str, app: str) -> None:
        """Delete the bytes of all elements of an app, whose rows are gone."""
        for found in obstore.list(self._store, f"{org}/{app}/"):
            obstore.delete(self._store, [each["path"] for each in found])


attachments: Part[Attachments] = Part("attachments")


def safe_name(filename: str) -> str:
    """The name of a file without folders and without characters that mean something to a computer."""
    bare = filename.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        "_" if character in '<>:"|?*' or not character.isprintable() else character for character in bare
    )
    name = kept.strip(". ") or "file"
    ending = PurePosixPath(name).suffix[:20]
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - len(ending)] + ending


def _check(served: Served, instance: Instance, data_type: str, name: str, content: bytes) -> None:
    kind = served.definition.metadata.data_type(data_type)
    if kind is None or kind.is_form:
        raise NotTaken(Sentence(N_("The service has no place for these files.")))
    limit = kind.raw.get("maxSize")
    if not content:
        raise NotTaken(Sentence(N_("%(file)s is empty."), {"file": name}))
    if isinstance(limit, int) and limit > 0 and len(content) > limit * MEGABYTE:
        raise NotTaken(too_large(name, limit))
    allowed = [str(each).lower() for each in kind.raw.get("allowedContentTypes") or ()]
    if allowed and "application/octet-stream" not in allowed and media_type(name) not in allowed:
        raise NotTaken(Sentence(N_("Files such as %(file)s are not taken here."), {"file": name}))
    most = kind.raw.get("maxCount")
    if isinstance(most, int) and most > 0 and len(instance.elements_of(data_type)) >= most:
        raise NotTaken(Sentence(N_("No more files can be attached here.")))
    if not is_what_it_says(name, content):
        values = {"file": name, "ending": ending_of(name) or "–"}
        raise NotTaken(
            Sentence(N_("%(file)s is not what its name says (%(ending)s), or can run on a computer."), values)
        )


def too_large(name: str, limit: int) -> Sentence:
    """What is said of a file above the limit, in MB."""
    return Sentence(N_("%(file)s is larger than %(limit)s MB."), {"file": name, "limit": limit})


def rows_attachments(instance: Instance, row: object) -> Iterator[DataElement]:
    """The attachments that are named anywhere in a row of form data."""
    known = {str(element.id): element for element in instance.elements if element.stored_as}
    for text in _texts(row):
        if text in known:
            yield known[text]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def element_of(instance: Instance, identity: str) -> DataElement | None:
    """An attachment of the instance by its id."""
    try:
        wanted = UUID(identity)
    except ValueError:
        return None
    return next((each for each in instance.elements if each.id == wanted and each.stored_as), None)
