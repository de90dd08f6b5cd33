"""What templates of the desk may say besides Django's own words."""
