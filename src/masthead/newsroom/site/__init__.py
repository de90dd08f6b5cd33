"""Settings and addresses: the one place that knows every app and every door."""
