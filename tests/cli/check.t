#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

# retro <file> <line>...: writes it, the lines as front matter.
retro () {
	file=$1
	shift
	{
		echo ---
		printf '%s\n' "$@"
		echo ---
	} >"$file"
}

ok 'nothing wrong is silent' '
	new_repo good && cd good && mkdir retros && commit one &&
	git tag v1.0.0 &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "releases: [v1.0.0]" &&
	git retro check >out 2>err && test_empty out && test_empty err
'
ok 'each problem with its place and way out' '
	new_repo bad && cd bad && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-02-30" \
		"status: fnal" "stauts: draft" "severity: 9" &&
	retro retros/b.md "id: b" "title: v1.4: trap" &&
	retro retros/c.md "id: a" "title: C" "date: 2026-01-01" \
		"status: draft" "releases: [v9]" "related: [nope]" \
		"commits: {cause: [deadbeef], fix: [xyz]}" \
		"started: 2026-01-02T00:00:00Z" \
		"resolved: 2026-01-01T00:00:00Z" &&
	retro retros/d.md "id: d" "title: D" "date: 2026-01-01" \
		"status: final" "status: draft" &&
	printf "dir: retros\nrelaeses: {}\n" >.retro.yml &&
	status 1 git retro check >out 2>err && golden cli/check.txt out &&
	golden cli/check.err err
'
ok 'of many problems of a kind the first ten, and how many more' '
	new_repo long && cd long && mkdir retros && {
		printf -- "---\ntitle: T\ndate: 2026-01-01\n---\n\n# T\n\n" &&
		printf "## Actions\n\n| Action | Owner | Due |\n|---|---|---|\n" &&
		perl -e "print qq(| a\$_ | bo | 2026-13-45 |\n) for 1 .. 10000"
	} >retros/a.md && git retro check >out 2>err &&
	test $(wc -l <out) = 44 &&
	has out "retros/a.md:22:1: warning: action: and 9990 more of this kind" &&
	has out "retros/a.md:22:1: note: action-number: and 9990 more of" &&
	has out "hint: git retro check --all shows every one" &&
	has err "10000 warnings, 10000 notes in 1 retro" &&
	git retro check --all >out && test $(wc -l <out) = 40000 &&
	git retro check --format json >out &&
	test $(grep -c "\"rule\"" out) = 20000
'
ok 'an eleventh is shown, not counted' '
	cd long && sed -i "23,\$d" retros/a.md &&
	git retro check >out 2>err && ! has out "more of this kind" &&
	test $(grep -c "not a valid day" out) = 11
'
ok 'the sum comes last in a log, too' '
	cd bad && status 1 git retro check >log 2>&1 &&
	tail -n1 log >last && same "$TESTS/golden/cli/check.err" last
'
ok 'json' '
	cd bad && status 1 git retro check --format=json >out 2>err &&
	test_empty err && golden cli/check.json out
'
ok 'only what was named' '
	cd bad && status 1 git retro check retros/b.md >out 2>err &&
	has out retros/b.md:3 && lacks out retros/a.md &&
	cd retros && status 1 git retro check b.md >out 2>err && has out "b.md:3"
'
ok 'settings from elsewhere are named by their place' '
	mkdir -p bad/sub && cd bad/sub &&
	may_fail git -c retro.due=soon retro check >out 2>err &&
	has out "command line: warning: policy: " &&
	has out "../.retro.yml:2:1: warning" &&
	git config retro.due soon &&
	may_fail git retro check >out 2>err &&
	has out "$TRASH/bad/.git/config: warning: policy: " &&
	git config --unset retro.due && cd ../../good &&
	git -c retro.due=soon retro list 2>err &&
	has err "git retro: command line: '\''due'\'' must be"
'
ok 'warnings only exit 0' '
	new_repo warn && cd warn && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "releases: [v9]" &&
	git retro check >out 2>err && has out "warning: release-unresolved" &&
	echo "1 warning in 1 retro" >want && same want err
'
ok 'a final retro needs its sections' '
	new_repo final && cd final && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: final" &&
	printf "## Summary\n\nIt broke.\n\n## Pitfalls\n\n<!-- what? -->\n" \
		>>retros/a.md &&
	status 1 git retro check >out 2>err &&
	has out "required-section" && has out "empty-section" &&
	status 1 git -c retro.due=3d retro check >out 2>err &&
	printf "required: {final: [summary]}\n" >.retro.yml &&
	git retro check >out 2>err && test_empty out
'
ok 'a collection that is older than this tool has no errors' '
	new_repo old && cd old && mkdir retros &&
	printf "# Outage\n\ntext\n" >retros/2019-01-01-a.md &&
	retro retros/b.md "uuid: 0a1b" "url: https://example.com" \
		"start_time: 2016-01-02T03:04:05Z" "end_time:" \
		"categories: [cloud]" "company: Example" &&
	git retro check >out && test_empty out
'
ok 'files that cannot be read are named, each for itself' '
	new_repo broken && cd broken && mkdir retros &&
	printf "\377\376a\0" >retros/utf16.md &&
	printf "+++\ntitle = 1\n+++\n" >retros/toml.md &&
	printf -- "---\ntitle: x\n" >retros/open.md &&
	printf "a\377b\n" >retros/latin.md &&
	printf -- "---\na: &a [x]\nb: *c\n---\n" >retros/alias.md &&
	printf -- "---\n\ttab: x\n---\n" >retros/tab.md &&
	ln -s /etc/passwd retros/out.md && mkfifo retros/fifo.md &&
	status 1 git retro check >out 2>err &&
	for f in utf16 toml open latin alias tab out
	do
		grep -q "^retros/$f.md:.* error: " out || {
			echo "not named: $f"; cat out; exit 1; }
	done && lacks out root:
'
ok 'in a shallow clone a commit that is not here is not called wrong' '
	new_repo full && cd full && mkdir retros && commit one && commit two &&
	first=$(git rev-parse HEAD~1) &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$first]" &&
	git add . && git commit -q -m retro && git retro check >out &&
	test_empty out &&
	git clone -q --depth 1 "file://$TRASH/full" ../shallow &&
	cd ../shallow && git retro check >out && test_empty out
'
ok 'a commit is known by its id, or the beginning of it that is unique' '
	new_repo ids && cd ids && mkdir retros && commit one &&
	git tag -m note v1 && id=$(git rev-parse HEAD) &&
	short=$(git rev-parse --short HEAD) && tag=$(git rev-parse v1) &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$id, $short]" &&
	git retro check >out && test_empty out &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [$tag, ${id}0, ${short}0]" &&
	git retro check >out && test "$(grep -c "warning: " out)" = 3 &&
	mkdir blobs && for i in $(seq 800); do echo $i >blobs/$i; done &&
	ls -d blobs/* | git hash-object -w --stdin-paths | cut -c1-4 |
		sort | uniq -d >twice && test -s twice &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "commits: [\"$(head -n1 twice)\"]" &&
	git retro check >out && test_empty out
'
# sarif_validator: prints how to start the one of the npm registry; false where
# it is not installed (make test-deps).
sarif_validator () {
	for dir in "$TOP"/build/npm/node_modules/@microsoft/sarif-multitool-linux
	do
		[ -f "$dir/Sarif.Multitool" ] || return 1
		chmod u+x "$dir/Sarif.Multitool" 2>/dev/null
		echo "$dir/Sarif.Multitool"
	done
}

ok 'the ends of a range are what git reads as commits' '
	new_repo ends && cd ends && mkdir retros && commit one && commit two &&
	git tag v1 && git tag -m note v2 && git tag blob HEAD:file &&
	for range in v1..v2 HEAD~1..main "v1..." "..v2" \
		"$(git rev-parse --short HEAD)..HEAD"
	do
		retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
			"status: draft" "range: $range" &&
		git retro check >out 2>&1 && lacks out range-unresolved || exit 1
	done && for range in v1..v3 HEAD~9..main "blob..v1"
	do
		retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
			"status: draft" "range: $range" &&
		git retro check >out 2>&1 && has out range-unresolved || exit 1
	done && git add . && git commit -q -m retro &&
	git clone -q --depth 1 "file://$TRASH/ends" ../cut && cd ../cut &&
	git retro check >out 2>&1 && lacks out range-unresolved
'
ok 'for a GitHub workflow: one line each, from the root of the repository' '
	cd bad/retros && status 1 git retro check --format=github >out 2>err &&
	! grep -v "^::\(error\|warning\|notice\) file=[^ ]*title=[a-z-]*::" out &&
	has out "::error file=retros/b.md,line=3,col=12,title=yaml::" &&
	has out "::warning file=.retro.yml,line=2,col=1,title=policy::" &&
	same "$TESTS/golden/cli/check.err" err
'
ok 'for GitLab: the fields of a code quality report' '
	cd bad && status 1 git retro check --format=gitlab >out 2>err &&
	perl -MJSON::PP -e "
		my @all = @{decode_json(join q(), <>)};
		my %seen;
		die unless @all > 5;
		for (@all) {
			die unless join(q(,), sort keys %\$_) eq
				q(check_name,description,fingerprint,location,severity);
			die if grep { ref or !length } @\$_{qw(check_name description)};
			die unless \$_->{severity} =~
				/^(info|minor|major|critical|blocker)\z/;
			die if \$seen{\$_->{fingerprint}}++;
			die unless \$_->{location}{lines}{begin} =~ /^[1-9]\d*\z/;
			die if \$_->{location}{path} =~ m{^(/|\./)};
		}" out &&
	printf "# one more line\n%s\n" "$(cat .retro.yml)" >.retro.yml &&
	status 1 git retro check --format=gitlab >moved 2>err &&
	grep fingerprint out >want && grep fingerprint moved >have &&
	same want have && printf "dir: retros\nrelaeses: {}\n" >.retro.yml
'
ok 'as SARIF' '
	cd bad && status 1 git retro check --format=sarif >"$TRASH/bad.sarif" &&
	perl -MJSON::PP -e "
		my \$run = decode_json(join q(), <>)->{runs}[0];
		my @rules = @{\$run->{tool}{driver}{rules}};
		my @results = @{\$run->{results}};
		die unless @results > 5;
		die for grep { \$rules[\$_->{ruleIndex}]{id} ne \$_->{ruleId} } @results;
		die for grep { \$_->{locations}[0]{physicalLocation}
			{artifactLocation}{uri} !~ m{^(retros/|.retro.yml)} } @results;
	" "$TRASH/bad.sarif"
'
if validator=$(sarif_validator)
then
	ok 'SARIF: held to the schema' '
		export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 &&
		{ "$validator" validate bad.sarif >out 2>&1 ||
			{ cat out; exit 1; }; } && ! grep ": error " out
	'
else
	skip 'SARIF: held to the schema' 'make test-deps installs the validator'
fi

ok '--staged: what is staged counts, not what lies in the work tree' '
	new_repo staged && cd staged && mkdir retros && commit one &&
	retro retros/old.md "id: old" "title: O" "date: 2026-02-30" \
		"status: draft" &&
	git add . && git commit -q -m old &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: finnal" && git add . &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" "status: draft" &&
	retro retros/b.md "id: b" "title: B" "status: odd" &&
	status 1 git retro check --staged >out 2>err &&
	has out "retros/a.md:5:9: error: status" && lacks out b.md &&
	lacks out old.md && has err "in 1 retro" &&
	git add retros/a.md && git retro check --staged >out && test_empty out
'
ok '--staged: a link to what HEAD has, to what it has not, and all are not read for it' '
	new_repo linked && cd linked && mkdir retros &&
	for id in a b c d
	do
		retro retros/$id.md "id: x-$id" "title: $id" "date: 2026-01-01" \
			"status: draft" || exit 1
	done && git add . && git commit -q -m all && sleep 0.05 && git retro list >out &&
	sed "s/x-b/x-e/" retros/b.md >new && mv new retros/b.md && rm retros/c.md &&
	git retro list >out && git rm -q retros/d.md &&
	retro retros/a.md "id: x-a" "title: a" "date: 2026-01-01" "status: draft" \
		"related: [x-a, x-b, x-c, x-d, x-e, x-f]" && git add retros/a.md &&
	git retro check --staged >out 2>&1 &&
	test "$(grep -c link-unresolved out)" = 3 && has out x-d && has out x-e &&
	has out x-f && git checkout -q HEAD -- retros/c.md retros/b.md &&
	git retro check --staged >out2 2>&1 && same out out2 &&
	git update-index --split-index &&
	git retro check --staged >out2 2>&1 && same out out2 &&
	git update-index --no-split-index --index-version 4 &&
	git retro check --staged >out2 2>&1 && same out out2 &&
	if command -v sqlite3 >../shown
	then
		test "$(sqlite3 .git/retro/index "SELECT count(*) FROM listing")" = 0
	fi
'
ok '--staged: a hidden folder that fits a pattern has no retros' '
	new_repo hidden && cd hidden && mkdir -p .old/retros one/retros two/retros &&
	for f in .old/retros/a one/retros/a two/retros/b
	do
		retro $f.md "id: x-${f##*/}" "title: a" "date: 2026-01-01" \
			"status: draft" || exit 1
	done && git config retro.dir "*/retros" && git add . &&
	git commit -q -m all && git retro list >out && lacks out .old &&
	echo more >>one/retros/a.md && git rm -q two/retros/b.md && git add one &&
	git retro check --staged >out && test_empty out
'
ok '--staged: in the hook of `git commit <path>`, what that commits' '
	cd staged && printf "#!/bin/sh\ngit retro check --staged\n" \
		>.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit &&
	git commit -q -m "A is good" && git add -N retros/b.md &&
	status 1 git commit -q -m "B is not" retros/b.md 2>err &&
	git add retros/b.md && echo y >other.txt && git add other.txt &&
	git commit -q -m other other.txt &&
	test "$(git log -1 --format=%s)" = other &&
	status 1 git commit -q -m "B is not" && rm .git/hooks/pre-commit
'
ok '--staged: nothing is committed yet, links resolve in the index' '
	new_repo unborn && cd unborn && mkdir retros && echo x >here.c &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" "status: draft" &&
	echo "[a](../here.c) [b](../gone.c)" >>retros/a.md && git add retros &&
	git retro check --staged >out 2>err && has out "no file '\''here.c'\''" &&
	git add . && git retro check --staged >out 2>err &&
	lacks out here.c && has out gone.c
'
ok '--range: what one side changed, as it is there; also in a bare clone' '
	new_repo range && cd range && mkdir retros && commit one &&
	retro retros/old.md "id: old" "title: O" "date: 2026-02-30" \
		"status: draft" &&
	git add . && git commit -q -m old && git checkout -q -b topic &&
	retro retros/a.md "id: a" "title: A" "status: draft" "date: x" &&
	git add . && git commit -q -m a && git checkout -q main &&
	retro retros/c.md "id: c" "title: C" "status: draft" "date: x" &&
	git add . && git commit -q -m c &&
	for range in main..topic main...topic
	do
		status 1 git retro check --range $range >out 2>err &&
		has out "retros/a.md:5:7: error: date" && lacks out old.md &&
		lacks out c.md || exit 1
	done &&
	git clone -q --bare . ../range.git && cd ../range.git &&
	status 1 git retro check --range main..topic >bare 2>err &&
	same ../range/out bare
'
ok '--range: links elsewhere that it leaves without an end' '
	new_repo orphans && cd orphans && mkdir retros && commit one a.c &&
	echo x >gone.c && echo x >"my file.c" &&
	retro retros/gone.md "id: gone" "title: G" "date: 2026-01-01" \
		"status: draft" &&
	retro retros/moved.md "id: moved" "title: M" "date: 2026-01-01" \
		"status: draft" &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" \
		"status: draft" "related: [gone, moved, never]" "stauts: x" &&
	echo "[1](../gone.c) [2](../a.c) [3](moved.md) [4](../my%20file.c)" \
		>>retros/a.md && echo "[5](never.c)" >>retros/a.md &&
	git add . && git commit -q -m before && git checkout -q -b topic &&
	git rm -q gone.c "my file.c" retros/gone.md &&
	git mv retros/moved.md retros/new.md && git commit -q -m after &&
	git retro check --range main..topic >out 2>err &&
	sed -n "s/^\(retros[^ ]*\) .*'\''\(.*\)'\''$/\1 \2/p" out >have &&
	cat >want <<-\EOF &&
	retros/a.md:6:11: gone
	retros/a.md:9:5: gone.c
	retros/a.md:9:32: retros/moved.md
	retros/a.md:9:46: my file.c
	EOF
	same want have && git retro review --format=markdown main >out &&
	grep -c "\`retros/a.md\` line" out >count && test "$(cat count)" = 4
'
ok '--range: what makes no sense is refused' '
	cd range && status 129 git retro check --range topic 2>err &&
	has err "A..B" && status 128 git retro check --range main..gone 2>err &&
	status 129 git retro check --range main..topic retros/c.md 2>err &&
	status 129 git retro check --range main..topic --fix 2>err &&
	status 129 git retro check --range main..topic --staged 2>err &&
	git checkout -q --orphan other && git commit -q -m other &&
	status 128 git retro check --range main..other 2>err &&
	has err "no common ancestor" && git checkout -q -f main &&
	cd ../range.git && status 128 git retro check --fix 2>err &&
	has err bare
'
ok '--fix: one right answer each, and no other byte' '
	new_repo fix && cd fix && mkdir retros && commit one &&
	cat >retros/2026-01-02-a.md <<-\EOF &&
	---
	id: a # for good
	status:   finall  # a slip
	labls: [x]
	x-mine: "é"
	---
	# It broke

	## Summary
	s

	## Pitfalls
	p

	## Actions

	- [x] A3: done @ann
	-  [ ]  Test it @bo due:2026-02-01
	- [ ] Again @bo due:2026-02-01
	EOF
	sed -i "s/\$/\r/" retros/2026-01-02-a.md &&
	sed "s/finall/final/; s/labls/labels/; s/Test it/A4: Test it/
		s/] Again/] A5: Again/; s/^p/P1: p/
		s/^id: .*/&\ntitle: It broke\r\ndate: 2026-01-02\r/" \
		retros/2026-01-02-a.md >want &&
	git retro check --fix >out 2>err && same want retros/2026-01-02-a.md &&
	test_empty out && echo "fixed 7 problems; retros changed: 1" >words &&
	same words err && git retro check --fix >out 2>err && test_empty err
'
ok '--fix: what could mean two things is left alone' '
	cd fix && cat >retros/b.md <<-\EOF &&
	---
	id: b
	title: B
	date: 2026-01-02
	status: draft
	statuss: final
	labels: a
	label: b
	"knd": release
	relase: v1
	---
	EOF
	cp retros/b.md want && sed -i "s/^relase/release/" want &&
	git retro check --fix retros/b.md >out 2>err &&
	same want retros/b.md && has out "statuss" && has out "label"
'
ok 'a line is excused with a reason only' '
	new_repo allow && cd allow && mkdir retros &&
	retro retros/a.md "id: a" "title: A" "date: 2026-01-01" "status: draft" &&
	echo "Human error <!-- retro: allow blame: a title -->" >>retros/a.md &&
	git retro check >out && test_empty out &&
	sed -i "s/: a title//" retros/a.md && git retro check >out 2>err &&
	has out "warning: blame" && has out "warning: allow"
'
ok 'the team switches rules off and on, and gives them levels' '
	cd allow && echo "rules: {blame: off, allow: error}" >.retro.yml &&
	status 1 git retro check >out 2>err && lacks out blame: &&
	has out "error: allow" &&
	echo "rules: {blam: off, allow: maybe}" >.retro.yml &&
	git retro check >out 2>err && has out "did you mean '\''blame'\''" &&
	has out "must be off, on, note"
'
ok 'in a bare repository' '
	git -C bad add . && git -C bad commit -q -m bad &&
	git clone -q --bare bad bad.git && cd bad.git &&
	status 1 git retro check >out 2>err && golden cli/check.txt out
'
ok 'a name in a pitfall that is nowhere in the tree is noted' '
	new_repo pitfall-names && cd pitfall-names && mkdir retros &&
	echo "int load_rows(void);" >f.c && printf "%s\n" --- "id: a" "title: T" \
		"date: 2026-01-05" "status: review" --- "## Pitfalls" \
		"- never \`load_rows()\`, \`lode_rows()\`, \`f.c\`, \`git log\`" >retros/a.md &&
	git add . && git commit -q -m base && git retro check >out &&
	has out "retros/a.md:8:1: note: pitfall-name: '"'"'lode_rows()'"'"' is nowhere in the tree" &&
	test "$(grep -c nowhere out)" = 1 && git config grep.threads -1 &&
	git retro check >out && lacks out nowhere
'
ok 'what drifted has a name, and measures are numbers' '
	new_repo measures && cd measures && mkdir retros && printf "%s\n" --- \
		"id: a" "title: T" "date: 2026-01-05" "status: draft" \
		"drift:" "  - {statistic: PSI, value: high}" \
		"  - {feature: age, value: 0.31}" \
		"  - {feature: b, value: NaN}" "  - {feature: c, value: }" \
		"labels-quality: {kappa: {before: 0.4, after: good}, rework: 12%}" \
		--- >retros/a.md && status 1 git retro check >out && cat >want <<-\EOF &&
	retros/a.md:7:5: error: type: a row of '"'"'drift'"'"' has no '"'"'feature'"'"'
	  hint: name what drifted: {feature: age, statistic: PSI, value: 0.31}
	retros/a.md:7:29: error: type: a measure in '"'"'drift'"'"' must be a number
	  hint: write the number alone, its unit elsewhere
	retros/a.md:11:46: error: type: a measure in '"'"'labels-quality'"'"' must be a number
	  hint: write the number alone, its unit elsewhere
	EOF
	grep -A1 type: out | same want -
'

test_done
