"""Circles of reports found by Apache Spark: keys are grouped, and who shares one that few have is linked.

The same circles as `stemma.merge.circles.partition` gives, level by level, the keys spread over machines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stemma.merge.circles import LARGEST, LEVELS
from stemma.run.archive.spark import open_session

TABLES_PER_PART: Final = 25
"""Tables of 200 reports whose keys make one part of a step: some 150,000 keys."""


def circles_on_spark(folder: str, address: str) -> Iterator[list[int]]:
    """The circles of the tables in `folder`, each in rising order; raises `UsageError` without Spark.

    What comes back to this machine is two numbers a report.
    """
    from pyspark.sql import functions as f

    session = open_session(address)
    tables = sum(1 for _ in Path(folder).glob("*/*.parquet"))
    # Spark's 200 parts cost more than the work where there is little, and there are many steps below.
    parts = max(session.sparkContext.defaultParallelism, tables // TABLES_PER_PART + 1)
    session.conf.set("spark.sql.shuffle.partitions", str(parts))
    try:
        reader = session.read.option("recursiveFileLookup", "true").option("pathGlobFilter", "*.parquet")
        reports = reader.schema("number bigint, keys array<bigint>").parquet(folder).persist()
        pairs = reports.select("number", f.explode("keys").alias("key")).persist()
        sizes = pairs.groupBy("key").agg(f.count("*").alias("n"), f.min("number").alias("first"))
        links = pairs.join(sizes.where("n > 1"), "key").where("number != first")
        links = links.select("first", "number", "n", f.expr("key & 3").alias("kind")).persist()
        left = reports.select("number", f.col("number").alias("top"))
        circles: dict[int, list[int]] = defaultdict(list)
        for at, level in enumerate(LEVELS):
            caps = f.element_at(f.array(*(f.lit(cap) for cap in level)), (f.col("kind") + 1).cast("int"))
            edges = links.where(f.col("n") <= caps).select("first", "number").distinct()
            # A looser level's circles that are done share no link of this level with what is left.
            edges = edges.join(left.select("number"), "number")
            tops = _components(left.select("number"), edges)
            counts = tops.groupBy("top").agg(f.count("*").alias("size"))
            sized = tops.join(counts, "top").localCheckpoint()
            done = sized if at == len(LEVELS) - 1 else sized.where(f.col("size") <= LARGEST)
            for row in done.select("number", "top").collect():
                circles[row["top"]].append(row["number"])
            left = sized.where(f.col("size") > LARGEST).select("number", "top").localCheckpoint()
            if left.isEmpty():
                break
        yield from (sorted(circle) for circle in circles.values())
    finally:
        session.stop()


def _components(nodes: Any, edges: Any) -> Any:
    """For each node the smallest node that it is linked with, directly or through others, as `top`."""
    from pyspark.sql import functions as f

    both = edges.select(f.col("first").alias("a"), f.col("number").alias("b"))
    both = both.union(both.select(f.col("b").alias("a"), f.col("a").alias("b"))).localCheckpoint()
    tops = nodes.select("number", f.col("number").alias("top")).localCheckpoint()
    while True:
        near = both.join(tops, both["b"] == tops["number"]).groupBy("a").agg(f.min("top").alias("near"))
        new = tops.join(near, tops["number"] == near["a"], "left").select(
            "number", f.least("top", f.coalesce("near", "top")).alias("top")
        )
        # Half of the way to the top with each step, as in the local form.
        above = new.select(f.col("number").alias("up"), f.col("top").alias("above"))
        new = new.join(above, new["top"] == above["up"]).select("number", f.col("above").alias("top"))
        new = new.localCheckpoint()
        before = tops.select(f.col("number").alias("was"), f.col("top").alias("old"))
        if new.join(before, new["number"] == before["was"]).where("top != old").isEmpty():
            return new
        tops = new
