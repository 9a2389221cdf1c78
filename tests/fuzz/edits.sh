#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/fuzz/edits.sh [-v] [<seed> [<count> [<folder>...]]]: that many random
# edits of the Markdown files in the folders (10,000 of the project's own
# fixtures), each checked byte for byte; the folders are only read. Prints the
# seed, the count and the refusals by reason; -v shows each refusal.
set -u
tests=$(cd "${0%/*}/.." && pwd) || exit 1
BUILD=${BUILD:-${tests%/*}/build}
verbose=
[ "${1-}" != -v ] || { verbose=-v; shift; }
seed=${1:-1}
count=${2:-10000}
if [ $# -lt 2 ]
then
	shift $#
else
	shift 2
fi
[ $# -gt 0 ] || set -- "$tests"
exec "$BUILD/tests/fuzz-edit" $verbose "$seed" "$count" "$@"
