#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Characters that are not seen, in every text of a repository, and every
# command: none of them comes out as it is. (But for the bytes that are asked for:
# show --raw, and lines of grep that go to a program.)
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/every.sh"

# All of Bidi_Control, and of Default_Ignorable one of each block: ZWSP, WJ, BOM,
# soft hyphen, Hangul filler, Mongolian separator, a tag letter, annotations.
unseen () {
	perl -CO -e 'print map { chr } 0x61c, 0x200b, 0x200e, 0x200f,
		0x202a .. 0x202e, 0x2060, 0x2066 .. 0x2069, 0xfeff, 0xad,
		0x115f, 0x180e, 0x3164, 0xffa0, 0xe0041, 0xfff9'
}
bytes () {
	LC_ALL=C perl -0777 -ne 'exit !/\xd8\x9c|\xe2\x80[\x8b\x8e\x8f\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf|\xc2\xad|\xe1\x85\x9f|\xe1\xa0\x8e|\xe3\x85\xa4|\xef\xbe\xa0|\xf3\xa0[\x81-\x9f]|\xef\xbf\xb9/' "$1"
}

ok 'no character that is not seen comes out of any command' '
	new_repo r && cd r && u=$(unseen) && mkdir src &&
	tick && echo "f$u();" >"src/a$u.c" && git add . &&
	git commit -q -m "Fix$u it" --author="A$u <a@example.com>" &&
	git tag v1.0.0 && git branch "release/1.0" &&
	echo more >>"src/a$u.c" && git commit -q -a -m "Break$u it" &&
	mkdir retros && { printf -- "---\nid: one\ntitle: \"T%s\"\ndate: 2026-01-05\n" "$u" &&
	printf "status: \"dra%sft\"\nlabels: [\"l%s\"]\nauthors: [\"A%s\"]\n" "$u" "$u" "$u" &&
	printf "paths: [\"src/**\", \"x%s\"]\nodd%s: x\nrelated: [\"r%s\"]\n" "$u" "$u" "$u" &&
	printf "commits: {cause: [%s], fix: [%s]}\n---\n\n" "$(git rev-parse HEAD)" "$(git rev-parse HEAD~1)" &&
	printf "# T%s\n\n## Pitfalls\n\n- It fell%s: \`src/a%s.c\` the release word\n\n" "$u" "$u" "$u" &&
	printf "## Actions\n\n- [ ] A1: Do%s it @ann%s due:2026-01-01\n" "$u" "$u"; } >retros/one.md &&
	cp retros/one.md "retros/two$u.md" && git add . && git commit -q -m "Retro$u" &&
	echo "more$u" >>retros/one.md && git add . && bytes retros/one.md &&
	every_reading | grep -v -e --raw -e "^grep" -e "^completion" >../list &&
	printf "%s\n" "search word" "grep --format=json -e fell" "search --format=json fell" "similar" \
		"check --format=sarif" "check --format=github" \
		"check --format=gitlab" "review v1.0.0" "trace one" \
		"review --format=json v1.0.0" "actions add one More" \
		"link one --path src/a" "list --format=tsv" >>../list &&
	while read -r words
	do
		eval "set -- $words" && { timeout 60 git-retro "$@" >../out 2>../err || :; } &&
		for from in out err
		do
			! bytes ../$from || {
				echo "$words: $from"
				grep -n . ../$from | head -n 40 | cat -A
				exit 1
			}
		done || exit 1
	done <../list && git retro list --format=json >../out &&
	has ../out "\\u202E" && git retro list >../out && has ../out T
'
test_done
