#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"
GIT_RETRO=0
export GIT_RETRO

# at <day>: the day that it is from here on.
at () {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 12:00" +%s) &&
	export SOURCE_DATE_EPOCH
}

# tag <name> <day>
tag () {
	GIT_COMMITTER_DATE="$2 12:00 +0000" git tag -a -m "$1" "$1"
}

# retro <id> <status> [<line of front matter>]...: the actions from stdin.
retro () {
	{
		printf "%s\n" "---" "id: $1" "title: $1" "date: 2026-01-05" \
			"status: $2"
		shift 2
		for line
		do
			printf "%s\n" "$line"
		done
		printf "%s\n" "---" "" "## Actions" ""
		cat
	} >"retros/new.md" &&
	mv retros/new.md "retros/$(sed -n "s/^id: //p" retros/new.md).md"
}

ok 'an empty repository has nothing to say' '
	new_repo empty && cd empty && git retro hooks install >/dev/null &&
	git retro status --exit-code >out &&
	echo "No releases yet; nothing is overdue." >want &&
	same want out
'
ok 'hooks that are not there get a line and their way out' '
	new_repo plain && cd plain && git retro status --exit-code >out &&
	has out "Hooks not installed: reference-transaction, pre-push" &&
	has out "git retro hooks install" &&
	git config core.hooksPath /somewhere/else &&
	git retro status >out && has out "git retro doctor" &&
	git retro status --format=json >json && has json "\"outside\""
'

ok 'set up' '
	new_repo r && cd r && git retro hooks install >/dev/null &&
	mkdir retros && commit one &&
	tag v1.0.0 2026-01-05 && tag v1.1.0 2026-02-02 &&
	tag v1.1.1 2026-02-03 && tag v1.2.0-rc1 2026-02-04 &&
	tag v1.2.0 2026-02-06 &&
	retro 2026-01-05-v1-0-0 draft "releases: [v1.0.0]" \
		"commits: {cause: [deadbeef12], fix: $(git rev-parse HEAD)}" \
		<<-\EOF &&
	- [ ] A1: Pin the version @ann due:2026-02-06
	- [ ] A2: Ask the vendor @bo due:2026-02-05
	- [x] A3: Done already due:2026-01-06
	- [ ] A4: Some day
	- [-] A5: Not at all due:2026-01-06
	EOF
	retro 2026-01-05-loader review </dev/null &&
	retro 2026-01-05-done final </dev/null &&
	git add . && git commit -q -m retros
'
ok 'what is owed, late, overdue and dead' '
	cd r && at 2026-02-10 && git retro status >out && golden cli/status out
'
ok 'and the same for programs' '
	cd r && at 2026-02-10 && git retro status --format=json >out &&
	golden cli/status.json out
'
ok '--exit-code tells whether anything is' '
	cd r && at 2026-02-10 && status 0 git retro status &&
	status 1 git retro status --exit-code
'
ok 'due is counted in working days' '
	cd r && at 2026-02-09 && git retro status --format=json >out &&
	perl -ne "print if /v1.1.0/../overdue/" out >one &&
	has one "\"due\": \"2026-02-09\"" && has one "\"overdue\": false" &&
	git -c retro.due=3d retro status --format=json >out &&
	perl -ne "print if /v1.1.0/../overdue/" out >one &&
	has one "\"due\": \"2026-02-05\"" && has one "\"overdue\": true"
'
ok 'each of the four alone is enough' '
	new_repo alone && cd alone && mkdir retros && commit one &&
	at 2026-01-06 && status 0 git retro status --exit-code &&
	retro a draft </dev/null && status 0 git retro status --exit-code &&
	at 2026-01-13 && status 1 git retro status --exit-code &&
	retro a final </dev/null && status 0 git retro status --exit-code &&
	echo "- [ ] A1: x due:2026-01-12" | retro a final &&
	status 1 git retro status --exit-code &&
	echo "- [ ] A1: x due:2026-01-13" | retro a final &&
	status 0 git retro status --exit-code &&
	retro a final "commits: [deadbeef]" </dev/null &&
	status 1 git retro status --exit-code &&
	retro a final </dev/null && tag v1.0.0 2026-01-12 &&
	status 1 git retro status --exit-code
'
ok 'a draft elsewhere covers: on a branch, on a remote one' '
	new_repo cover && cd cover && commit one && tag v1.0.0 2026-01-12 &&
	git checkout -q -b side && mkdir retros &&
	retro a final "releases: [v1.0.0]" </dev/null &&
	git add . && git commit -q -m retro && git checkout -q main &&
	status 0 git retro status --exit-code &&
	git clone -q . ../clone && cd ../clone &&
	status 0 git retro status --exit-code &&
	git branch -r -d origin/side >/dev/null &&
	status 1 git retro status --exit-code
'
ok 'a tag made elsewhere is owed as well' '
	new_repo elsewhere && cd elsewhere && commit one &&
	git clone -q . ../seen && tag v2.0.0 2026-01-12 &&
	cd ../seen && status 0 git retro status --exit-code &&
	git fetch -q --tags && git retro status >out && has out v2.0.0
'
ok 'a lightweight tag has only the day of its commit, and that is said' '
	new_repo light && cd light && at 2026-01-05 && commit one &&
	git tag v1.0.0 && commit two && tag v1.1.0 2026-02-02 &&
	at 2026-02-03 && git retro status >out &&
	has out "v1.1.0  tagged 2026-02-02     due 2026-02-09" &&
	has out "v1.0.0  committed 2026-01-05  overdue since 2026-01-12" &&
	git retro status --format=json >json &&
	jq -c ".owed[]|[.tag,.tagged,.due]" json >got &&
	printf "%s\n" "[\"v1.1.0\",\"2026-02-02\",\"2026-02-09\"]" \
		"[\"v1.0.0\",null,\"2026-01-12\"]" >want && same want got
'
ok 'a release whose objects are gone is not taken for none' '
	new_repo torn && cd torn && mkdir retros && commit one && git tag v1.0.0 &&
	commit two && git tag -a -m x v1.1.0 && commit three &&
	git tag tree $(git rev-parse HEAD:) &&
	printf "releases: {tags: [v*, tree]}\n" >.retro.yml && git retro status >out &&
	has out v1.1.0 && lacks out tree &&
	lost=$(git rev-parse v1.1.0^{commit} | sed "s|..|&/|") &&
	mv ".git/objects/$lost" kept && status 128 git retro status 2>err &&
	has err "what the tag v1.1.0 leads to is not here" && has err "git fsck" &&
	mv kept ".git/objects/$lost" &&
	rm ".git/objects/$(git rev-parse v1.0.0 | sed "s|..|&/|")" &&
	status 128 git retro status 2>err && has err "v1.0.0"
'
ok 'a git that dies of it is asked again, in fewer words' '
	git init -q --object-format=sha256 dies && cd dies && mkdir retros &&
	commit one && git tag v1.0.0 && commit two &&
	rm ".git/objects/$(git rev-parse v1.0.0 | sed "s|..|&/|")" &&
	mkdir ../bin && cat >../bin/git <<-\EOT && chmod +x ../bin/git &&
	#!/bin/sh
	case $* in
	*for-each-ref*objecttype*) touch died; kill -ABRT $$ ;;
	esac
	PATH=${PATH#*:} exec git "$@"
	EOT
	{ PATH=$TRASH/bin:$PATH git-retro status 2>err; test $? = 128; } &&
	has err "v1.0.0" && has err "git fsck" && test -e died
'
ok 'nor one that leads to it over another tag' '
	new_repo nested && cd nested && mkdir retros && commit one &&
	echo "type commit" >text && git tag -a -F text v0.9.0 HEAD:file &&
	commit two && git tag -a -m x inner && lost=$(git rev-parse HEAD) &&
	git tag -a -m x v1.0.0 inner 2>hint && git retro status >out &&
	has out v1.0.0 && lacks out v0.9.0 &&
	inner=$(git rev-parse inner) && git tag -d inner >out &&
	for id in $lost $inner
	do
		id=$(echo $id | sed "s|..|&/|") && rm ".git/objects/$id" &&
		status 128 git retro status 2>err &&
		has err "what the tag v1.0.0 leads to is not here" || exit 1
	done
'
ok 'an action that a commit closes is done, on the branch that has it' '
	new_repo closed && cd closed && mkdir retros && at 2026-02-01 &&
	echo "- [ ] A1: x due:2026-01-12" | retro a final &&
	git add . && git commit -q -m one &&
	status 1 git retro status --exit-code &&
	git checkout -q -b side &&
	git commit -q --allow-empty -m fix -m "Retro-Action: a#A1" &&
	git retro status >out && lacks out "Overdue actions" &&
	lacks out "open" && status 0 git retro status --exit-code &&
	git checkout -q main && status 1 git retro status --exit-code &&
	git merge -q side && status 0 git retro status --exit-code
'
ok 'in a shallow clone nobody knows which ties are dead' '
	new_repo deep && cd deep && commit one && commit two &&
	mkdir retros && retro a final "commits: [$(git rev-parse HEAD~)]" \
		</dev/null && git add . && git commit -q -m retro &&
	status 0 git retro status --exit-code && cd .. &&
	git clone -q --depth 1 "file://$PWD/deep" cut && cd cut &&
	git retro status --exit-code >out && has out "cut off"
'
ok 'of many releases the newest are shown, the rest is counted' '
	new_repo many && cd many && commit one &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12
	do
		tag v$i.0.0 2026-01-$(printf %02d $i) || exit 1
	done &&
	git retro status >out && has out v12.0.0 && lacks out v2.0.0 &&
	has out "and 2 more" && has out releases.since &&
	git retro status --format=json >json && has json "\"v1.0.0\""
'
ok 'a bare repository answers from HEAD, and misses no hook' '
	git clone -q --bare r bare && cd bare && at 2026-02-10 &&
	git retro status >out && has out 2026-01-05-v1-0-0#A1 &&
	lacks out Hooks
'
ok 'a subfolder and a linked work tree see the same' '
	cd r && at 2026-02-10 && git retro status --format=json >want &&
	mkdir -p sub && (cd sub && git retro status --format=json) >out &&
	same want out && git worktree add -q ../linked && cd ../linked &&
	git retro status --format=json >out && same ../r/want out
'
ok 'a .git that cannot be written is no hindrance' '
	cd r && at 2026-02-10 && git retro status >want &&
	rm -rf .git/retro && chmod a-w .git && { git retro status >out; result=$?; } &&
	chmod u+w .git && test $result = 0 && same want out
'
ok 'text that a terminal would obey is made harmless' '
	new_repo hostile && cd hostile && mkdir retros &&
	printf -- "- [ ] A1: a\033[31mb due:2020-01-01 @x\n" |
	retro a final && git retro status >out && has out "A1" &&
	! grep -q "$(printf "\033")" out
'
ok 'what it takes no part of is refused' '
	cd r && status 129 git retro status HEAD 2>err &&
	status 129 git retro status --format=tsv 2>err
'
ok 'looking back on an old release is not late from the first day' '
	new_repo late && cd late && mkdir retros && commit one &&
	git tag v1.0.0 && export SOURCE_DATE_EPOCH=1790000000 &&
	git retro new --release v1.0.0 --no-edit &&
	git retro status >out && lacks out "Overdue drafts" &&
	export SOURCE_DATE_EPOCH=1791000000 &&
	git retro status >out && has out "Overdue drafts"
'
ok 'the files of HEAD are listed once, whoever asks' '
	new_repo once && cd once && git retro init >/dev/null && mkdir -p src retros &&
	seq -f "a line of code %.0f" 9 >src/a.c && git add src && git commit -q -m code &&
	cause=$(git rev-parse HEAD) &&
	retro old final "commits:" "  cause: [$cause]" </dev/null &&
	retro plan final "kind: project" "paths: [\"src/*\"]" <<-\EOF &&
	- [ ] A1: agree

	### Kickoff

	- [ ] A2: draw
	EOF
	git mv src/a.c src/b.c && echo other >src/b.c && git add -A && git commit -q -m gone &&
	GIT_TRACE="$PWD/trace" git-retro status >out &&
	has out "old" && test "$(grep -c "git ls-tree" trace)" = 1
'
test_done
