"""Extract, merge, compile; says what is left to translate."""

import sys

from scripts.messages import everything
from scripts.messages.catalogue import compiled, merged, missing, path_of, read, text, translated


def main() -> int:
    """Bring every catalogue up to date. Exit 0 where each is complete, 1 where something is to translate."""
    wanted = everything()
    left = 0
    for language in translated():
        file = path_of(language)
        catalogue = merged(wanted, read(file, language), language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text(catalogue))
        # Compiled from what was just written, as the test does it.
        file.with_suffix(".mo").write_bytes(compiled(read(file, language)))
        untranslated = missing(catalogue)
        left += len(untranslated)
        sys.stdout.write(f"{language}: {len(catalogue)} templates, {len(untranslated)} to translate\n")
    return 1 if left else 0


sys.exit(main())
