#!/bin/sh
# What the tests need besides Python: a browser and a PostgreSQL server. Installs what is missing
# where it may (Debian or Ubuntu, as root), and otherwise says exactly what to install.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 \
  || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing for the tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core; then
    exit 0
  fi
  echo "That did not work."
fi
echo "To run every test, install:$missing"
echo "  on Debian or Ubuntu: sudo apt-get install --no-install-recommends$missing"
# Locally the tests that need them skip, visibly; in CI they must not.
[ "${CI:-}" != "true" ]
