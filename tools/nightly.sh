#!/bin/sh
# One night on a server of one's own: fetch the data, build and prove the site aside, then let the web server show it in
# one step. Usage: tools/nightly.sh WEB [ROOT]
#
# WEB/current is a link to the one site below WEB/sites/, and what the web server serves. It is renamed into place, so no
# visitor ever meets half a site; a build that fails or is not proved clean leaves the link where it was. The former site
# is removed at once, for it shows what has left. Exit code 0: all is well; 75: another run is under way; other: somebody
# has to look, though there may be a new site all the same.
set -eu
umask 022

web=$1
root=$(cd "${2:-$(dirname "$0")/..}" && pwd)
status=0

mkdir -p "$web/sites"
web=$(cd "$web" && pwd)
exec 9> "$web/.lock"
if ! flock -n 9; then
    echo "上一次运行还没有结束，本次不运行" >&2
    exit 75
fi

# Records expire on a date: yesterday's data are built again if today's cannot be fetched.
if git -C "$root" rev-parse --verify --quiet '@{upstream}' > /dev/null 2>&1; then
    if ! git -C "$root" pull --ff-only --quiet; then
        echo "没有取到最新的数据，按现有数据生成" >&2
        status=1
    fi
fi
# PORTAL names another program than that of the repository's own environment.
if [ -z "${PORTAL:-}" ]; then
    PORTAL=$root/.venv/bin/portal
    make --no-print-directory -C "$root" .venv/.run || status=1
fi

name=$(date +%Y%m%dT%H%M%S)-$$
"$PORTAL" build --root "$root" --verified --out "$web/sites/$name" || status=$?
if [ -f "$web/sites/$name/build.json" ]; then
    rm -f "$web/.current"
    ln -s "sites/$name" "$web/.current"
    mv -T "$web/.current" "$web/current"
else
    echo "没有可以发布的网站，原有网站未更新" >&2
    status=1
fi

shown=$(readlink "$web/current" || true)
for path in "$web"/sites/* "$web"/sites/.[!.]*; do
    if [ "sites/${path##*/}" != "$shown" ]; then
        rm -rf "$path"
    fi
done
exit "$status"
