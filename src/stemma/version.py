"""The version of the program; the wire form and the casebook have versions of their own."""

__version__ = "0.1.0"
