"""SHA-256 without OpenSSL, which `hashlib` loads, and which costs as much as reading a pack."""

from __future__ import annotations

try:
    # `random` of the standard library avoids it the same way.
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256

__all__ = ["sha256"]
