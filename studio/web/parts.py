"""Values that the factory hands to an application, and that its views take out again, by type."""

from typing import Generic, TypeVar, cast

from flask import Flask, current_app

Value = TypeVar("Value")


class Part(Generic[Value]):
    """`repositories: Part[Repositories] = Part("repositories")`; the factory gives, a view takes."""

    def __init__(self, name: str) -> None:
        self._key = f"studio.{name}"

    def give(self, app: Flask, value: Value) -> None:
        """Hand `value` to `app`; done once, by the factory."""
        app.extensions[self._key] = value

    def __call__(self) -> Value:
        """The value of the application that handles this request."""
        return cast(Value, current_app.extensions[self._key])
