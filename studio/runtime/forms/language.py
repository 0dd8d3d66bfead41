"""Which language the interface speaks around a form."""


def interface_of(language: str) -> str:
    """The interface language that goes with a form in `language`."""
    return language if language in {"nb", "nn", "en"} else "nb"
