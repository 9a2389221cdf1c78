#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The index, held to a work tree that changes at random.
. "${0%/*}/../lib/test.sh"

ok 'what is there is found, whatever came, went or was set back' '
	mkdir tree && cd tree && PATH=$BUILD:$PATH "$TESTS"/fuzz/fresh.pl 1 40
'
test_done
