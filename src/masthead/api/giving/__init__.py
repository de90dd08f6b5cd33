"""What the API gives, as JSON: a file for each thing it gives."""
