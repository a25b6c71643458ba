"""``yibao-pack``: the console for authors and scripts. Knows nothing of Qt."""
