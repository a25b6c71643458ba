"""The wizard frame, its question pages, and the wizards that run in it."""
