"""The pack as plain pages for a browser: for computers that cannot run the program. Knows nothing of Qt."""
