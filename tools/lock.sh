#!/bin/sh
# Resolve pyproject.toml into the two locks: for all Pythons and systems it allows, with the hashes of all
# files, and without the address of the index they came from. Usage: tools/lock.sh PYTHON
set -eu
python=$1

# Only this command needs uv, so it is not part of the requirements.
"$python" -m pip install --quiet --disable-pip-version-check uv

# The build backend is installed before the package itself and therefore locked with the rest.
backend='import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"]))'

# The system's certificates, because a mirror inside an organisation often has one of its own.
compile() {
    "$python" -c "$backend" | "$python" -m uv pip compile pyproject.toml - --quiet --universal --upgrade --system-certs \
        --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile --output-file requirements.txt
compile --extra dev --constraint requirements.txt --output-file requirements-dev.txt
