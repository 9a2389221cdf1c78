# SPDX-License-Identifier: GPL-2.0-only
#
# Tools that the tests stand beside, each from its package registry: husky and
# lefthook from npm, and a git of 2.54 or later from Debian's unstable, with the
# libraries that it needs beside it. What was fetched once stays in build/cache.
# Where there is no network they are missing, and the tests skip. Of two tests
# that want one at once, the second waits.

CACHE=$TOP/build/cache

# npm_tool <package> <version>: its programs, in $CACHE/npm/bin.
npm_tool () {
	[ -x "$CACHE/npm/node_modules/.bin/$1" ] || {
		command -v npm >/dev/null && mkdir -p "$CACHE/npm" &&
		timeout 300 npm install --prefix "$CACHE/npm" --no-audit \
			--no-fund --ignore-scripts --loglevel=error "$1@$2" >"$CACHE/npm.log" 2>&1
	}
}

# archive: where the machine has its own packages of Debian from.
archive () {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' 2>/dev/null | grep -v security | head -n 1
}

# A package list of unstable alone, apart from that of this machine.
unstable () {
	from=$(archive) && test -n "$from" &&
	printf 'deb [signed-by=%s] %s sid main\n' \
		/usr/share/keyrings/debian-archive-keyring.gpg "$from" \
		>"$CACHE/apt/sources.list" &&
	timeout 300 apt-get -qq -o Dir::Etc::sourcelist="$CACHE/apt/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::Lists="$CACHE/apt/lists" \
		-o Dir::Cache="$CACHE/apt" "$@"
}

# new_git: a git that knows hooks in its config, as $CACHE/git/bin/git.
new_git () {
	[ ! -x "$CACHE/git/bin/git" ] || return 0
	command -v patchelf >/dev/null && command -v apt-get >/dev/null &&
	mkdir -p "$CACHE/apt/lists/partial" "$CACHE/apt/archives/partial" \
		"$CACHE/git/bin" && (
		cd "$CACHE/apt" && unstable update && unstable download \
			git libc6 libpcre2-8-0 zlib1g &&
		for package in *.deb
		do
			dpkg-deb -x "$package" ../git || exit 1
		done &&
		cd ../git && libs=$PWD/usr/lib/$(uname -m)-linux-gnu &&
		loader=$(echo "$libs"/ld-linux-*.so.*) && [ -x "$loader" ] &&
		patchelf --set-interpreter "$loader" --set-rpath "$libs" \
			usr/lib/git-core/git &&
		cat >bin/git.new <<-EOT &&
		#!/bin/sh
		GIT_EXEC_PATH='$PWD/usr/lib/git-core'
		GIT_TEMPLATE_DIR='$PWD/usr/share/git-core/templates'
		export GIT_EXEC_PATH GIT_TEMPLATE_DIR
		exec '$PWD/usr/lib/git-core/git' "\$@"
		EOT
		chmod +x bin/git.new && bin/git.new --version &&
		mv bin/git.new bin/git
	) >"$CACHE/git.log" 2>&1
}

# tool <name>: makes it ready; false where it cannot be had.
tool () {
	mkdir -p "$CACHE" && (
		flock 9 && case $1 in
		husky) npm_tool husky 9 ;;
		lefthook) npm_tool lefthook 2 ;;
		pre-commit | git-lfs) command -v "$1" >/dev/null ;;
		git) new_git ;;
		esac
	) 9>"$CACHE/lock"
}
