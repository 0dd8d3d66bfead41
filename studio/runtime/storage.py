"""What people have begun and sent in: instances, their data elements and their history, as tables.

Fields and their shapes are those of the App API (app-api.md, 4.4), so that both speak of the same thing. Form
data lies in the row of its element: a save is one transaction, with nothing beside it to fall out of step.
Attachments are written once, to the file store, before their row says that they are there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from studio.database import RuntimeModel, UtcDateTime


class Instance(RuntimeModel):
    """One filling-in of an app. `preview` is the token of its draft; None for a real one."""

    __tablename__ = "instance"
    __table_args__ = (
        Index("ix_instance_active", "org", "app", "party_id", "is_archived"),
        Index("ix_instance_archived", "org", "app", "archived"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    org: Mapped[str]
    app: Mapped[str]
    preview: Mapped[str | None] = mapped_column(String, index=True)
    release: Mapped[str | None]
    party_id: Mapped[int]
    owner: Mapped[dict[str, Any]] = mapped_column(JSON)
    process: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_archived: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_soft_deleted: Mapped[bool] = mapped_column(default=False)
    soft_deleted: Mapped[datetime | None] = mapped_column(UtcDateTime)
    presentation_texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    data_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    last_changed: Mapped[datetime] = mapped_column(UtcDateTime)
    last_changed_by: Mapped[str]
    # Counts every write to the instance; SQLAlchemy refuses a write that is based on an older one.
    version: Mapped[int] = mapped_column(default=1)

    elements: Mapped[list["DataElement"]] = relationship(
        back_populates="instance", cascade="all, delete-orphan", order_by="DataElement.created"
    )
    pdf_jobs: Mapped[list["PdfJob"]] = relationship(
        back_populates="instance", cascade="all, delete-orphan", order_by="PdfJob.asked_at"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a declaration

    @property
    def task_id(self) -> str | None:
        """The task that the instance stands in; None at the end."""
        current = self.process.get("currentTask") or {}
        task = current.get("elementId")
        return str(task) if task else None

    @property
    def reference(self) -> str:
        """What people quote: the last part of the id."""
        return str(self.id).rpartition("-")[2]

    def elements_of(self, data_type: str) -> list["DataElement"]:
        """The data elements of a type."""
        return [element for element in self.elements if element.data_type == data_type]


class DataElement(RuntimeModel):
    """One document of an instance. `revision` counts its writes; a write names the one it is based on."""

    __tablename__ = "data_element"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    data_type: Mapped[str]
    content_type: Mapped[str]
    filename: Mapped[str | None]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    size: Mapped[int]
    # The name of an attachment's bytes in the file store; None where they are in `content`.
    stored_as: Mapped[str | None]
    content_hash: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    file_scan_result: Mapped[str] = mapped_column(default="NotApplicable")
    # The step of the process that made the document.
    generated_from: Mapped[str | None]
    locked: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    last_changed: Mapped[datetime] = mapped_column(UtcDateTime)
    last_changed_by: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)

    instance: Mapped[Instance] = relationship(back_populates="elements")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy reads it as a declaration


class PdfJob(RuntimeModel):
    """PDFs of a task that are still to be made. Its row is gone once they are kept.

    While one `holds`, the instance stands in the step that makes them and goes on afterwards. `state` is
    "waiting" (from `next_at` on), "running" (by `runner`, who gives a sign of life every second) or "failed".
    """

    __tablename__ = "pdf_job"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[str]
    holds: Mapped[bool]
    # How many steps the instance has gone by itself since somebody moved it on.
    place: Mapped[int] = mapped_column(default=0)
    language: Mapped[str]
    user_id: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    runner: Mapped[str | None]
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    instance: Mapped[Instance] = relationship(back_populates="pdf_jobs")

    # Whoever takes a PDF back does not mind that it was made at the same moment.
    __mapper_args__ = {"confirm_deleted_rows": False}  # noqa: RUF012 - SQLAlchemy reads it as a declaration


class InstanceEvent(RuntimeModel):
    """Something that happened to an instance: created, saved, moved on, deleted."""

    __tablename__ = "instance_event"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    event_type: Mapped[str]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int]
    data_id: Mapped[UUID | None] = mapped_column(Uuid)
    process: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def instance_json(instance: Instance, links: str = "") -> dict[str, Any]:
    """An instance in the shape of the App API. `links` is the address of the app."""
    identity = f"{instance.party_id}/{instance.id}"
    return {
        "id": identity,
        "instanceOwner": dict(instance.owner),
        "appId": f"{instance.org}/{instance.app}",
        "org": instance.org,
        "selfLinks": {"apps": f"{links}/instances/{identity}", "platform": None},
        "dueBefore": None,
        "visibleAfter": None,
        "process": dict(instance.process),
        "status": {
            "isArchived": instance.is_archived,
            "archived": _time(instance.archived),
            "isSoftDeleted": instance.is_soft_deleted,
            "softDeleted": _time(instance.soft_deleted),
            "isHardDeleted": False,
            "hardDeleted": None,
            "readStatus": 1,
            "substatus": None,
        },
        "completeConfirmations": None,
        "data": [element_json(element, f"{links}/instances/{identity}") for element in instance.elements],
        "presentationTexts": dict(instance.presentation_texts),
        "dataValues": dict(instance.data_values),
        "created": _time(instance.created),
        "createdBy": instance.created_by,
        "lastChanged": _time(instance.last_changed),
        "lastChangedBy": instance.last_changed_by,
    }


def element_json(element: DataElement, links: str = "") -> Mapping[str, Any]:
    """A data element in the shape of the App API."""
    return {
        "id": str(element.id),
        "instanceGuid": str(element.instance_id),
        "dataType": element.data_type,
        "filename": element.filename,
        "contentType": element.content_type,
        "blobStoragePath": None,
        "selfLinks": {"apps": f"{links}/data/{element.id}", "platform": None},
        "size": element.size,
        "contentHash": element.content_hash,
        "locked": element.locked,
        "refs": [],
        "isRead": True,
        "tags": list(element.tags),
        "userDefinedMetadata": [],
        "metadata": [],
        "deleteStatus": None,
        "fileScanResult": element.file_scan_result,
        "references": _references(element),
        "created": _time(element.created),
        "createdBy": element.created_by,
        "lastChanged": _time(element.last_changed),
        "lastChangedBy": element.last_changed_by,
    }


def _references(element: DataElement) -> list[dict[str, str]]:
    if element.generated_from is None:
        return []
    return [{"relation": "GeneratedFrom", "valueType": "Task", "value": element.generated_from}]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
