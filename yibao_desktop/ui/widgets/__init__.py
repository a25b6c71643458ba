"""Small parts pages are made of; they know the look and nothing of the subject."""
