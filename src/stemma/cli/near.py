"""What somebody may have meant, for the lines of faults."""

from stemma.names.near import find_near

__all__ = ["find_near"]
