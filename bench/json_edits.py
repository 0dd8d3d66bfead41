"""One lossless edit in a page of a thousand components (300 kB), in ms.

The floor, in the same run: the json module reads it.
"""

import json
from typing import Any

from bench._figures import spread, table, timed
from studio.definition import json_text


def measure() -> dict[str, Any]:
    """{"edit" and "read": spreads of ms}."""
    component = {
        "type": "Input",
        "dataModelBindings": {"simpleBinding": "a.b"},
        "grid": {"xs": 12},
        "help": "h" * 120,
    }
    page = {"data": {"layout": [{"id": f"field{number}", **component} for number in range(1000)]}}
    data = json.dumps(page, indent=2).encode()
    versions = [data + b" " * number for number in range(20)]
    pointer = "/data/layout/950/type"
    figures = {
        "edit": spread([timed(lambda d=d: json_text.set_value(d, pointer, "TextArea")) for d in versions]),
        "read": spread([timed(lambda d=d: json.loads(d)) for d in versions]),
    }
    print(table(["what", "median", "p95", "max"], [[name, *each.values()] for name, each in figures.items()]))
    return figures
