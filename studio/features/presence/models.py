"""The table of who is where. Its rows are short-lived: after a few seconds they count for nothing."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from studio.database import StudioModel, UtcDateTime


class Presence(StudioModel):
    """A person with a page of an app open. `place` is a screen, and for the form the page that is edited."""

    __tablename__ = "presence"

    org: Mapped[str] = mapped_column(primary_key=True)
    app: Mapped[str] = mapped_column(primary_key=True)
    branch: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
