"""What those who work on Masthead run; none of it is installed."""
