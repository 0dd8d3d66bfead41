"""What is wrong with a page so that not all of it can be shown on the canvas, with what to do about it."""

from collections import Counter

from flask_babel import gettext, ngettext

from studio.definition.app import Page


def faults_of(page: Page) -> list[str]:
    """Ids that are there several times, and components without one."""
    counts = Counter(component.id for component in page.components)
    nameless = counts.pop("", 0)
    said = [
        gettext(
            "The id %(id)s is used %(count)s times, and only the first is shown. Choose it, and give it "
            "another id under More settings.",
            id=name,
            count=count,
        )
        for name, count in counts.items()
        if count > 1
    ]
    if nameless:
        said.append(
            ngettext(
                "%(num)d component has no id and is not shown. Give it one in the code.",
                "%(num)d components have no id and are not shown. Give them ids in the code.",
                nameless,
            )
        )
    return said
