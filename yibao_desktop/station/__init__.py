"""A kiosk or a worker's computer: its settings, the PIN of the staff, counters, log and health. No Qt."""
