"""Where every promise stands: evidence as it comes in, and a corrective action for what falls short."""
