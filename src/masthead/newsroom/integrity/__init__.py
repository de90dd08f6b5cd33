"""The way out of a record that was found damaged: a person says that what was put back verifies."""
