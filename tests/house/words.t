#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The words of the glossary: what no message says, and that each message is in
# the catalogs, whole.
. "${0%/*}/../lib/test.sh"

# What a native speaker would not write, as extended regular expressions, one a
# line: trap, tie, mend, owed and inversions.
AVOID='\b(trap|traps|tie|ties|tied|untie|mend|mends|mended|owed|owes|blanks)\b
dead (tie|link)
(%s.?|it|this|that) is no ([a-km-z]|l[a-np-z])
\b(wants|want) (a|an|one|off|on)\b
is there already$
what is [a-z]+ (about|meant|there)\??$'

# Messages that keep one of them, with the reason: none.
REASONS=''

# messages: every message of the programs, one a line.
messages () {
	make -s -C "$TOP" BUILD="$TRASH/pot" pot >/dev/null 2>&1 &&
	msgcat --no-wrap "$TRASH/pot/git-retro.pot" |
	sed -n 's/^msgid\(_plural\)\{0,1\} "\(.*\)"$/\2/p; s/^"\(.*\)"$/\1/p'
}

if command -v xgettext >/dev/null
then
	ok 'no message says what the glossary avoids' '
		messages >said && test $(wc -l <said) -gt 500 &&
		printf "%s\n" "$AVOID" >avoid &&
		may_fail grep -nE -f avoid said >bad &&
		{ test ! -s bad || { cat bad; false; }; } && test -z "$REASONS"
	'
	ok 'a catalog is sound: each placeholder fits' '
		for po in "$TOP"/src/po/*.po
		do
			msgfmt --check -o /dev/null "$po" || exit 1
		done
	'
	ok 'every message is in the catalog of Chinese' '
		make -s -C "$TOP" BUILD="$TRASH/pot" pot 2>/dev/null &&
		msgmerge -q -N --no-fuzzy-matching "$TOP/src/po/zh_CN.po" \
			"$TRASH/pot/git-retro.pot" -o merged.po &&
		msgattrib --untranslated --no-obsolete merged.po >missing &&
		{ test $(grep -c "^msgid " missing) -le 1 ||
		{ cat missing; false; }; }
	'
	ok 'no catalog keeps a message that is no more' '
		msgmerge -q -N --no-fuzzy-matching "$TOP/src/po/zh_CN.po" \
			"$TRASH/pot/git-retro.pot" -o merged.po &&
		may_fail grep "^#~" merged.po >old &&
		{ test ! -s old || { cat old; false; }; }
	'
else
	skip 'the glossary' 'gettext is not installed'
fi
ok 'templates and their notes avoid them as well' '
	printf "%s\n" "$AVOID" >avoid &&
	may_fail grep -nE -f avoid "$TOP"/templates/*.md \
		"$TOP"/templates/*.txt "$TOP"/templates/*.yml >bad &&
	{ test ! -s bad || { cat bad; false; }; }
'
test_done
