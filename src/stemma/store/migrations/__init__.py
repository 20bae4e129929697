"""The history of the tables, run by Alembic when a casebook is made or opened.

A migration stands alone: it imports nothing of ours, so that it does tomorrow what it did today.
"""
