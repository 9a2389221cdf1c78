#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Mutilated copies of the fixtures are held to the rules and mended; `make fuzz`
# makes more of them.
. "${0%/*}/../lib/test.sh"

ok 'every problem lies in the file, and mending ends' '
	{ "$BUILD/tests/fuzz-check" 1 2000 "$TESTS" >out 2>&1 ||
		{ cat out; false; }; } &&
	has out "2000 copies"
'
test_done
