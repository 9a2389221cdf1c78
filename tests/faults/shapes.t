#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Some of the shapes of shapes.pl, half a megabyte each, through the commands
# and hooks of shapes.sh: those that gave way once, and a product of two sizes.
# All of them, a megabyte, with every command: SHAPES=all tests/faults/shapes.sh
. "${0%/*}/../lib/test.sh"

# A slow machine has its time: what grows by the square of its size takes 20 s
# for a megabyte where it takes these 5. Sanitizers look for what is read and
# written wrongly, not for size: a fiftieth of a megabyte has every path.
bounds="SECONDS_MAX=5 MEGABYTES_MAX=250" bytes=500000
[ -z "$sanitized" ] ||
	bounds="SECONDS_MAX=60 MEGABYTES_MAX=8000" bytes=20000

for shape in all-sections pitfalls tables plain-actions tag-patterns \
	open-comments commits-and-refs image here-texts taken-back
do
	ok "$bytes bytes: $shape" "
		env $bounds '$TESTS/faults/shapes.sh' $bytes $shape
	"
done
ok 'there are sixty shapes and more, each with a name of its own' '
	"$TESTS/faults/shapes.pl" >names && test "$(wc -l <names)" -ge 60 &&
	test -z "$(sort names | uniq -d)"
'
test_done
