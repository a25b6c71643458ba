"""Pages that stand alone: home, places, channels, sources, messages."""
