#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The manual as a document; tests/unit/test_manual.c holds it to the tables.
. "${0%/*}/../lib/test.sh"

pages="$TOP/src/man/git-retro.1 $TOP/src/man/git-retro-format.5
	$TOP/src/man/git-retro-hooks.7"

# over <page>: what stands out of 80 columns, as it is in the source.
over () {
	mandoc -Tascii -Owidth=80 "$1" | sed 's/.\x08//g' |
	awk 'length($0) > 80' | sed 's/^ *//'
}

if command -v mandoc >/dev/null
then
	ok 'mandoc warns of nothing' '
		may_fail mandoc -Tlint -W warning $pages >out && test_empty out
	'
	ok 'what is not to be wrapped alone is wider than 80 columns' '
		for page in $pages
		do
			sed "s/\\\\(aq/'\''/g; s/\\\\e/\\\\/g" $page |
			sed -n "/^\\.Bd/,/^\\.Ed/p" >literal &&
			over $page >wide || exit 1
			while read -r line
			do
				grep -qF -e "$line" literal ||
				{ echo "$page: $line"; exit 1; }
			done <wide
		done
	'
else
	skip 'mandoc' 'it is not installed'
fi
if command -v man >/dev/null && command -v groff >/dev/null
then
	ok 'man shows every page without a warning' '
		for page in $pages
		do
			MANWIDTH=80 man --warnings -l $page >out 2>err &&
			test_empty err && has out "SEE ALSO" || exit 1
		done
	'
else
	skip 'man' 'it is not installed'
fi
test_done
