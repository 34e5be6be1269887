"""The Content-Security-Policy of a page: nothing from elsewhere, and only those inline scripts the theme brings."""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
# A data block such as application/json is not run and needs no permission.
_NO_CODE = re.compile(r"\bsrc=|type=[\"']?application/(?:ld\+)?json", re.IGNORECASE)


def with_policy(html: str) -> str:
    """The page with its policy, as a meta element right behind the character set.

    `frame-ancestors` has no effect in a meta element; the host's headers carry it (see the README).
    """
    hashes = sorted({_digest(body) for attributes, body in _SCRIPT.findall(html) if not _NO_CODE.search(attributes)})
    policy = "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        ]
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    html, found = _HEAD.subn(lambda match: match[0] + meta, html, count=1)
    if not found:
        raise ValueError("a page without <meta charset> cannot carry its security policy")
    return html


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
