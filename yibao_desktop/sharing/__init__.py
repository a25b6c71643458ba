"""Whether and how a relative can use somebody's personal account."""
