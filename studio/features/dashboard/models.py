"""The table of favourites."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from studio.database import StudioModel


class Favourite(StudioModel):
    """An app that a person has marked with a star."""

    __tablename__ = "favourite"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    org: Mapped[str] = mapped_column(primary_key=True)
    app: Mapped[str] = mapped_column(primary_key=True)
