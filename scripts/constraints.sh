#!/usr/bin/env bash
# Renews constraints.txt: the exact versions, with the hashes of all their files, that CI installs.
#
#   scripts/constraints.sh              keep the versions that still fit pyproject.toml
#   scripts/constraints.sh --upgrade    take the newest that fit (other options of pip-compile work too)
#
# Resolved on the oldest Python we support; newer ones need the same packages or fewer. No addresses are
# written: where packages come from is pip's own configuration.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "constraints.txt is resolved on Python 3.11: set PYTHON to one" >&2
    exit 2
}

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check 'pip-tools>=7.5,<8'

# The build requirements are compiled along, because CI builds without isolation.
CUSTOM_COMPILE_COMMAND="scripts/constraints.sh" "$tools/bin/pip-compile" \
    --quiet --extra dev --extra browser --all-build-deps --generate-hashes --allow-unsafe --strip-extras \
    --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-emit-find-links \
    --output-file constraints.txt "$@" pyproject.toml

if grep -nE '://|^ *-(i|f|-index-url|-extra-index-url|-find-links|-trusted-host)' constraints.txt; then
    echo "constraints.txt holds an address (above): it must not" >&2
    exit 1
fi
