#!/usr/bin/env bash
# Build the wheel, install it by the lock into a fresh environment, and use it from an empty folder: what the wheel
# lacks (a package, a migration, a TOML file) is missed here, where the checkout cannot lend it.
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
lab=$(mktemp -d)
trap 'rm -rf "$lab"' EXIT
mkdir "$lab/source" "$lab/empty" "$lab/home"
export PIP_DISABLE_PIP_VERSION_CHECK=1

echo "wheel: build"
# From a copy: setuptools takes what an earlier build left in build/ along.
git -C "$repo" ls-files -z --cached --others --exclude-standard | tar -C "$repo" --null -T - -cf - | tar -C "$lab/source" -xf -
"${PYTHON:-python3}" -m venv "$lab/venv"
"$lab/venv/bin/pip" wheel -qq --no-deps --wheel-dir "$lab" "$lab/source"

echo "wheel: install"
"$lab/venv/bin/pip" install -qq --constraint "$repo/deploy/constraints.txt" "$lab"/tocsin-*.whl

echo "wheel: use it from an empty folder"
cd "$lab/empty"
tocsin() { env -u TOCSIN_CONFIG -u TOCSIN_NOW HOME="$lab/home" "$lab/venv/bin/tocsin" "$@"; }
tocsin --help >/dev/null
tocsin init starter
tocsin check --config starter
mkdir quiet # no feed, no watch: a whole run that asks nobody
touch quiet/feeds.toml quiet/watches.toml
tocsin run --once --config quiet
tocsin demo >/dev/null
echo "wheel: fine"
