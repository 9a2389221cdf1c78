#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/formats.sh [<script>...]: the suites of the commands and of the
# hooks, or these scripts of them, in repositories of each format: named by
# SHA-256 with git as it is here; with the newest git that can be had, as git is
# here, in a reftable, and both. What cannot run there is skipped, says why, and
# stands in tests/expected-skips.
set -u
tests=$(cd "${0%/*}/.." && pwd)
TOP=${tests%/*}
. "$tests/lib/tools.sh"
[ $# -gt 0 ] || set -- "$tests"/cli/*.t "$tests"/hook/*.t
failed=0

# in_format <title> <NAME=value>... -- <script>...
in_format () {
	echo "== $1"
	shift
	while [ "$1" != -- ]
	do
		export "${1?}"
		shift
	done
	shift
	git version && "$tests/run" "$@"
}

(in_format sha256 GIT_DEFAULT_HASH=sha256 -- "$@") || failed=1
if tool git
then
	PATH=$CACHE/git/bin:$PATH
	(in_format 'the newest git' -- "$@") || failed=1
	(in_format reftable GIT_DEFAULT_REF_FORMAT=reftable -- "$@") || failed=1
	(in_format 'reftable and sha256' GIT_DEFAULT_REF_FORMAT=reftable \
		GIT_DEFAULT_HASH=sha256 -- "$@") || failed=1
else
	echo 'no newer git: reftable is not looked at'
	failed=1
fi
exit "$failed"
