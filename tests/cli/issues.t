#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Actions and the issues of a forge, by stubs of gh and glab that keep what they
# were asked for.
. "${0%/*}/../lib/test.sh"

# A forge is a folder: a file an issue, its title in the first line.
mkdir "$TRASH/bin" "$TRASH/forge"
export FORGE="$TRASH/forge"
cat >"$TRASH/bin/gh" <<\END
#!/bin/sh
printf '%s|' "$@" >>"$FORGE/log"; echo >>"$FORGE/log"
case "$1 $2" in
'issue list')
	[ ! -e "$FORGE/odd" ] || { echo "not JSON"; exit 0; }
	for file in "$FORGE"/[0-9]*
	do
		[ -e "$file" ] || continue
		jq -Rs --arg url "https://forge.test/o/r/issues/${file##*/}" \
			--arg kind "${0##*/}" \
			'if $kind == "gh" then {url: $url, body: .} else {web_url: $url, description: .} end' "$file"
	done | jq -s . ;;
'issue create')
	[ ! -e "$FORGE/down" ] || { echo "HTTP 502" >&2; exit 4; }
	n=$(($(ls "$FORGE" | grep -c '^[0-9]') + 1))
	for word
	do
		case $word in
		--title=*) title=${word#--title=} ;;
		--body=*) body=${word#--body=} ;;
		--description=*) body=${word#--description=} ;;
		esac
	done
	printf '%s\n%s\n' "$title" "$body" >"$FORGE/$n"
	echo "Creating issue in o/r" >&2
	echo "https://forge.test/o/r/issues/$n" ;;
'issue view')
	for url; do :; done
	if [ -e "$FORGE/closed-${url##*/}" ]
	then
		cat "$FORGE/closed-${url##*/}"
	else
		echo '{"state": "OPEN", "stateReason": "", "closedAt": null}'
	fi ;;
*) exit 1 ;;
esac
END
chmod +x "$TRASH/bin/gh" && ln -s gh "$TRASH/bin/glab"
PATH=$TRASH/bin:$PATH

# work: a repository with three actions, none of them pushed.
work () {
	rm -rf "$1" "$FORGE" && mkdir "$FORGE" && new_repo "$1" && cd "$1" &&
	commit retro retros/one.md "$(printf -- \
		"---\nid: one\ntitle: One\ndate: 2026-01-05\nstatus: final\n---\n\n## Actions\n\n- [ ] A1: Pin \`CUDA\`, see docs @ann due:2026-02-01 !high\n- [x] A2: Done already\n- [ ] A3: 补测试 <!-- why -->\n- [ ] no number\n")"
}

ok 'push: an issue for each open action, whose address stands in the item' '
	work one && git retro actions push --to gh >out 2>err && test "$(wc -l <out)" = 2 &&
	has out "one#A1 https://forge.test/o/r/issues/1" &&
	has retros/one.md "!high https://forge.test/o/r/issues/1" &&
	has retros/one.md "https://forge.test/o/r/issues/2" &&
	test "$(git diff --numstat | cut -f 1,2)" = "2	2" &&
	has "$FORGE/1" "Pin CUDA" && has "$FORGE/1" "git-retro: one#A1" &&
	has "$FORGE/1" "2026-02-01" &&
	git retro actions --format=tsv >out && has out "one#A1	open		2026-02-01	ann	high"
'
ok 'twice opens nothing, and one whose address was lost is found again' '
	cd one && cp retros/one.md before && git retro actions push --to gh >out &&
	test_empty out && same before retros/one.md && git checkout -q retros &&
	git retro actions push --to gh >out && test "$(wc -l <out)" = 2 &&
	same before retros/one.md && test "$(ls "$FORGE" | grep -c "^[0-9]")" = 2 &&
	sed "s/A1: /A11: /; s| https:.*||" before >retros/one.md &&
	git retro actions push --to gh one >out && test "$(wc -l <out)" = 2 &&
	has out "one#A11 https://forge.test/o/r/issues/3" &&
	test "$(ls "$FORGE" | grep -c "^[0-9]")" = 3
'
ok 'one whose text ends with the name of another is not taken for it' '
	work alike && printf -- "- [ ] A4: As git-retro: one#A5\n- [ ] A5: Last\n" >>retros/one.md && git retro actions push --to gh >out &&
	test "$(wc -l <out)" = 4 && test "$(ls "$FORGE" | grep -c "^[0-9]")" = 4 && has out "one#A5 https://forge.test/o/r/issues/4"
'
ok 'which program is said, and only to what needs it' '
	work which && for verb in push pull
	do
		status 129 git retro actions $verb 2>err && has err "$verb needs --to gh or --to glab" && ! test -e "$FORGE/log" || return 1
	done && status 129 git retro actions done one#A1 --to gh 2>err && has err "--to goes with"
'
ok 'a dry run opens and writes nothing' '
	work dry && git retro actions push --to gh --dry-run >out &&
	test "$(grep -c "would open" out)" = 2 && test -z "$(git status --short | grep retros)" &&
	test "$(ls "$FORGE" | grep -c "^[0-9]")" = 0
'
ok 'pull: which command closes what is closed there' '
	work closed && git retro actions push --to gh >out && git retro actions pull --to gh >out &&
	test_empty out &&
	echo "{\"state\": \"CLOSED\", \"stateReason\": \"COMPLETED\", \"closedAt\": \"2026-01-09T08:00:00Z\"}" >"$FORGE/closed-1" &&
	echo "{\"state\": \"CLOSED\", \"stateReason\": \"NOT_PLANNED\", \"closedAt\": \"2026-01-09T08:00:00Z\"}" >"$FORGE/closed-2" &&
	cp retros/one.md before && git retro actions pull --to gh >out &&
	same before retros/one.md &&
	test "$(sed -n 1p out)" = "git retro actions done '\''one#A1'\'' # 2026-01-09 https://forge.test/o/r/issues/1" &&
	has out "actions decline '\''one#A3'\'' --reason" && sh out >done 2>err &&
	git retro actions --open >out && lacks out "#A"
'
ok 'glab: the same' '
	work lab && git retro actions push --to glab >out && test "$(wc -l <out)" = 2 &&
	grep -q "^issue|create|--title=.*--description=" "$FORGE/log" &&
	has "$FORGE/log" "|--yes|" &&
	git checkout -q retros && git retro actions push --to glab >out &&
	test "$(ls "$FORGE" | grep -c "^[0-9]")" = 2 &&
	echo "{\"state\": \"closed\", \"closed_at\": \"2026-01-09T08:00:00Z\"}" >"$FORGE/closed-1" &&
	git retro actions pull --to glab >out && test "$(wc -l <out)" = 1 &&
	has out "# 2026-01-09"
'
ok 'what fails is said, and what was done stays' '
	work down && touch "$FORGE/down" && status 128 git retro actions push --to gh >out 2>err &&
	has err "exited with 4" && has err "HTTP 502" && lacks err install && test -z "$(git status --short | grep retros)" && rm "$FORGE/down" &&
	touch "$FORGE/odd" && status 128 git retro actions push --to gh 2>err &&
	has err "cannot be read" && mkdir "$TRASH/none" && ln -s "$(command -v git)" "$BUILD/git-retro" "$TRASH/none" &&
	(PATH=$TRASH/none; status 128 git-retro actions push --to gh 2>err) &&
	has err "cannot run '\''gh'\''" && has err "hint: install gh" && status 129 git retro actions push --to svn 2>err &&
	status 128 git retro actions push --to gh nothing 2>err && has err nothing
'
ok 'a text of addresses alone takes no more than it is long' '
	work long && printf -- "- [ ] A5: %s https://forge.test/o/r/issues/7\n" "$(printf "http://%.0s" $(seq 20000))" >>retros/one.md &&
	git retro list >out && ({ test -n "$sanitized" || ulimit -v 500000; } && git retro actions pull --to gh >out) &&
	has "$FORGE/log" "https://forge.test/o/r/issues/7"
'
ok 'what is pulled cannot reach a terminal' '
	work steer && printf -- "- [ ] A5: Steer https://forge.test/o/r/issues/1\033[31m\342\200\256x\n" >>retros/one.md &&
	echo "{\"state\": \"CLOSED\", \"stateReason\": \"COMPLETED\", \"closedAt\": \"2026-01-09T08:00:00Z\"}" >"$FORGE/closed-$(printf "1\033[31m\342\200\256x")" &&
	git retro actions pull --to gh >out && has out "actions done '\''one#A5'\'' # 2026-01-09 https://forge.test" &&
	lacks out "$(printf "\033")" && lacks out "$(printf "\342\200\256")" &&
	sed -i "s/COMPLETED/NOT_PLANNED/" "$FORGE"/closed-* && git retro actions pull --to gh >out &&
	has out "actions decline" && lacks out "$(printf "\033")"
'
ok 'a title or a text is no option, and calls nobody' '
	work odd && printf -- "---\nid: odd\ntitle: T\ndate: 2026-01-01\nstatus: final\n---\n\n## Actions\n\n- [ ] A1: --repo=evil/x \$(touch ran) @everyone fixes #1\n" >retros/odd.md &&
	git retro actions push --to gh odd >out && grep -q "|--title=--repo=evil/x" "$FORGE/log" &&
	test ! -e ran &&
	has "$FORGE/1" "fixes #<!-- -->1" && lacks "$FORGE/1" "@everyone"
'
test_done
