# Sourced by the other scripts: gives `python`, a Python 3.11 or newer with migragraph and what its argument names installed.
# In an active virtual environment that one is used; else .venv is made here. Debian's python3-venv is installed when it is
# missing and we are root. `install_packages` installs the programs that tests run, from bin/packages.

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
    # As pip does where it copies a package: else each run would, where PYTHONDONTWRITEBYTECODE is set.
    "$python" -m compileall -q src/migragraph || true
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Whether we may install: as root, or in CI where sudo asks for no password. On anybody's own machine sudo is not used unasked.
may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || { [ -n "${CI:-}" ] && sudo -n true 2>/dev/null; }
}

install_packages() {
    local program package missing=() policy=/usr/sbin/policy-rc.d made=
    while read -r program package; do
        [ -z "$program" ] || [ "${program#\#}" != "$program" ] || PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || missing+=("$package")
    done <bin/packages
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! may_install; then
        echo "migragraph: not installed, so the tests that run them are skipped: ${missing[*]}" >&2
        return 0
    fi
    # The tests start the servers themselves: an installed one is not to listen anywhere (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt).
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy" && made=yes
    fi
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        echo "migragraph: apt-get could not install ${missing[*]}." >&2
    [ -z "$made" ] || as_root rm -f "$policy"
}
