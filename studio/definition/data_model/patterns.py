"""Regular expressions of XML Schema in the words of the validator, which knows those of ECMAScript."""

import re
from typing import Final

# What XML Schema calls the characters of names, inside square brackets.
_CLASSES: Final = {
    "i": r"_:A-Za-z\u00c0-\ufffd",
    "c": r"\-._:A-Za-z0-9\u00b7\u00c0-\ufffd",
}
_BLOCKS: Final = {
    "IsBasicLatin": r"\u0000-\u007f",
    "IsLatin-1Supplement": r"\u0080-\u00ff",
    "IsLatinExtended-A": r"\u0100-\u017f",
    "IsLatinExtended-B": r"\u0180-\u024f",
    "IsGreek": r"\u0370-\u03ff",
    "IsCyrillic": r"\u0400-\u04ff",
    "IsGeneralPunctuation": r"\u2000-\u206f",
    "IsCurrencySymbols": r"\u20a0-\u20cf",
}
_PART: Final = re.compile(r"\\p\{(Is[\w-]+)\}|\\P\{(Is[\w-]+)\}|\\.|-\[|[\[\]]|.", re.DOTALL)


def ecma(pattern: str) -> str:
    """The same pattern for ECMAScript: \\i, \\c, blocks such as \\p{IsBasicLatin}, and [a-z-[aeiou]].

    Everything else is as it was, also ^ and $, which the platform takes for the ends of the text.
    """
    if "-[" not in pattern and not re.search(r"\\[icIC]|\\[pP]\{Is", pattern):
        return pattern
    return "".join(_translated([match[0] for match in _PART.finditer(pattern)], is_inside=False))


def _translated(parts: list[str], *, is_inside: bool) -> list[str]:
    """The parts up to the end, or to the ] of the class that they are in; takes them off the list."""
    made: list[str] = []
    while parts:
        part = parts.pop(0)
        if part == "[" and not is_inside:
            made.append(_class(parts))
        elif part == "]" and is_inside:
            break
        elif part == "-[" and is_inside:
            # The subtraction is the last thing in its class.
            made.append(part)
            break
        elif part == "-[":
            made.append("-" + _class(parts))
        else:
            made.append(_character(part, is_inside=is_inside))
    return made


def _class(parts: list[str]) -> str:
    inside = _translated(parts, is_inside=True)
    if inside and inside[-1] == "-[":
        without = _class(parts)
        if parts and parts[0] == "]":
            parts.pop(0)
        return f"(?:(?!{without})[{''.join(inside[:-1])}])"
    return f"[{''.join(inside)}]"


def _character(part: str, *, is_inside: bool) -> str:
    block = re.fullmatch(r"\\([pP])\{(Is[\w-]+)\}", part)
    letters = _BLOCKS.get(block[2]) if block else _CLASSES.get(part[1:].lower()) if part[:1] == "\\" else None
    if letters is None:
        return part
    negated = block[1] == "P" if block else part[1:].isupper()
    if is_inside:
        # The opposite of a set within a set cannot be written; it is taken as it is and refused.
        return part if negated else letters
    return f"[{'^' if negated else ''}{letters}]"
