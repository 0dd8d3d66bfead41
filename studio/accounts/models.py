"""Tables of people, organisations and who is what in which."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.accounts.rights import Grant, Role
from studio.database import StudioModel, UtcDateTime


class Person(UserMixin, StudioModel):  # type: ignore[misc]  # Flask-Login has no types
    """Somebody who signs in to Studio."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str]
    session_key: Mapped[str]  # changes with the password, which ends all sessions
    is_administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None]
    theme: Mapped[str] = mapped_column(default="auto")  # auto, light or dark
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The organisation that a bot belongs to (see bots.py); None for people.
    bot_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", lazy="selectin"
    )

    def get_id(self) -> str:
        """What the session cookie keeps."""
        return f"{self.id}:{self.session_key}"

    @property
    def is_bot(self) -> bool:
        """Whether this is an account for programs, which signs in with tokens alone."""
        return self.bot_of_id is not None

    @property
    def grants(self) -> tuple[Grant, ...]:
        """This person's roles as values."""
        return tuple(
            Grant(each.organisation.short_name, Role(each.role), each.environment)
            for each in self.memberships
        )


class Organisation(StudioModel):
    """An owner of apps: a ministry, an agency, a municipality."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    short_name: Mapped[str] = mapped_column(unique=True)
    title_nb: Mapped[str]
    title_nn: Mapped[str]
    title_en: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan"
    )

    def title(self, language: str) -> str:
        """The name in "nb", "nn" or "en"."""
        return {"nn": self.title_nn, "en": self.title_en}.get(language) or self.title_nb


class Membership(StudioModel):
    """One role of one person in one organisation; a deployer has one row for each environment."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "role", "environment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    environment: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")
