"""Questions and answers of a wizard run, as plain data. Knows no wizard by name."""
