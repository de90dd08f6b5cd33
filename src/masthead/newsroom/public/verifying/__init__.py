"""Is this what was published? A file or a text in, a plain verdict out; nothing of it is kept."""

from masthead.newsroom.public.verifying.judging import Answer, Verdict, of_file, of_text

__all__ = ["Answer", "Verdict", "of_file", "of_text"]
