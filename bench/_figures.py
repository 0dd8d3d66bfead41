"""Figures: spreads of times, tables to read."""

import statistics
import time
from collections.abc import Callable, Sequence


def timed(act: Callable[[], object]) -> float:
    """How long a call takes, in ms."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def spread(times: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Median, 95th percentile and largest of some times."""
    ordered = sorted(times)
    return {
        "median": round(statistics.median(ordered), digits),
        "p95": round(ordered[max(0, int(len(ordered) * 0.95) - 1)], digits),
        "max": round(ordered[-1], digits),
    }


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns below one another; the first to the left, numbers to the right."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
