# Sourced by the other scripts: gives `python`, a Python 3.11 or newer with migragraph and what its argument names installed.
# In an active virtual environment that one is used; else .venv is made here. Debian's python3-venv is installed when it is
# missing and we are root.

fail() {
    echo "migragraph: $*" >&2
    exit 2
}

setup() {
    local system=${PYTHON:-python3}
    if [ -n "${VIRTUAL_ENV:-}" ]; then
        python=$VIRTUAL_ENV/bin/python
    else
        if ! command -v "$system" >/dev/null || ! "$system" -c 'import ensurepip, venv' 2>/dev/null; then
            [ "$(id -u)" = 0 ] || fail "python3 or its venv module is missing. As root: apt-get install python3 python3-venv"
            apt-get update -qq && apt-get install -y -qq python3 python3-venv >/dev/null || fail "apt-get could not install python3-venv."
        fi
        [ -x .venv/bin/python ] || "$system" -m venv .venv || fail "python3 -m venv .venv failed."
        python=$PWD/.venv/bin/python
    fi
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed, and $python is older."
    "$python" -m pip install --quiet --disable-pip-version-check --editable "$1" || fail "pip could not install $1."
}
