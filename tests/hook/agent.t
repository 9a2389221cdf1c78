#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The hook of coding agents: past pitfalls of what they edit.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"

# long <n>: a file in which load_all() is too long to be one place.
long () {
	printf 'int load_all(int n)\n{\n\tint total = n;\n'
	seq -f '	total = add_value_of(total, %g);' "$1"
	printf '\tif (total < 0)\n\t\treturn 0;\n\treturn total;\n}\n'
}

# fixed <name>: a repository whose retro names a fix of src/load.c; its hook has
# been told of all of it.
fixed () {
	hooked "$1" && long 40 >load && commit base src/load.c "$(cat load)" &&
	sed "s/total < 0/total < limit_of_labels/" load >fix &&
	commit fix src/load.c "$(cat fix)" && fix=$(git rev-parse HEAD) &&
	rm load fix && commit test tests/load.sh "run the loader" && retro_with "Labels can be empty"
}

# retro_with <pitfall> [<line>...]
retro_with () {
	mkdir -p retros && text=$1 && shift &&
	printf '%s\n' --- 'id: empty' 'title: Empty labels' 'date: 2026-01-05' \
		'status: final' "commits: [{pitfall: P1, fix: [$fix], guard: [tests/load.sh]}]" \
		"$@" --- '' '## Pitfalls' '' "- P1: $text" >retros/empty.md &&
	git add retros && git commit -q -n -m retro
}

# event <tool> <tool_input as jq makes it> [<event> [<session>]]
event () {
	jq -nc --arg cwd "$PWD" --arg tool "$1" --arg name "${3:-PreToolUse}" \
		--arg session "${4:-one}" "{session_id: \$session, cwd: \$cwd,
		hook_event_name: \$name, tool_name: \$tool, tool_input: ($2)}"
}

# ask <event's arguments>: what is answered is in out; the lines for the model
# in said.
ask () {
	event "$@" | git retro hook agent >out 2>err && test_empty err &&
	jq -r ".hookSpecificOutput.additionalContext // .additional_context // empty" \
		out >said
}

# bounded: what this shell starts gets 500 MB; sanitizers need more.
bounded () { test -n "$sanitized" || ulimit -v 500000; }
said () { has said "$1"; }
silence () { test_empty out; }

edit='{file_path: ($cwd + "/src/load.c"), old_string: "total < limit_of_labels", new_string: "total < 0"}'

ok 'an edit that undoes a fix is told of it, once a session' '
	fixed undo && ask Edit "$edit" &&
	said "git retro: src/load.c: \"Labels can be empty\" (empty#P1, final; removes a line that its fix $(echo $fix | cut -c1-10) added: if (total < limit_of_labels)" &&
	test "$(jq -r .hookSpecificOutput.hookEventName out)" = PreToolUse &&
	test "$(wc -l <said)" = 1 && ask Edit "$edit" && silence &&
	ask Edit "$edit" PreToolUse two && said empty#P1
'

ok 'a retro without a status has none' '
	fixed bare && sed -i "/^status/d" retros/empty.md && git commit -q -n -a -m bare &&
	ask Edit "$edit" && said "(empty#P1; removes a line"
'

ok 'the fixed function is for who says what the change is about' '
	fixed far && ask Edit "{file_path: \"src/load.c\", old_string: \"return total\", new_string: \"return limit_of_labels\"}" &&
	silence && sed -i "s/int total/long total/" src/load.c && git commit -q -a -m "Fix it" &&
	git retro context --commit HEAD >out && has out "changed load_all() (same function)"
'

ok 'one elsewhere in the file is none of its business' '
	fixed elsewhere && commit other src/other.c "int x;" &&
	ask Edit "{file_path: \"src/other.c\", old_string: \"int x\", new_string: \"long x\"}" && silence &&
	ask Write "{file_path: \"src/new.c\", content: \"int y;\"}" && silence &&
	ask Read "{file_path: \"src/load.c\"}" PreToolUse three && silence
'

ok 'Write, MultiEdit and apply_patch are compared with what is on disk' '
	fixed forms && after=$(sed "s/total < limit_of_labels/total < 0/" src/load.c) && export after &&
	ask Write "{file_path: \"src/load.c\", content: env.after}" PreToolUse w && said empty#P1 &&
	ask MultiEdit "{file_path: \"src/load.c\", edits: [{old_string: \"int total\", new_string: \"int  total\"}, {old_string: \"total < limit_of_labels\", new_string: \"total < 0\"}]}" PreToolUse m && said empty#P1 &&
	patch=$(printf "%s\n" "*** Begin Patch" "*** Update File: src/load.c" "@@ int load_all(int n)" "-	if (total < limit_of_labels)" "+	if (total < 0)" " 		return 0;" "*** End Patch") && export patch &&
	ask apply_patch "{command: env.patch}" PreToolUse p && said empty#P1 &&
	ask Bash "{command: (\"apply_patch <<EOF\n\" + env.patch + \"\nEOF\")}" PreToolUse b && said empty#P1 &&
	ask apply_patch "{command: [\"apply_patch\", env.patch]}" PreToolUse c && said empty#P1 &&
	ask Bash "{command: \"make\"}" PreToolUse d && silence
'

ok 'after the edit, as Cursor tells it, HEAD has what was' '
	fixed after && sed -i "s/total < limit_of_labels/total < 0/" src/load.c &&
	ask Write "{file_path: (\$cwd + \"/src/load.c\")}" postToolUse && said empty#P1 &&
	test "$(jq -r "keys[]" out)" = additional_context &&
	ask Edit "{file_path: \"src/load.c\"}" PostToolUse two && said empty#P1 &&
	test "$(jq -r .hookSpecificOutput.hookEventName out)" = PostToolUse &&
	ask Write "{file_path: \"src/load.c\"}" preToolUse three && silence
'

ok 'a guard that is edited, skipped or deleted' '
	fixed guard && ask Edit "{file_path: \"tests/load.sh\", old_string: \"the\", new_string: \"a\"}" PreToolUse g && said "guards it: tests/load.sh" &&
	patch=$(printf "%s\n" "*** Begin Patch" "*** Delete File: tests/load.sh" "*** End Patch") && export patch &&
	ask apply_patch "{command: env.patch}" PreToolUse d && said "removes its guard"
'

ok 'three lines at most, and what is muted not at all' '
	fixed many && for n in 1 2 3 4 5
	do
		sed "s/id: empty/id: also-$n/" retros/empty.md >retros/also-$n.md || return 1
	done && git add . && git commit -q -n -m more &&
	git retro context --mute empty#P1 >/dev/null &&
	ask Edit "$edit" && test "$(wc -l <said)" = 3 && lacks said "(empty#P1"
'

ok 'what is unknown or broken is silence, and no error' '
	fixed bad && for text in "" "{" "[]" "null" "{}" "\"x\"" "[[[[" "{\"hook_event_name\": 1}" \
		"{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"Edit\", \"tool_input\": []}" \
		"{\"hook_event_name\": \"Stop\", \"tool_name\": \"Edit\", \"tool_input\": {\"file_path\": \"src/load.c\"}}"
	do
		printf "%s" "$text" | git retro hook agent >out 2>&1 && test_empty out || return 1
	done &&
	for path in / /etc/passwd ../x .git/config src retros "" "src/load.c/x"
	do
		ask Write "{file_path: \"$path\", content: \"total < 0\"}" && silence || return 1
	done &&
	cd / && echo "{}" | GIT_DIR=/nonexistent git-retro hook agent >"$TRASH/out" 2>&1 && test_empty "$TRASH/out"
'

ok 'where git cannot compare, that is said' '
	fixed broken && ask Edit "$edit" && said empty#P1 && git config diff.orderFile /nonexistent &&
	event Edit "$edit" PreToolUse two >one && git retro hook agent <one >out 2>err && silence && has err "git diff exited with 128"
'

ok 'edits that make more text than is looked at are passed over' '
	fixed bomb && grows="{file_path: \"src/load.c\", edits: [range(40) | {old_string: \"t\", new_string: (\"t\" * 60000), replace_all: true}]}" &&
	event MultiEdit "$grows" >one && (bounded && git retro hook agent <one >out 2>err) && silence && test_empty err &&
	many="{file_path: \"src/load.c\", edits: [range(3000) | {old_string: \"total\", new_string: \"total \"}]}" &&
	seq 100000 >>src/load.c && event MultiEdit "$many" >one && (bounded && git retro hook agent <one >out 2>err) &&
	silence && test_empty err
'

ok 'a link is not followed, and a path through one is known' '
	fixed links && ln -s src/load.c link && ask Edit "{file_path: \"link\", old_string: \"total < limit_of_labels\", new_string: \"total < 0\"}" && silence &&
	cd .. && ln -s links other && cd links &&
	ask Edit "{file_path: (\$cwd + \"/../other/src/load.c\"), old_string: \"total < limit_of_labels\", new_string: \"total < 0\"}" && said empty#P1
'

ok 'a retro that changed is read anew, and one that is gone is silent' '
	fixed anew && ask Edit "$edit" && retro_with "Labels of old files can be empty" &&
	ask Edit "$edit" PreToolUse two && said "Labels of old files" &&
	git rm -q -r retros && git commit -q -n -m none && ask Edit "$edit" PreToolUse three && silence
'

ok 'what is kept of the fixes of other retros stays when one is read' '
	fixed others && commit save src/save.c "int saved;" && commit fix src/save.c "int saved_twice;" &&
	sed "s/^id: .*/id: saved/; s/fix: \[[0-9a-f]*\]/fix: [$(git rev-parse HEAD)]/" retros/empty.md >retros/saved.md &&
	git add retros && git commit -q -n -m saved && ask Edit "$edit" && said empty#P1 &&
	git retro context src/save.c >context && has context saved && grep "^commit" .git/retro/touched | sort >before &&
	has before "$(git rev-parse HEAD~1)" && has before "$fix" && git mv src/load.c src/read.c && git commit -q -n -m moved && cp src/read.c src/load.c &&
	ask Edit "$edit" PreToolUse two && grep "^commit" .git/retro/touched | sort >after && same before after &&
	has .git/retro/touched "moved src/load.c	src/read.c"
'

ok 'what a fix did to the file is kept' '
	fixed kept && ask Edit "$edit" && cp said want && cp .git/retro/hunks ../hunks && has ../hunks limit_of_labels &&
	event Edit "$edit" PreToolUse two >two && GIT_TRACE=$PWD/trace git-retro hook agent <two >out && has out empty#P1 &&
	if grep "built-in: git diff-tree" trace; then false; fi &&
	for i in 3 22 60 100 200
	do
		cp ../hunks .git/retro/hunks && printf X | dd of=.git/retro/hunks bs=1 seek=$i conv=notrunc 2>/dev/null &&
		ask Edit "$edit" PreToolUse "s$i" && same want said || exit 1
	done
'
ok 'but not where another commit stands for the fix' '
	fixed stands && ask Edit "$edit" && said empty#P1 && has .git/retro/hunks limit_of_labels &&
	other=$(git commit-tree -p "$fix~1" -m other "$fix~1^{tree}") && git replace "$fix" "$other" &&
	event Edit "$edit" PreToolUse two >two && GIT_TRACE=$PWD/trace git-retro hook agent <two >out &&
	has trace "built-in: git diff-tree"
'

ok 'off with GIT_RETRO=0, and with on-commit: off' '
	fixed off && event Edit "$edit" >one && GIT_RETRO=0 git retro hook agent <one >out && silence &&
	policy "on-commit: off" && ask Edit "$edit" && silence
'
test_done
