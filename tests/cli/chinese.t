#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In Chinese: the same answers, the same output for programs, and no sentence
# of English. The locale need not be installed.
. "${0%/*}/../lib/test.sh"

# in_chinese <command>...: as a reader of Chinese has it.
in_chinese () {
	LC_ALL=zh_CN.UTF-8 git retro "$@"
}

# both <command>...: standard output and exit code are the same in both.
both () {
	in_chinese "$@" >zh 2>/dev/null
	here=$?
	LC_ALL=C git retro "$@" >en 2>/dev/null
	test "$?" = "$here" && same en zh
}

# english: the lines with a sentence of English, names of things aside.
english () {
	grep -vE "git retro|git-retro|libgit2|GIT_|^ *--|<!--|human|release, |: \[" |
	grep -E "[a-z]+ [a-z]+ [a-z]+ [a-z]+"
}

# plain: the lines of options that nothing Chinese stands in, and three words do.
plain () {
	grep -E "^  +" | LC_ALL=C grep -v "[^ -~]" |
	grep -E "  [a-z]+ [a-z]+ [a-z]+"
}

# too_wide: the lines over 80 columns, a Chinese character being two.
too_wide () {
	perl -CS -ne 'chomp; my $n = length; $n++ while /[\x{2E80}-\x{FFE6}]/g;
		print "$n $_\n" if $n > 80'
}

history () {
	new_repo r && cd r && commit 'Load' load.c && git tag v1.0.0 &&
	git retro init --language zh >/dev/null 2>&1 &&
	git retro new --release v1.0.0 --no-edit >/dev/null &&
	sed -i 's/^<!-- 后来的人.*/- P1: 标签可能为空：`load.c`/' retros/*-v1-0-0.md &&
	git retro actions add @ '补测试 @ann due:2026-01-06' 2>/dev/null &&
	git add . && git commit -q -m 'Retro' && tick &&
	commit 'Fix labels' load.c && git retro link @#P1 --fix HEAD 2>/dev/null &&
	git tag v1.1.0 && printf 'relaeses: x\n' >>.retro.yml
}

history >/dev/null 2>&1 || exit 1
cd ..
ok 'what programs read, and exit codes, are the same' '
	cd r && for c in "list --format=json" "list --format=tsv" \
		"status --format=json" "status --exit-code --format=json" \
		"actions --format=json" "pitfalls --format=json" \
		"check --format=json" "check --format=sarif" \
		"search --format=json 标签" "context --format=json load.c" \
		"trace --format=json @" "audit --format=json" \
		"show --format=json @" "review --format=json HEAD~1"
	do
		both $c || { echo "$c"; exit 1; }
	done
'
ok 'an index filled in one language answers in the other' '
	cd r && git retro doctor --rebuild-index >/dev/null 2>&1 &&
	in_chinese check >zh 2>&1 && LC_ALL=C git retro check >en 2>&1 &&
	has zh "未知设置" && has en "unknown setting" && lacks en "未知"
'
ok 'the help of every command: no sentence of English, 80 columns' '
	for c in $(git retro help | sed -n "s/^   \([a-z]*\) .*/\1/p")
	do
		in_chinese $c -h | sed "/^示例/,\$d" >help && has help "用法" &&
		may_fail english <help >left && may_fail too_wide <help >wide &&
		may_fail plain <help >plain && test_empty plain &&
		test_empty left && test_empty wide || { echo "$c"; exit 1; }
	done
'
ok 'what commands say: no sentence of English' '
	cd r && for c in status list actions pitfalls check doctor "trace @" \
		audit "list --foo" "show nope" "new --kind x" "skip" "link" \
		"review HEAD~1" "search nothing" ""
	do
		may_fail in_chinese $c >said 2>&1 && test -s said &&
		may_fail english <said >left && test_empty left ||
		{ echo "$c"; exit 1; }
	done
'
ok 'nor in what is built, counted, tried and set up' '
	new_repo built && cd built && commit "FROM nvidia/cuda:12.1.1" Dockerfile &&
	printf "torch==2.2.0\n" >requirements.txt && printf "version = 9\n" >uv.lock &&
	git add . && git commit -q -m Pin && git tag v1.0.0 &&
	printf "torch==1.13.1\nuv==0.4\n" >requirements.txt && tick &&
	git commit -q -a -m Older && in_chinese init >/dev/null 2>&1 &&
	in_chinese new --no-edit 试验 >/dev/null 2>&1 && in_chinese jot 各组标签不一致 >/dev/null 2>&1 &&
	printf "\n| 试了什么 | 效果 | 是否保留 |\n| --- | --- | --- |\n| 批量加倍 | 更慢 | 否 |\n" \
		>>$(ls retros/2*.md) &&
	for c in env "env v1.0.0..HEAD" "stats" "trials" "report" "jot" \
		"hooks status" "relink" "show @" "review HEAD~1" \
		"new --list-templates" "site -o pages"
	do
		may_fail in_chinese $c >said 2>&1 && test -s said &&
		may_fail english <said >left && test_empty left &&
		lacks said "base image" && lacks said "not read" ||
		{ echo "$c"; exit 1; }
	done
'
ok 'nor in what goes to a chat, a server, an agent and other repositories' '
	mkdir many && cp -R r many/r && git init -q --bare many/empty.git &&
	cd many/r && git config core.hooksPath hooks &&
	for c in "notify --format markdown" "notify --format slack" \
		"notify --format feishu" "hooks install --server" "gate --foo" \
		"mcp foo" "init --agents" "init --agents --remove" \
		"export --to foo" "list --repos=/nonexistent" "status --repos=.." \
		"audit --repos=.." "stats --repos=.." "actions --repos=.." \
		"merge-file" "import" "import /nonexistent" "edit --from"
	do
		may_fail in_chinese $c >said 2>&1 </dev/null && test -s said &&
		grep -q "[^ -~]" said && may_fail english <said >left &&
		test_empty left && lacks said "No such file" &&
		lacks said "no commits" && lacks said "Retros:" ||
		{ echo "$c"; cat said; exit 1; }
	done
'
ok 'a page in Chinese says that it is' '
	cd r && LC_ALL=C git retro report --language zh --format html >out &&
	has out "lang=\"zh-Hans\"" && LC_ALL=zh_CN.UTF-8 git retro report \
		--format html >out && has out "lang=\"zh-Hans\"" &&
	LC_ALL=zh_CN.UTF-8 git retro report --language en --format html >out &&
	has out "lang=\"en\"" && LC_ALL=C git retro report --format html >out &&
	has out "lang=\"en\""
'
ok 'a digest is in the language of the team' '
	cd r && git config retro.language zh &&
	LC_ALL=C git retro notify --format slack >out && has out "复盘" &&
	git config retro.language en &&
	in_chinese notify --format slack >out && lacks out "复盘：" &&
	git config --unset retro.language
'
ok 'a locale that is not installed, of any charset, has its language' '
	cd r && for name in zh_CN.GB18030 zh_CN zh_CN.UTF-8@pinyin zh
	do
		LC_ALL=$name git retro status >out && has out "行动项" ||
		{ echo "$name"; exit 1; }
	done
'
ok 'readers of traditional characters get simplified ones' '
	cd r && LC_ALL=zh_TW.UTF-8 git retro status >out && has out "行动项" &&
	LC_ALL=zh_HK.UTF-8 git retro status >out && has out "行动项"
'
# Since version 2.43 that of the GNU C library says nothing where C.UTF-8 is the
# locale.
ok 'messages are not looked up by gettext(3)' '
	nm -D --undefined-only "$BUILD/git-retro" >needs && has needs strerror &&
	! grep -E "gettext(@|$)" needs
'
ok 'LANGUAGE decides, and C is English' '
	cd r && LC_ALL=C.UTF-8 LANGUAGE=zh_CN git retro status >out &&
	has out "行动项" && LC_ALL=C LANGUAGE=zh_CN git retro status >out &&
	has out "action"
'
ok 'LANGUAGE may list many languages: the first that there is counts' '
	cd r && LC_ALL=C.UTF-8 \
		LANGUAGE=aa_ER:bb_BB:cc_CC:dd_DD:ee_GH:ff_SN:gg_GG:hh:zh_CN \
		git retro status >out && has out "行动项"
'
ok 'where there is none for the first language, a page is in the second' '
	cd r && LC_ALL=C.UTF-8 LANGUAGE=de:zh_CN git retro report >out &&
	has out "行动项" &&
	LC_ALL=C.UTF-8 LANGUAGE=de:zh_CN git retro report --format html >out &&
	has out "lang=\"zh-Hans\"" &&
	LC_ALL=C.UTF-8 LANGUAGE=de:C:zh_CN git retro report --format html >out &&
	has out "lang=\"en\""
'
ok 'the program that git starts first opens no catalog' '
	nm "$BUILD/git-retro" | grep -q "catalog_open" &&
	nm "$BUILD/git-retro-hook" >names && test $(wc -l <names) -gt 50 &&
	! grep "catalog_open" names
'
ok 'a review is in the language of the team' '
	cd r && LC_ALL=C git retro review HEAD~1 >out && has out "复盘" &&
	git config retro.language en &&
	in_chinese review HEAD~1 >out && has out "Retros of this branch"
'
ok 'audit parts names by the comma of the language' '
	new_repo lines && (cd lines && commit one && git branch release/1.0 && commit two &&
		in_chinese audit >out && has out "HEAD，release/1.0" &&
		git retro audit >out && has out "HEAD, release/1.0")
'
ok 'init proposes Chinese to who reads it, and where commits are in Chinese' '
	new_repo one && (cd one && in_chinese init >/dev/null &&
		has .retro.yml "language: zh") &&
	new_repo two && (cd two && commit 修复标签 && git retro init >/dev/null &&
		has .retro.yml "language: zh") &&
	new_repo three && (cd three && commit "Fix labels" &&
		git retro init >/dev/null && has .retro.yml "language: en")
'
test_done
