"""Checks run, findings waived, versions signed, published, corrected and withdrawn."""
