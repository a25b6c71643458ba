"""The window of a station: the staff's door, their page, what is counted, and what happens when it goes wrong."""
