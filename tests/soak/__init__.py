"""People at a station for a simulated week: `python -m tests.soak --profile kiosk --minutes 8`."""
