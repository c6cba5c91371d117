"""Digests without OpenSSL, which `hashlib` loads, and which costs as much as reading a pack.

SHA-256 is for what others may compute as well; of what only this program reads BLAKE2 is twice as fast.
"""

from __future__ import annotations

try:
    # `random` of the standard library avoids it the same way.
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b", "sha256"]
