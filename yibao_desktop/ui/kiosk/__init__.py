"""What a machine in a hall needs besides the pages: noticing that a person has gone, and leaving nothing of theirs."""
