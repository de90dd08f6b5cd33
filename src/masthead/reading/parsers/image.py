"""Pictures: proved to be whole by decoding every pixel; their content is their bytes."""

import io
import warnings
from collections.abc import Callable

from PIL import Image, ImageSequence, UnidentifiedImageError

from masthead.language import Message
from masthead.reading import refusals

_KIND = Message("picture")


def measure(content: bytes, media_type: str, most: int) -> tuple[int, int]:
    """Width and height in pixels, once all frames decode. `most` is pixels of all frames together."""
    Image.MAX_IMAGE_PIXELS = None
    form = media_type.removeprefix("image/").upper()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _carefully(lambda: Image.open(io.BytesIO(content), formats=[form]).verify())
        image = _carefully(lambda: Image.open(io.BytesIO(content), formats=[form]))
        width, height = image.size
        frames = _carefully(lambda: int(getattr(image, "n_frames", 1)))
        if width * height * frames > most:
            raise refusals.too_many_pixels(most)
        _carefully(lambda: _decode(image))
    return width, height


def _decode(image: Image.Image) -> None:
    for frame in ImageSequence.Iterator(image):
        frame.load()


def _carefully[T](step: Callable[[], T]) -> T:
    try:
        return step()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, LookupError, EOFError) as error:
        raise refusals.damaged(_KIND) from error
