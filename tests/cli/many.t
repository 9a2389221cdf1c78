#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# --repos: the answers of many repositories are the union of those of each.
. "${0%/*}/../lib/test.sh"

# member <folder> <day> <word>: a repository with a retro of its own.
member () {
	git init -q "$1" && (
		cd "$1" && commit base && git tag -a -m v1 v1.0.0 &&
		commit bug && cause=$(git rev-parse HEAD) &&
		commit retro retros/one.md "$(printf -- \
			"---\nid: one\ntitle: The %s\ndate: %s\nstatus: final\nseverity: %s\nlabels: [%s]\nreleases: [v1.0.0]\ncommits: {cause: [%s]}\n---\n\n## Pitfalls\n\n- P1: The %s was lost\n\n## Actions\n\n- [ ] A1: Pin the %s @ann due:2026-01-02\n" \
			"$3" "$2" "$4" "$3" "$cause" "$3" "$3")" &&
		commit two retros/two.md "$(printf -- "---\nid: two\ntitle: Also %s\ndate: 2025-03-0%s\nstatus: draft\n---\n\n## Summary\n\nA common word, and CUDA 版本不对\n" "$3" "$4")" &&
		tick && git tag -a -m v1.1 v1.1.0
	)
}

# union <command> <arguments>: TSV of each, asked alone, without the heads.
union () {
	for path in app team/app team/lib mirror.git
	do
		name=${path%.git} &&
		git -C "$TRASH/all/$path" retro "$@" --format=tsv >"$TRASH/one" &&
		tail -n +2 "$TRASH/one" | sed "s|^|$name:|" || :
	done
}

# is_union <column> <command> <arguments>: what --repos prints is that union;
# scores aside, which are of a place.
is_union () {
	column=$1 && shift &&
	union "$@" | cut -f "$column" | sort >"$TRASH/want" &&
	may_fail git retro "$@" --repos="$TRASH/all" --format=tsv >"$TRASH/got" &&
	tail -n +2 "$TRASH/got" | cut -f "$column" | sort >"$TRASH/have" &&
	test -s "$TRASH/want" && same "$TRASH/want" "$TRASH/have"
}

ok 'set up' '
	mkdir -p all/team && cd all && member app 2026-01-03 cache 2 &&
	member team/app 2026-01-05 loader 1 && member team/lib 2026-01-04 lock 3 &&
	member ../data 2026-01-06 queue 4 && git clone -q --mirror ../data mirror.git
'
ok 'outside of a repository, answers are the union of single runs' '
	is_union 1- list && is_union 1- list --status draft &&
	is_union 1- pitfalls && is_union 1- actions &&
	is_union 1- actions --overdue && is_union 1,2,4- search common &&
	is_union 1,2,4- search 版本 && is_union 1,2,4- search --limit 0 lost
'
ok 'newest first, or as asked for' '
	cd all && git retro list --repos=. --status final >out &&
	test "$(cut -d" " -f1 out | xargs)" = \
		"mirror:one team/app:one team/lib:one app:one" &&
	git retro list --repos=. --status final --sort severity >out &&
	test "$(cut -d" " -f1 out | xargs)" = \
		"team/app:one app:one team/lib:one mirror:one" &&
	git retro list --repos=. --status final --sort -title --format=json |
	grep "\"repo\"" | tr -d " ,\"" | cut -d: -f2 | xargs >out &&
	test "$(cat out)" = "mirror team/lib team/app app"
'
ok 'a severity is shown as it was written, as in a single run' '
	mkdir words && git clone -q all/app words/app &&
	sed -i "s/^severity:.*/severity: P1/; s/^date:.*/date: 2026-01-03/" words/app/retros/one.md &&
	for command in list "search lost"
	do
		git -C words/app retro $command >one && has one "  final  P1  " &&
		git retro $command --repos=words >out && has out "  final  P1  " || exit 1
	done
'
ok 'search: the best of all, as many as asked for' '
	cd all && git retro search --repos=. --limit 2 common >out 2>err &&
	test "$(grep -c : out)" = 4 && has err "more were found" &&
	git retro search --repos=. lock >out && has out "team/lib:one" &&
	lacks out app && status 1 git retro search --repos=. zebra >out 2>err &&
	test_empty out && has err "no retro matches"
'
ok 'json: repo beside id' '
	cd all && git retro list --repos=. --format=json >out &&
	has out "\"repo\": \"team/lib\"" && has out "\"id\": \"one\"" &&
	git retro list --repos=. --format=ndjson >out &&
	test "$(wc -l <out)" = 8 &&
	test "$(grep -c "^{\"version\":1,\"repo\":" out)" = 8 &&
	git retro status --repos=. --format=json >out && has out "\"open\": 4" &&
	has out "\"repo\": \"mirror\"" &&
	git retro grep --repos=. --format=json lost >out && has out "\"repo\""
'
ok 'grep: no name in front of what parts the groups, colored or not' '
	mkdir parted && new_repo parted/app && mkdir parted/app/retros && printf -- "---\ntitle: T\n---\nlost\n\n\n\n\nlost\n" >parted/app/retros/a.md &&
	git retro grep --repos=parted -C1 lost >out && test "$(grep -cx -e -- out)" = 1 &&
	git config --global color.ui always && git retro grep --repos=parted -C1 lost >out && git config --global --unset color.ui && test "$(sed "s/$(printf "\033")[^m]*m//g" out | grep -cx -e --)" = 1
'
ok 'grep: two repositories are parted as two files are' '
	cp -R parted apart && cp -R parted/app apart/lib && new_repo apart/none &&
	git retro grep --repos=apart -C1 lost >out && test "$(sed -n 7p out)" = -- &&
	test "$(grep -cx -e -- out)" = 3 && test "$(sed -n 1p out)" = "app:retros/a.md----" &&
	git retro grep --repos=apart --break lost >out && test "$(grep -nx "" out)" = 3: &&
	git retro grep --repos=apart lost >out && ! grep -qx -e "" -e -- out &&
	git retro grep --repos=apart -c -C1 lost >out && test "$(wc -l <out)" = 2 &&
	git retro grep --color=always --repos=apart -C1 lost >out &&
	test "$(sed -n 7p out)" = "$(printf "\033[36m--\033[m")"
'
ok 'grep: the name of the repository in front' '
	cd all && git retro grep --repos=. -h lost >out &&
	test "$(wc -l <out)" = 4 && has out "team/app:- P1: The loader was lost" &&
	git retro grep --repos=. -c lost >out &&
	has out "mirror:retros/one.md:1" &&
	status 1 git retro grep --repos=. zebra >out && test_empty out
'
ok 'status and audit say what is wrong in which' '
	cd all && git retro status --repos=. >out &&
	has out "  team/app:v1.1.0" && has out "  mirror:one#A1" &&
	has out "4 actions are open." &&
	status 1 git retro status --exit-code --repos=. >out &&
	status 1 git retro audit --repos=. --tags "v1.1.0" >out &&
	has out "team/lib: v1.1.0" && has out "exposed  team/lib:one" &&
	has out "      The lock was lost" &&
	status 1 git retro audit --repos=. --tags v1.1.0 --format=tsv >out &&
	test "$(wc -l <out)" = 5
'
ok 'where nobody linked a problem, audit does not say that there is none' '
	new_repo lonely && (cd lonely && commit one) && cd all &&
	git retro audit --repos=../lonely >out &&
	has out "nothing to check in these repositories" && lacks out "no known" &&
	git retro audit --repos=. --tags v1.0.0 >out &&
	has out "no known pitfall in what these repositories release (" &&
	lacks out "(0 problems" &&
	git retro audit --repos=. --tags v1.0.0 --format=json >out &&
	test "$(jq .problems out)" -gt 0 &&
	echo "releases: {since: v9.9.9}" >../lonely/.retro.yml &&
	status 128 git retro audit --repos=../lonely >out 2>err && test_empty out &&
	has err "could be read"
'
ok 'where one could not be read, nothing is said of all' '
	mkdir partly && git clone -q lonely partly/one && rm -f partly/one/.retro.yml &&
	(cd partly/one && git tag v1.0.0 && git retro init >/dev/null) &&
	git retro status --repos=partly >out && has out "All releases have a retro" &&
	cp -R all/app partly/app && git -C partly/app reset -q --hard &&
	git retro audit --repos=partly/app --tags v1.0.0 >out && has out "no known" &&
	git init -q partly/odd && echo "[" >>partly/odd/.git/config &&
	status 2 git retro audit --repos=partly --tags v1.0.0 >out 2>err &&
	lacks out "no known" && has err odd && rm -r partly/app &&
	status 2 git retro status --repos=partly >out 2>err && lacks out "All releases" && has err odd
'
ok 'site: nothing of others is written over, and each has its own address' '
	cd all && mkdir -p "$TRASH/theirs" && echo mine >"$TRASH/theirs/index.html" && status 128 git retro site --repos=. -o "$TRASH/theirs" 2>err &&
	has err "index.html" && test "$(cat "$TRASH/theirs/index.html")" = mine && test "$(ls -A "$TRASH/theirs")" = index.html &&
	git retro site --repos=. -o "$TRASH/theirs" --force --url https://x.test/all >out && has "$TRASH/theirs/index.html" "<html" &&
	for feed in "$TRASH"/theirs/*/feed.json
	do
		name=$(basename "$(dirname "$feed")") && test "$(jq -r .home_page_url "$feed")" = "https://x.test/all/$name/" || return 1
	done
'
ok 'stats, report and site: side by side' '
	cd all && git retro stats --repos=. >out && has out "# team/lib" &&
	git retro report --repos=. --format=markdown >out &&
	has out "# mirror" && has out "The queue was lost" &&
	git retro stats --repos=. --format=json >out &&
	test "$(grep -c "\"repo\":" out)" = 4 &&
	git retro site --repos=. -o "$TRASH/pages" >out && test "$(wc -l <out)" = 4 &&
	test -f "$TRASH/pages/team/lib/index.html" &&
	has "$TRASH/pages/index.html" "<a href=\"team/lib/index.html\">team/lib</a>"
'
ok 'of git config, as for-each-repo reads it' '
	git config --global --add retro.repo "~/../all/app" &&
	git config --global --add retro.repo "$TRASH/all/team/app" &&
	git config --global --add retro.repo "$TRASH/all/mirror.git" &&
	git retro list --repos --status final >out &&
	test "$(cut -d" " -f1 out | xargs)" = \
		"mirror:one team/app:one all/app:one" &&
	git config --global --unset-all retro.repo &&
	status 128 git retro list --repos 2>err && has err retro.repo
'
ok 'of a file' '
	printf "# those of the team\nall/team/lib\n\n%s/all/mirror.git\n" "$TRASH" >repos &&
	git retro list --repos=repos --status final >out &&
	test "$(cut -d" " -f1 out | xargs)" = "mirror:one lib:one" &&
	echo "# none" >none && status 128 git retro list --repos=none 2>err &&
	has err "names no repository" &&
	status 128 git retro list --repos=nowhere 2>err && has err nowhere &&
	mkdir empty && status 128 git retro list --repos=empty 2>err &&
	has err "no repository below"
'
# names <repos>: those that are asked, sorted.
names () {
	git retro list --repos="$1" --status final >out &&
	cut -d" " -f1 out | sort | xargs
}
ok 'a repository and its mirror beside it have two names' '
	mkdir -p beside/in && cp -R all/app beside/app &&
	git clone -q --mirror beside/app beside/app.git &&
	cp -R beside/app.git beside/app.git.git &&
	git clone -q --mirror beside/app beside/in/app.git &&
	test "$(names beside)" = \
		"app.git.git:one app.git:one app:one in/app:one" &&
	printf "beside/%s\n" app app.git in/app.git app >repos &&
	test "$(names repos)" = "app.git:one beside/app:one in/app:one" &&
	git retro site --repos=beside -o "$TRASH/two" >out &&
	test -f two/app/index.html && test -f two/app.git/index.html
'
ok 'where a file system does not say what is a folder, files are none' '
	cp -R all untyped && echo x >untyped/file && ln -s app untyped/link &&
	(ASAN_OPTIONS=verify_asan_link_order=0 &&
	LD_PRELOAD=$BUILD/tests/untyped.so && export ASAN_OPTIONS LD_PRELOAD &&
	git-retro list --repos=untyped --status final >out 2>err) &&
	test_empty err && test "$(wc -l <out)" = 4
'
ok 'one that is broken is named, and in nobody'\''s way' '
	cp -R all some && git init -q some && rm -rf some/.git/objects some/team/lib/.git/objects &&
	printf "some/app\nsome/team/lib\nsome/gone\nsome/mirror.git\n" >repos &&
	status 2 git retro list --repos=repos --status final >out 2>err &&
	test "$(cut -d" " -f1 out | xargs)" = "mirror:one app:one" &&
	has err "some/team/lib: not a git repository" &&
	has err "some/gone: no such folder" && test "$(wc -l <err)" = 2 &&
	status 2 git retro audit --repos=repos --tags v1.0.0 >out 2>err &&
	status 1 git retro audit --repos=repos --tags v1.1.0 >out 2>err &&
	status 2 git retro search --repos=repos zebra 2>err &&
	printf "some/gone\n" >repos &&
	status 128 git retro list --repos=repos 2>err && has err "none of 1"
'
ok 'what a repository says of itself has its name' '
	cp -R all odd && printf -- "---\ntitle: [\n---\n" >odd/app/retros/bad.md &&
	git retro list --repos=odd >out 2>err && has err "git retro: app: 1 error"
'
ok 'one whose name is not UTF-8 says it, too' '
	name=bytes/$(printf "b\377d") && mkdir bytes && new_repo "$name" && printf "bad: [\n" >"$name/.retro.yml" &&
	{ git retro status --repos=bytes --format=json >out || :; } && test "$(jq ".problems | length" out)" = 1
'
ok 'each command that has --repos answers' '
	for command in $(sed -n "s/^	\.name = \"\(.*\)\",/\1/p" "$TOP"/src/cmd/*.c)
	do
		git retro "$command" -h 2>/dev/null | grep -q -- "--repos" || continue
		echo "$command" >>asked
		case $command in report) set -- --format=markdown ;; site) set -- -o pages2 ;; *) set -- ;; esac
		case $command in search | grep) set -- lost ;; esac
		git retro "$command" --repos=all "$@" >out 2>err
		test $? -le 2 || { echo "$command: $?"; cat err; exit 1; }
	done && test "$(wc -l <asked)" -ge 10
'
ok 'a problem of the settings is said once' '
	mkdir once && cp -R all/app once/app && printf "on-tag: [\n" >once/app/.retro.yml &&
	may_fail git retro status --repos=once >out 2>err &&
	test "$(cat out err | grep -c "did not find")" = 1 && has err "git retro: app: .retro.yml:2" &&
	may_fail git -C once/app retro status >out 2>err && test_empty err &&
	test "$(grep -c "did not find" out)" = 1 &&
	printf "on-tag: nonsense\n" >once/app/.retro.yml && git -C once/app retro status >out 2>err &&
	test "$(cat out err | grep -c nonsense\\\|on-tag)" = 1
'
ok 'what is of one repository alone is refused' '
	cd all && status 129 git retro actions done one#A1 --repos=. 2>err &&
	has err "beside --repos" && status 129 git retro list x --repos=. 2>err &&
	status 129 git retro report --verify x --repos=. 2>err &&
	status 129 git retro audit --repos=. --format=github 2>err && has err tsv &&
	git -C app retro list --repos --no-repos >out && test "$(wc -l <out)" = 2
'
test_done
