#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Random edits of the fixtures lose nothing; `make fuzz` makes more of them.
. "${0%/*}/../lib/test.sh"

ok 'random edits change what they should and nothing else' '
	{ "$TESTS"/fuzz/edits.sh 1 2000 >out 2>&1 || { cat out; false; }; } &&
	grep "^seed 1: 2000 edits" out
'
ok 'a seed gives the same edits each time' '
	"$TESTS"/fuzz/edits.sh 7 300 >one && "$TESTS"/fuzz/edits.sh 7 300 >two &&
	cmp one two && "$TESTS"/fuzz/edits.sh 8 300 >three && ! cmp -s one three
'
test_done
