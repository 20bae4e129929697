"""Alembic's entry: runs the migrations within the caller's connection and transaction."""

from __future__ import annotations

from alembic import context

from stemma.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
