#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Random changes of random retros, merged: no word of either side is lost.
. "${0%/*}/../lib/test.sh"

for seed in 1 4 7
do
	ok "20 random merges, seed $seed" '
		mkdir r && cd r && { "$TESTS"/fuzz/merge.pl "$seed" 20 >out
			result=$?
			cat out
			cd ..
			rm -rf r
			test $result = 0
		}
	'
done
test_done
