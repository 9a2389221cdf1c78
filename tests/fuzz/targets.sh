#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/fuzz/targets.sh <seconds> <target>...: runs each target that long with
# libFuzzer, two at a time, from its seeds and from what earlier runs found
# ($BUILD/corpus). Prints the seed and how many inputs were tried, and keeps
# one that breaks a target; `make fuzz` calls it.
set -u
tests=$(cd "${0%/*}/.." && pwd) || exit 1
BUILD=${BUILD:-${tests%/*}/build/fuzz}
SEED=${SEED:-1}
seconds=$1
shift
mkdir -p "$BUILD/corpus" "$BUILD/log"

one () {
	mkdir -p "$BUILD/corpus/$1"
	set -- "$1" "$tests/fuzz/seeds/$1"
	[ -d "$2" ] || set -- "$1"
	"$BUILD/tests/libfuzzer-$1" -seed="$SEED" -max_total_time="$seconds" \
		-timeout=10 -rss_limit_mb=2048 -max_len=65536 \
		-artifact_prefix="$BUILD/log/$1-" -print_final_stats=1 \
		"$BUILD/corpus/$1" ${2+"$2"} "$tests/fuzz/corpus" \
		>"$BUILD/log/$1" 2>&1
	code=$?
	printf '%s: seed %s, %s executions, exit %s\n' "$1" "$SEED" \
		"$(sed -n 's/^stat::number_of_executed_units: *//p' \
			"$BUILD/log/$1")" "$code"
	[ $code = 0 ] || tail -n 30 "$BUILD/log/$1"
	return $code
}

result=0
while [ $# -gt 0 ]
do
	one "$1" & first=$! second=
	[ $# -lt 2 ] || { one "$2" & second=$!; }
	wait $first || result=1
	[ -z "$second" ] || wait $second || result=1
	shift
	[ $# = 0 ] || shift
done
exit $result
