"""Where to ask: official channels for a need in a place."""
