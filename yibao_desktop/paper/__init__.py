"""Results and guides as sheets to take away: the same words for paper, PDF and the codes a phone reads."""
