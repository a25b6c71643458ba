"""Finding the page that answers, from the words people use."""
