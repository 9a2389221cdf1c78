#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The examples of git-retro(1), in English and Chinese, are what the commands
# print: one block a command, below a comment line `.\" example: <command>`.
# GOLDEN=write puts what they print now into the pages.
. "${0%/*}/../lib/test.sh"

# said <English> <Chinese>: whichever the page is in.
said () {
	[ "$language" = zh ] && echo "$2" || echo "$1"
}

# example <command> <line>...: runs each line and keeps it with what it says.
# Commit ids depend on every file of the scratch repository, so they are made
# the same.
example () {
	name=$1
	shift
	for line
	do
		printf '$ %s\n' "$line"
		eval "$line" 2>&1
	done | sed -E 's|'"$TRASH/$language"'|/home/ann|g
		s/\b[0-9a-f]{40}\b/3f2c91b0d4aa00c5b1e3f3f0e6f7f5b2a9c1d2e3/g
		s/\b[0-9a-f]{10}\b/3f2c91b0d4/g
		s/\b[0-9a-f]{7}\b/3f2c91b/g' >>"$TRASH/$language/examples/$name"
	tick
}

# of_page <command>...: of those that the scenario does not have, what the page
# says is typed.
of_page () {
	for name
	do
		[ ! -e "$TRASH/$language/examples/$name" ] || continue
		block "$name" | sed -n "s/^\$ //p" >"$TRASH/typed"
		while read -r line
		do
			example "$name" "$line"
		done <"$TRASH/typed"
	done
}

# names: every command of the help.
names () {
	LC_ALL=C git retro help | sed -n 's/^   \([a-z]*\) .*/\1/p'
}

scenario () {
	git init -q app && cd app && commit "$(said 'Load the rows' 读取数据)" data/load.py &&
	git tag v1.0.0 && example init 'git retro init' &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	commit "$(said 'Drop rows without a label' 丢弃没有标签的行)" \
		data/load.py &&
	git revert --no-edit HEAD >/dev/null && tick && git tag v1.1.0 2>/dev/null
	example new 'git retro new --release v1.1.0 --no-edit'
	sed -i -e 's/^<!-- What should the next.*/- Labels can be empty: `data\/load.py`/' \
		-e 's/^<!-- 后来的人.*/- 标签可能为空：`data\/load.py`/' \
		retros/*-v1-1-0.md
	printf '# %s\n\nDate: 2025-11-03\n\n## Actions\n\n- [ ] %s\n' \
		"$(said 'Queue outage' 队列故障)" "$(said 'Alert on lag' 延迟告警)" \
		>../outage.md
	example import 'git retro import --dry-run ../outage.md'
	git tag v1.2.0
	example skip "git retro skip v1.2.0 --reason '$(said 'only a version number' 只改了版本号)'"
	example list 'git retro list' 'git retro list --status draft --format=tsv | cut -f 1'
	example search "git retro search $(said 'empty labels' '标签 为空')"
	example show 'git retro show v1.1.0 --section pitfalls'
	example grep "git retro grep -n -i '$(said 'drop.*label' '丢弃.*标签')' --in pitfalls" \
		"git retro grep -h -e $(said 'Labels --and --not -e Drop' \
			'为空 --and --not -e 丢弃')"
	example pitfalls 'git retro pitfalls' 'git retro pitfalls --path data/load.py'
	example actions "git retro actions add v1.1.0 '$(said 'Test with empty labels' \
			用空标签测试) @ann due:2026-02-01'" \
		"git retro actions add v1.1.0 '$(said 'Count the rows' 核对行数) @bo'" \
		'git retro actions done v1.1.0#A2 --commit HEAD' \
		'git retro actions'
	example context 'git retro context data/load.py'
	example link 'git retro link v1.1.0 --path "data/**" --branch main' \
		'git retro link v1.1.0 --release v1.1.1'
	example unlink 'git retro unlink v1.1.0 --branch main'
	GIT_EDITOR="sed -i 's/^status: draft/status: finnal/'"
	export GIT_EDITOR
	example edit 'git retro edit v1.1.0'
	example check 'git retro check'
	GIT_EDITOR="sed -i 's/^status: finnal/status: draft/'"
	git retro edit v1.1.0
	git tag -a -m v1.3.0 v1.3.0 2>/dev/null
	example status 'git retro status'
	git checkout -q -b topic && git add . && tick &&
		git commit -q -m 'Draft two'
	example review 'git retro review main'
	example hooks 'git retro hooks status'
	example doctor 'git retro doctor | grep -E "^ +(due|on-tag) "'
	example help 'git retro help skip'
	commit 'Label the rows' data/label.py
	git branch release/1.0 HEAD~5
	example trace 'git retro trace v1.1.0'
	git checkout -q -b release/1.1 v1.1.0~
	example audit 'git retro audit release/1.1'
	git checkout -q topic
	example relink 'git retro link v1.1.0 --fix HEAD' \
		"git commit -q --amend -m 'Label all rows'" 'git retro relink'
	printf '%s\n' torch==2.2.0+cu121 six==1.16.0 >requirements.txt
	commit 'Pin' Dockerfile 'FROM nvidia/cuda:12.1.1' &&
		git add . && git commit -q -m 'Pin all' && git tag v1.4.0-rc1
	printf '%s\n' torch==1.13.1+cu117 uv==0.4 >requirements.txt
	commit 'Older cards' Dockerfile 'FROM nvidia/cuda:11.7.1' &&
		git commit -q -a -m 'Older packages' && git tag v1.4.0-rc2
	example stats 'git retro stats --by kind | head -6'
	example report 'git retro report --release v1.1.0' \
		'git retro report --format=markdown | git retro report --verify -'
	example site 'git retro site -o pages'
	example mcp "echo '{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}' | git retro mcp"
	example gate 'git for-each-ref --format="%(objectname) %(objectname) %(refname)" refs/tags/v1.2.0 |
  git retro gate && echo accepted'
	example notify 'git retro notify --since 2026-01-01'
	example export 'git retro export --to postgresql --match "empty labels"'
	example jot "git retro jot --pitfall --path data/load.py '$(said 'Labels differ by team' \
			各组标签不一致)'" \
		'git retro jot'
	printf '%s\n' --- 'id: batch' 'title: Batch size' 'date: 2026-01-05' \
		'status: draft' --- '# Batch size' '' \
		"$(said '| Tried | What it did | Kept |' '| 试了什么 | 效果 | 是否保留 |')" \
		'| --- | --- | --- |' \
		"$(said '| Twice the batch | +0.2, memory doubled | no |' \
			'| 批量加倍 | +0.2，内存翻倍 | 否 |')" \
		"$(said '| Warm-up | smoother | yes |' '| 预热 | 更平稳 | 是 |')" \
		>retros/batch.md
	example trials 'git retro trials --failed'
	example env 'git retro env v1.4.0-rc1..v1.4.0-rc2'
	of_page $(names)
}

# block <command>: the example as the page has it, without mdoc's escapes.
block () {
	awk -v name="$1" '
		$0 == ".\\\" example: " name { found = 1; next }
		found && /^\.Bd/ { inside = 1; next }
		inside && /^\.Ed/ { exit }
		inside { print }
	' "$page" | sed -e 's/\\e/\\/g' -e "s/\\\\(aq/'/g" -e 's/^\\&//'
}

# write <command>: puts the example into the page.
write () {
	sed -e 's/\\/\\e/g' -e "s/'/\\\\(aq/g" -e 's/^\./\\\&./' \
		"$TRASH/$language/examples/$1" >"$TRASH/new" &&
	awk -v name="$1" -v text="$TRASH/new" '
		{ if (!inside) print }
		$0 == ".\\\" example: " name { found = 1 }
		found && /^\.Bd/ {
			while ((getline line <text) > 0)
				print line
			inside = 1
		}
		inside && /^\.Ed/ { print; inside = found = 0 }
	' "$page" >"$TRASH/page" && cat "$TRASH/page" >"$page"
}

# examples <language> <page>: runs them all in a repository of that language.
examples () {
	language=$1
	page=$2
	mkdir -p "$TRASH/$language/examples"
	ok "the commands run ($language)" '
		cd "$language" && scenario && test -s "$TRASH/$language/examples/help"
	'
	for name in $(names)
	do
		case $name in
		hooks | init) kind=ok_shims ;;
		*) kind=ok ;;
		esac
		$kind "the example of $name ($language)" '
			{ [ "${GOLDEN-}" != write ] || write "$name"; } &&
			block "$name" >page && test -s page &&
			same page "$language/examples/$name"
		'
	done
}

examples en "$TOP/src/man/git-retro.1"
LC_ALL=zh_CN.UTF-8
examples zh "$TOP/src/man/zh_CN/git-retro.1"
test_done
