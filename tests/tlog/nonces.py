"""Ed25519 with a nonce of choice (RFC 8032, section 5.1): who has the key can sign a text in many ways."""

from hashlib import sha512

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
_Y = 4 * pow(5, -1, P) % P
_X2 = (_Y * _Y - 1) * pow(D * _Y * _Y + 1, -1, P)
_ROOT = pow(_X2, (P + 3) // 8, P)
_X = _ROOT if _ROOT * _ROOT % P == _X2 % P else _ROOT * pow(2, (P - 1) // 4, P) % P
BASE = (_X if _X % 2 == 0 else P - _X, _Y)

type Point = tuple[int, int]


def signature(seed: bytes, message: bytes, nonce: int) -> bytes:
    """A good signature of `message` with the key of this seed; another for each nonce."""
    digest = sha512(seed).digest()
    secret = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    said = _bytes(_times(nonce, BASE))
    asked = sha512(said + _bytes(_times(secret, BASE)) + message).digest()
    answer = (nonce + int.from_bytes(asked, "little") * secret) % ORDER
    return said + answer.to_bytes(32, "little")


def _plus(one: Point, other: Point) -> Point:
    (x, y), (u, v) = one, other
    both = D * x * y * u * v % P
    return (x * v + u * y) * pow(1 + both, -1, P) % P, (y * v + x * u) * pow(1 - both, -1, P) % P


def _times(count: int, point: Point) -> Point:
    total = (0, 1)
    while count:
        if count & 1:
            total = _plus(total, point)
        point, count = _plus(point, point), count >> 1
    return total


def _bytes(point: Point) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")
