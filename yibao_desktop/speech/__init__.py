"""What is said when a page is read aloud: words, and numbers as people say them."""
