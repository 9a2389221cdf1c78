#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a person sees at a terminal of 80 columns, in English and in Chinese: ten
# screens as golden files, whose lines fit and whose columns are aligned. What
# differs from machine to machine is made the same.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/readme.sh"
PTY=$BUILD/tests/pty

# said <English> <Chinese>: whichever is shown.
said () {
	[ "$language" = zh ] && echo "$2" || echo "$1"
}

perl () {
	LC_ALL=C.UTF-8 command perl "$@"
}

# at_terminal <commands>: as a terminal shows it, without colours.
at_terminal () {
	at_most 128 env TERM=xterm NO_COLOR=1 GIT_PAGER=cat "$PTY" -- sh -c "$1" |
	tr -d '\r'
}

history () {
	new_repo app && cd app && git config color.ui false &&
	commit "$(said 'Load the rows' 读取数据)" data/load.py \
		'rows = list(read_rows(path))' && git tag v1.0.0 &&
	commit "$(said 'Drop rows without a label' 丢弃没有标签的行)" data/load.py \
		'rows = [row for row in read_rows(path) if row.label]' &&
	git branch release/1.0 && tick && git revert --no-edit HEAD >/dev/null
}

# draft: v1.1.0 is tagged at the terminal, the question answered with Enter.
draft () {
	TERM=xterm NO_COLOR=1 "$PTY" -e '[?] ' -s '\r' -- git tag v1.1.0 |
	tr -d '\r'
}

# filled: what people write into the draft, and do with it.
filled () {
	sed -i -e "s/^<!-- What should the next.*/- A label can be empty: \`data\/load.py\`/" \
		-e "s/^<!-- 后来的人.*/- 标签可能为空：\`data\/load.py\`/" retros/*-v1-1-0.md &&
	git retro actions add v1.1.0 "$(said 'Test with empty labels' 用空标签测试) @ann due:2026-01-06" &&
	git retro actions add v1.1.0 "$(said 'Document the label format' 写清标签格式) @$(said bo 小波)" &&
	git add . && tick && git commit -q -m 'The retro of v1.1.0' &&
	test_clock=$((test_clock + 20 * 86400)) && tick &&
	git tag -a -m v1.2.0 v1.2.0 && git switch -q -c topic &&
	sed -i "s/^status: draft/status: finnal/" retros/*-v1-1-0.md &&
	printf 'relaeses: x\n' >>.retro.yml && tick &&
	git commit -q -a -m "$(said 'Finish the retro' 写完复盘)"
} >/dev/null 2>&1

# same_everywhere: versions, times of the hooks, sizes and names of this machine;
# what is not kept everywhere.
same_everywhere () {
	sed -E "s|$TRASH/$language|/home/ann|g
		s/[0-9]+[.][0-9]+ ms +/1.0 ms  /
		/(git|libgit2|SQLite|PCRE2|libc|cmark|libyaml|Mbed|utf8proc|jansson|git-retro).* [0-9]+[.][0-9]/d
		/^  (alive|answers|config)  /d
		/median of 20|20 次|enabled|环境|uninstall/d" |
	perl -pe 's/^  (\S+) +\d+ (bytes|字节) +/
		sprintf "  %-*s  0 %s  ", $1 eq "size" ? 5 : $1 eq "大小" ? 6 : 13, $1, $2/e' | same_ids
}

# accepted: init at the terminal, its proposal accepted with Enter.
accepted () {
	TERM=xterm NO_COLOR=1 "$PTY" -e "$(said 'q to quit: ' 'q 退出：')" -s '\r' -- \
		git retro init | tr -d '\r'
}

# screen <name> <commands>: kept under the language.
screen () {
	at_terminal "$2" | same_everywhere >"$TRASH/$language/$1"
}

screens () {
	history >/dev/null 2>&1 || return 1
	accepted | same_everywhere >"$TRASH/$language/init"
	git add . && git commit -q -m 'Keep retros' && tick
	draft | same_everywhere >"$TRASH/$language/tag"
	filled
	screen status 'git retro status'
	screen audit 'git retro audit release/1.0'
	screen trace 'git retro trace v1.1.0'
	screen show 'git retro show v1.1.0'
	screen search "git retro search $(said label 标签)"
	screen review 'git retro review main'
	screen check 'git retro check'
	screen doctor 'git retro doctor'
}

# cells: "<width>	<line>", a Chinese character being two cells.
cells () {
	perl -CSD -ne 'chomp; my $n = length;
		$n++ while /[\x{1100}-\x{115F}\x{2E80}-\x{A4CF}\x{AC00}-\x{D7A3}\x{F900}-\x{FAFF}\x{FE30}-\x{FE6F}\x{FF00}-\x{FF60}\x{FFE0}-\x{FFE6}]/g;
		print "$n\t$_\n"' "$@"
}

# ragged: lines whose second column begins in another cell than that of the line
# above: columns are parted by two spaces or more.
ragged () {
	perl -CSD -e '
		sub cells { my $s = shift; my $n = length $s;
			$n++ while $s =~ /[\x{2E80}-\x{A4CF}\x{FF00}-\x{FF60}\x{FFE0}-\x{FFE6}]/g;
			return $n }
		my ($in, $at) = (-1, -1);
		while (<>) {
			chomp;
			if (!/^( +)(\S+(?: \S+)*)(  +)\S/) { ($in, $at) = (-1, -1); next }
			my ($indent, $now) = (length $1, cells("$1$2$3"));
			print "$now, not $at: $_\n" if $indent == $in && $now != $at;
			($in, $at) = ($indent, $now);
		}' "$@"
}

for language in en zh
do
	[ "$language" = en ] || LC_ALL=zh_CN.UTF-8
	mkdir $language
	ok "the commands run ($language)" '
		cd $language && screens && test -s ../doctor
	'
	for name in init tag status audit trace show search review check doctor
	do
		kind=ok_sha1
		[ $hooks_are_files = 1 ] || kind=ok_shims
		$kind "the screen of $name ($language)" '
			test -s $language/$name &&
			golden screens/$language/$name $language/$name
		'
	done
done
ok 'each line fits into 80 cells' '
	cells "$TESTS"/golden/screens/*/* | awk -F "\t" "\$1 > 80" |
	may_fail grep -v "\[Y\]\|	retros/.*:[0-9]*:[0-9]*: " >wide && test_empty wide
'
ok 'columns are aligned in cells' '
	for screen in "$TESTS"/golden/screens/*/*
	do
		ragged $screen | sed "s|^|${screen#"$TESTS"/golden/}: |"
	done >ragged && test_empty ragged &&
	printf "  一二  x\n  abcd  y\n" >good && ragged good >ragged && test_empty ragged &&
	printf "  一二  x\n  ab  y\n" >bad && ragged bad >ragged && test -s ragged
'
test_done
