"""The promise: 54 commitments, the controls that make them checkable, and the questions for the rest."""
