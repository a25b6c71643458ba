"""医保帮手: an offline helper for people whom basic medical insurance confuses."""

__version__ = "0.1.0"
