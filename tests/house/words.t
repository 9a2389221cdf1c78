#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The words of the glossary: what no message says, and that each message is in
# the catalogs, whole.
. "${0%/*}/../lib/test.sh"

# What a native speaker would not write, as extended regular expressions, one a
# line: the words that the glossary replaces, and inversions.
AVOID='\b(trap|traps|tie|ties|tied|untie|mend|mends|mended|owe|owed|owes|blanks)\b
dead (tie|link)
(%s.?|it|this|that) is no ([a-km-z]|l[a-np-z])
\b(wants|want) (a|an|one|off|on)\b
is there already$
what is [a-z]+ (about|meant|there)\??$
\b(nobody is|no trap|their business|a line each|with it, as without)\b'

# In prose also a clause that ends in what something is.
PROSE='\bwhat( [a-z]+){0,2} (is|are|was|were|stands?|lies)[.,;:]
\b(stands? in|lies? in|lies? below|is told|are told|as one stands|one steps)\b
\b(holds|held) (the|all|a|an|them|it|what)\b
\b(must hold|at most so many|never an answer|none of its business)\b'

# Lines that keep one of them, with the reason: none.
REASONS=''

# Messages that are pieces, as pieces.pl prints them, and why they may be.
PIECES=", |the comma of a list, whatever its items are
; |the semicolon between two remarks
 (|the parenthesis before a remark
: |the colon between a name and what is said of it
 and %zu more|the end of a list that was cut
  and %zu more: %s|a line that is set in
  hint: %s|a line that is set in
  tag pattern: |a line that is set in, before a list
  tag patterns: |a line that is set in, before a list
  release branches: |a line that is set in, before a list
 lacking: |a column of --stdin, before a list
 unknown: |a column of --stdin, before a list
%d retros|several texts of one table, each whole
%s (%s)|the second is a mark of its own
%s was split into %s (%s)\\n%s is now %s (%s)\\n|the last says how it was found"

# prose <file>...: what a person reads of pages: not literal blocks, code spans,
# the names of keys.
prose () {
	for file
	do
		case $file in
		*.md) perl -0pe 's/^```.*?^```$//gms; s/^    .*$//gm;
			s/`[^`]*`//g' "$file" ;;
		*) sed '/^\.Bd/,/^\.Ed/d; /^\.\\"/d; /^\.\(It \)*\(Ic\|Ql\|Fl\|Cm\|Pa\) /d' \
			"$file" ;;
		esac | sed "s|^|${file##*/}: |"
	done
}

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
ok 'neither do the manual and the README' '
	printf "%s\n" "$AVOID" "$PROSE" >avoid &&
	prose "$TOP"/src/man/*.[157] "$TOP"/README.md "$TOP"/src/README.md >said &&
	test $(wc -l <said) -gt 1500 && may_fail grep -nE -f avoid said >bad &&
	{ test ! -s bad || { cat bad; false; }; } && test -z "$REASONS"
'
ok 'no message is put together from pieces' '
	cd "$TOP" && perl tests/house/pieces.pl src/*.c src/*/*.c |
		sed -n "s/^[^ ]*: .\(.*\). \(begins\|is filled\).*/\1/p" |
		sort -u >"$TRASH/pieces" &&
	printf "%s\n" "$PIECES" | sed "s/|.*//" | sort -u >"$TRASH/known" &&
	same "$TRASH/known" "$TRASH/pieces"
'
ok 'every error and hint can be translated, but what agents read' '
	cd "$TOP" && perl tests/house/unsaid.pl $(ls src/*.c src/*/*.c |
		grep -v ^src/mcp/) |
		may_fail grep -v ": Issue key$" >"$TRASH/unsaid" && test_empty "$TRASH/unsaid" &&
	printf "%s\n" "err_new(ERR_USAGE, _(\"a b\"));" \
		"err_new(ERR_USAGE, n ? \"c d\" : \"e f\");" >"$TRASH/x.c" &&
	perl tests/house/unsaid.pl "$TRASH/x.c" >"$TRASH/unsaid" &&
	test $(wc -l <"$TRASH/unsaid") = 2
'
ok 'a piece is found' '
	printf "%s\n" "f(_(\" of \"));" "buf_addf(out, _(\"a %s b\"), _(\"c\"));" \
		"buf_addf(out, _(\"a: %s\"), _(\"whole\"));" >x.c &&
	perl "$TESTS/house/pieces.pl" x.c >out && test $(wc -l <out) = 2
'
ok 'the README names every command, in both languages' '
	for page in README.md src/README.zh_CN.md
	do
		git retro help | sed -n "s/^   \([a-z-]*\) .*/\1/p" | grep -vx help |
		while read -r name
		do
			grep -q "^|.*\`$name\`" "$TOP/$page" || echo "$page: $name"
		done
	done >missing && test_empty missing
'
ok 'the README is for those who use it' '
	test $(wc -l <"$TOP/README.md") -lt 300 && lacks "$TOP/README.md" "Source tour" &&
	has "$TOP/src/README.md" "## Source tour" &&
	head -4 "$TOP/README.md" | grep -q "中文" && head -50 "$TOP/README.md" | grep -q "^## Install"
'
ok 'templates and their notes avoid them as well' '
	printf "%s\n" "$AVOID" >avoid &&
	may_fail grep -nE -f avoid "$TOP"/templates/*.md \
		"$TOP"/templates/*.txt "$TOP"/templates/*.yml >bad &&
	{ test ! -s bad || { cat bad; false; }; }
'
test_done
