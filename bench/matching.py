"""The best one-to-one assignment of a small matrix of 0 and 1: maximum bipartite matching."""

from __future__ import annotations


def assignment(matrix: list[list[float]]) -> float:
    """The largest number of pairs (row, column) with value 1, each row and column used once.

    Augmenting paths (Kuhn 1955); enough because the entries are 0 or 1.
    """
    columns = len(matrix[0]) if matrix else 0
    partner = [-1] * columns

    def place(row: int, seen: set[int]) -> bool:
        for column in range(columns):
            if matrix[row][column] and column not in seen:
                seen.add(column)
                if partner[column] < 0 or place(partner[column], seen):
                    partner[column] = row
                    return True
        return False

    return float(sum(place(row, set()) for row in range(len(matrix))))
