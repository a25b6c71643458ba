"""What funds, account and cash pay for a bill; and whether a slip's own lines agree."""
