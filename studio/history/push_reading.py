"""Whether the files of a push can be read. Loaded where it brings some that look as if they could not."""

from xml.parsers import expat

from studio.definition.json_text.reading import BrokenJson, parse


def broken_line_of_json(data: bytes) -> int:
    """The line of the first error, 0 where the file can be read."""
    try:
        parse(data)
    except BrokenJson as error:
        return error.line
    return 0


def broken_line_of_xml(data: bytes) -> int:
    """The line of the first error, 0 where the file can be read."""
    parser = expat.ParserCreate()

    def stop(*_arguments: object) -> None:
        # A DOCTYPE is refused wherever the file is read; here it must only not grow.
        raise _DocumentType

    parser.StartDoctypeDeclHandler = stop
    try:
        parser.Parse(data, True)
    except _DocumentType:
        return 0
    except expat.ExpatError as error:
        return error.lineno
    return 0


class _DocumentType(Exception):
    pass
