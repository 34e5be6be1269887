#!/bin/sh
# The browser tests need Chromium and a font with Chinese characters. Install with apt-get what is missing
# where this user may, else say in one line what to install.
set -eu

has_browser() {
    [ -x "${CHROMIUM:-}" ] && return
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return
    done
    return 1
}

missing=
has_browser || missing="chromium"
# Without fontconfig there is no font that a browser could find either.
[ -n "$(fc-list :lang=zh-cn file 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    echo "The browser tests lack these Debian packages, or their like elsewhere: $missing (CHROMIUM=/path names a browser)." >&2
    exit 2
fi

echo "Installing $missing"
# The machine may be busy with updates of its own, or a mirror be out of reach for a moment.
options="-qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"
# shellcheck disable=SC2086  # lists of words, meant to be split
$as_root apt-get $options update
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get $options install -y --no-install-recommends $missing >/dev/null
