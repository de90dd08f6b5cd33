"""`masthead demo`: the whole job on a sample story, step by step."""


def demo() -> None:
    """Take a sample story through the whole job."""
