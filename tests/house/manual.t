#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The manual as a document; tests/unit/test_manual.c holds it to the tables.
. "${0%/*}/../lib/test.sh"

names="git-retro.1 git-retro-format.5 git-retro-hooks.7"
pages="$TOP/src/man/git-retro.1 $TOP/src/man/git-retro-format.5
	$TOP/src/man/git-retro-hooks.7"

# chinese <name>: the page as it is installed, in the scratch folder.
chinese () {
	LC_ALL=C awk -f "$TOP/src/man/chinese.awk" "$TOP/src/man/zh_CN/$1" >"zh-$1"
}

# heads <page>: what is in the page in any language: its sections, and the
# commands, options, fields, settings, rules, files and variables that it explains.
heads () {
	sed -n "s/^\.S\([hs]\) .*/S\1/p" "$1" &&
	grep -E "^\.(It (Xo|Nm|Fl|Ic|Ev|Pa|Cm|Ql)|Nm git|Op|Xc|Ar [a-z.]+ \.\.\.)" "$1"
}

# literals <page>: what programs print or read, comments and examples aside.
literals () {
	sed -n "/^\.Sh \(EXAMPLES\|示例\)/q; /^\.Bd/,/^\.Ed/p" "$1" | sed "s/ *# .*//"
}

# cells: the width of each line in a terminal, and the line.
cells () {
	perl -CS -ne 'chomp; my $n = length;
		$n++ while /[\x{1100}-\x{115F}\x{2E80}-\x{A4CF}\x{AC00}-\x{D7A3}\x{F900}-\x{FAFF}\x{FE30}-\x{FE6F}\x{FF00}-\x{FF60}\x{FFE0}-\x{FFE6}]/g;
		print "$n\t$_\n"'
}

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
	# mandoc knows no other name for the section NAME.
	ok 'nor in Chinese' '
		for name in $names
		do
			chinese $name && may_fail mandoc -Tlint -W warning zh-$name
		done >out && may_fail grep -v "NAME" out >left && test_empty left
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
	ok 'and in Chinese, in 80 cells a line' '
		for name in $names
		do
			chinese $name && MANWIDTH=80 man --warnings -l zh-$name >out 2>err &&
			test_empty err && has out "另见" &&
			sed -n "/^\.Bd/,/^\.Ed/p" $TOP/src/man/zh_CN/$name |
				sed "s/\\\\(aq/\x27/g; s/\\\\e/\\\\/g" >literal &&
			cells <out | awk -F "\t" "\$1 > 80 { sub(/^ */, \"\", \$2); print \$2 }" >wide &&
			while read -r line
			do
				grep -qF -e "$line" literal ||
				{ echo "$name: $line"; exit 1; }
			done <wide
		done
	'
else
	skip 'man' 'it is not installed'
fi
ok 'a page in Chinese explains what the page in English does' '
	for name in $names
	do
		heads $TOP/src/man/$name >en && heads $TOP/src/man/zh_CN/$name >zh &&
		test $(wc -l <en) -gt 8 && same en zh &&
		literals $TOP/src/man/$name >en &&
		literals $TOP/src/man/zh_CN/$name >zh && test -s en && same en zh ||
		{ echo $name; exit 1; }
	done
'
ok 'no space between Chinese characters, none beside a full-width mark' '
	printf "%s\n" ".Sh 名称" 一行 "二行，" ".Ic list ，" 三行 ".Ql a b" （四） \
		五行 ".Pa x" >page &&
	LC_ALL=C awk -f "$TOP/src/man/chinese.awk" page |
		sed "s/\\\\://g" >out &&
	printf "%s\n" ".Sh 名称" ".No 一行二行， Ns Ic list Ns ，三行" \
		".So a b Sc Ns （四）五行" ".Pa x" >want && same want out
'
test_done
