#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each fuzz target takes its seeds, and the fixtures that are like them.
. "${0%/*}/../lib/test.sh"

for target in "$TESTS"/fuzz/target/*.c
do
	target=${target##*/} target=${target%.c}
	export target
	ok "$target" '{
		"$BUILD/tests/replay-$target" "$TESTS/fuzz/seeds/$target" \
			"$TESTS/fuzz/corpus" >out 2>err || { tail err; false; }
	}'
done
test_done
