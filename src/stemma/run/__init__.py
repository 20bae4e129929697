"""The only place where stages meet: reports in, readings out, or into a casebook."""

from stemma.run.pipeline import Added, add_paths, count_reports, read_one, read_paths
from stemma.run.reading import Reading

__all__ = ["Added", "Reading", "add_paths", "count_reports", "read_one", "read_paths"]
