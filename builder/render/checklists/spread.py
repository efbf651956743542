"""Tasks spread evenly over pages."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate


def spread(heights: Sequence[float], pages: int) -> list[int]:
    """How many of the things of these heights go on each page, in order.

    No page is empty where there are as many things; the fullest page is as low as it can be,
    and of the ways to have it so, the first pages take the most.
    """
    pages = min(pages, len(heights))
    sums = [0.0, *accumulate(heights)]

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return sums[-1] - sums[start], (len(heights) - start,)
        ways = []
        for end in range(start + 1, len(heights) - left + 2):
            rest, counts = best(end, left - 1)
            ways.append((max(sums[end] - sums[start], rest), (end - start, *counts)))
        return min(ways, key=lambda way: (way[0], [-count for count in way[1]]))

    return list(best(0, pages)[1]) if pages else []
