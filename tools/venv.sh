#!/bin/sh
# Make the virtual environment DIR with the first Python that is new enough, or say in one line what is missing.
# PYTHON names one to try first. An environment that is whole already stays as it is.
set -eu
dir=$1

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
whole='import sys, pip; sys.exit(sys.version_info < (3, 11))'
can_make_one='import venv, ensurepip'

if [ -x "$dir/bin/python" ] && "$dir/bin/python" -c "$whole" 2>/dev/null; then
    exit 0
fi

without_venv=
for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    "$python" -c "$new_enough" 2>/dev/null || continue
    if "$python" -c "$can_make_one" 2>/dev/null; then
        exec "$python" -m venv --clear "$dir"
    fi
    without_venv=$python
done

if [ -n "$without_venv" ]; then
    echo "$without_venv cannot make virtual environments: install python3-venv (Debian, Ubuntu: apt-get install python3-venv)." >&2
else
    echo "Python 3.11 or newer is needed and was not found: install it, or name it with PYTHON=/path/to/python3 make …" >&2
fi
exit 2
