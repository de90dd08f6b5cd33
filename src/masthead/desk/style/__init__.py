"""The living style page: every form of the style sheet, as it is."""
