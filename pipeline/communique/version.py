"""The version of communique."""

__version__ = "0.1.0"
