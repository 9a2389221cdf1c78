#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What `init --ci` writes, and its commands run from the files themselves: in
# clones of a bare repository as a forge has it, with a forge that only writes
# down what it is asked.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/ci.sh"

# Forges, and what is fetched from them, name commits by SHA-1.
unset GIT_DEFAULT_HASH

FORGE=$TRASH/forge
export FORGE
fake_curl

# retro <file> <line>...: the lines as front matter.
retro () {
	file=$1
	shift
	{
		echo ---
		printf '%s\n' "$@"
		echo ---
	} >"$file"
}

# A team's repository on a forge, with the files of both; a request from
# outside, 7, that brings a retro, a secret, and settings that would let it.
set_up () {
	git init -q team && cd team && commit 'Load the rows' load.py &&
	git tag v1.0.0 && git retro init --ci github >../out.github &&
	git retro init --ci gitlab >../out.gitlab &&
	git retro init --ci pre-commit >../out.pre-commit &&
	git retro skip v1.0.0 --reason 'older than this' >/dev/null &&
	git add . && git commit -q -m 'Keep retros' && tick &&
	git clone -q --bare . ../origin.git &&
	git remote add origin "$TRASH/origin.git" && git push -q origin main &&
	git checkout -q -b request && retro retros/a.md 'id: a' 'title: A' \
		'date: 2026-01-05' 'status: draf' &&
	echo "key AKIA""Q7Z2M4N6P8R1S3T5" >>retros/a.md &&
	echo 'rules: {secret: off, status: off}' >>.retro.yml &&
	git add . && git commit -q -m 'A retro' &&
	git push -q origin request:refs/pull/7/head &&
	git checkout -q main && commit 'Meanwhile' other.py && git push -q origin main
}
(set_up) >setup 2>&1 || { cat setup; exit 1; }
WORKFLOW=$TRASH/team/.github/workflows/retro.yml
PIPELINE=$TRASH/team/.gitlab/retro.yml

ok 'init writes them, says what is left to do, and touches nothing twice' '
	has out.github "wrote .github/workflows/retro.yml" &&
	has out.github "set GIT_RETRO_URL" &&
	has out.gitlab "include it from .gitlab-ci.yml" &&
	has out.pre-commit "wrote .pre-commit-config.yaml" &&
	has "$WORKFLOW" "tags: [\"v[0-9]*\"]" && cd team &&
	git retro init --ci github >../out &&
	has ../out "retro.yml already exists" && lacks ../out jobs &&
	cp -r . ../own && cd ../own && echo "name: mine" >"${WORKFLOW#"$TRASH"/team/}" &&
	git retro init --ci github >../out && has ../out "it should contain" &&
	has ../out "jobs:" &&
	test "$(cat .github/workflows/retro.yml)" = "name: mine"
'
ok 'a dry run writes none; an unknown one is refused' '
	new_repo dry && cd dry && git retro init --dry-run --ci github >../out &&
	has ../out "would write .github/workflows/retro.yml" &&
	test ! -e .github && status 129 git retro init --ci jenkins 2>../err &&
	has ../err "use github, gitlab, github-pages"
'
ok 'pre-commit: the hook checks what is staged' '
	cd team && has .pre-commit-config.yaml "files: \"^retros/\"" &&
	entry=$(sed -n "s/^ *entry: //p" .pre-commit-config.yaml) &&
	$entry && retro retros/b.md "id: b" "title: B" "status: odd" &&
	git add retros/b.md && status 1 $entry >../out 2>&1 &&
	has ../out "error: status" && git rm -q -f --cached retros/b.md &&
	rm retros/b.md
'

for job in check review draft
do
	ok "github, $job: it is built from the commit that was named" '
		mkdir -p opt/bin && rm -rf opt/git-retro made &&
		printf "#!/bin/sh\n" >opt/bin/apt-get &&
		printf "#!/bin/sh\necho \"\$@\" >%s/made; pwd >>%s/made\n" \
			"$TRASH" "$TRASH" >opt/bin/make &&
		chmod +x opt/bin/* && new_repo "tool$job" && (
			cd "tool$job" && commit old && commit new
		) && github_step "$WORKFLOW" $job "Install git retro" |
			sed "s|/opt/|$TRASH/opt/|" >install && test -s install &&
		export GIT_RETRO_URL="file://$TRASH/tool$job" &&
		export GIT_RETRO_COMMIT=$(git -C "tool$job" rev-parse HEAD) &&
		PATH=$TRASH/opt/bin:$PATH run_step install &&
		printf "%s\n" "deps install" "$TRASH/opt/git-retro" >want &&
		same want made && test "$(cat opt/git-retro/file)" = new &&
		rm -rf opt/git-retro && unset GIT_RETRO_URL &&
		status 1 env PATH="$TRASH/opt/bin:$PATH" bash -e install 2>err
	'
done
ok 'pages: written beside the others, made of what is committed' '
	cp -R team paged && cd paged && git checkout -q main &&
	git retro init --ci github-pages >../out &&
	has ../out "wrote .github/workflows/retro-pages.yml" &&
	has .github/workflows/retro-pages.yml "paths: [retros/**, .retro.yml]" &&
	git retro init --ci gitlab-pages >../out &&
	has ../out "wrote .gitlab/retro-pages.yml" &&
	GITHUB_WORKSPACE=$PWD && export GITHUB_WORKSPACE &&
	github_step .github/workflows/retro-pages.yml site "Make the site" >step &&
	test -s step && run_step step && test -s site/index.html &&
	gitlab_script .gitlab/retro-pages.yml pages script >step && test -s step &&
	CI_PAGES_URL=https://team.example/app run_step step &&
	grep -q "https://team.example/app" public/feed.xml public/*.xml
'
ok 'digest: sent on Mondays and two days before, and only if there is something' '
	new_repo digested && cd digested && commit one && git retro init >../out &&
	git retro init --ci github-digest >../out &&
	has ../out "wrote .github/workflows/retro-digest.yml" && has ../out RETRO_HOOK &&
	git retro init --ci gitlab-digest >../out &&
	has ../out "wrote .gitlab/retro-digest.yml" && has ../out "two schedules" &&
	GITHUB_WORKSPACE=$PWD FORMAT=slack HOOK=https://chat.example/x RETRO_HOOK=https://chat.example/y &&
	SCHEDULE= GIT_RETRO_NOTIFY_SECRET= RETRO_DIGEST=week &&
	export GITHUB_WORKSPACE FORMAT HOOK RETRO_HOOK SCHEDULE GIT_RETRO_NOTIFY_SECRET RETRO_DIGEST &&
	github_step .github/workflows/retro-digest.yml digest "Send the digest" >../step &&
	gitlab_script .gitlab/retro-digest.yml retro-digest script >../script &&
	test -s ../step && test -s ../script && rm -f ../forge/* &&
	run_step ../step && run_step ../script && test ! -e ../forge/log &&
	{ retro retros/late.md "id: late" "title: Late" "date: 2026-01-05" "status: final" &&
		printf "\n## Actions\n\n- [ ] A1: Test it @ann due:2026-01-07\n" >>retros/late.md; } &&
	SOURCE_DATE_EPOCH=1767607200 && export SOURCE_DATE_EPOCH &&
	run_step ../step && run_step ../script &&
	printf "%s\n" "POST https://chat.example/x" "POST https://chat.example/y" | same - ../forge/log &&
	has ../forge/1.json "Test it" && jq -e .blocks ../forge/1.json >../blocks &&
	SCHEDULE="5 1 * * *" RETRO_DIGEST=due && run_step ../step && run_step ../script &&
	has ../forge/3.json "Test it" && lacks ../forge/3.json "Late\"" && same ../forge/3.json ../forge/4.json &&
	FORMAT=dingtalk GIT_RETRO_NOTIFY_SECRET=x && run_step ../step && run_step ../script &&
	grep -q "chat.example/x.*sign=" ../forge/log && grep -q "chat.example/y.*sign=" ../forge/log &&
	unset HOOK && ! run_step ../step
'
# What somebody else can change under its name: an action's tag, an image's.
ok 'actions are named by their commit, images by their digest' '
	cat "$WORKFLOW" "$PIPELINE" paged/.github/workflows/retro-pages.yml \
		paged/.gitlab/retro-pages.yml digested/.github/*/retro-digest.yml \
		digested/.gitlab/retro-digest.yml "$TOP"/.github/*/*/*.yml \
		"$TOP/templates/setup/template.yml" \
		"$TOP/src/man/git-retro.1" "$TOP/src/man/zh_CN/git-retro.1" >all &&
	grep -E "^ *(- )?uses:" all >actions &&
	grep -E "^ *(- )?(image|container):" all >images &&
	test "$(wc -l <actions)" -ge 8 && test "$(wc -l <images)" -ge 6 &&
	! grep -vE "uses: [a-z/-]+@[0-9a-f]{40} # v[0-9.]+$" actions &&
	! grep -vE ": [a-z0-9:]+@sha256:[0-9a-f]{64}$" images
'
validator=$TOP/build/npm/node_modules/.bin/action-validator
if [ -x "$validator" ]
then
	ok 'github: held to the schema of workflows' '
		for workflow in "$WORKFLOW" \
			"$TRASH/paged/.github/workflows/retro-pages.yml" \
			"$TRASH/digested/.github/workflows/retro-digest.yml"
		do
			"$validator" "$workflow" >out 2>&1 ||
				{ cat out; exit 1; }
		done &&
		sed "s/runs-on:/runs-no:/" "$WORKFLOW" >bad.yml &&
		! "$validator" bad.yml >out 2>&1
	'
else
	skip 'github: held to the schema of workflows' \
		'make test-deps installs the validator'
fi

# job <name>: a runner's workspace, as actions/checkout leaves it.
job () {
	rm -rf "$1" "$1.tmp" && mkdir "$1.tmp" && git clone -q origin.git "$1" &&
	GITHUB_WORKSPACE=$TRASH/$1 RUNNER_TEMP=$TRASH/$1.tmp NUMBER=7 &&
	GITHUB_API_URL=https://api.example GITHUB_REPOSITORY=team/app &&
	BASE=$(git -C origin.git rev-parse main) GH_TOKEN=secret-of-the-job &&
	export GITHUB_WORKSPACE RUNNER_TEMP GITHUB_API_URL GITHUB_REPOSITORY &&
	export NUMBER BASE GH_TOKEN && cd "$1"
}

ok 'github: annotations, by the rules of the branch it goes to' '
	github_step "$WORKFLOW" check "Check the retros that it changes" >step &&
	test -s step && job check && git fetch -q origin refs/pull/7/head &&
	git checkout -q --detach origin/main &&
	git merge -q --no-edit FETCH_HEAD && status 1 run_step ../step >../out 2>../err &&
	has ../out "::error file=retros/a.md,line=5,col=9,title=status::" &&
	has ../out "title=secret::this looks like an AWS access key" &&
	lacks ../out AKIA && has ../err "2 errors"
'
ok 'github: one comment, that is updated, and goes' '
	github_step "$WORKFLOW" review "Fetch the request'\''s commits" >fetch &&
	{ github_step "$WORKFLOW" review "Review it" &&
		github_step "$WORKFLOW" review "Comment on it"; } >step &&
	test -s fetch &&
	rm -f forge/* && job review && run_step ../fetch && run_step ../step &&
	printf "%s\n" \
		"GET https://api.example/repos/team/app/issues/7/comments?per_page=100&page=1" \
		"POST https://api.example/repos/team/app/issues/7/comments" >../want &&
	same ../want "$FORGE/log" &&
	jq -r .body "$FORGE/2.json" >../body && head -n1 ../body >../first &&
	echo "<!-- git-retro review -->" >../want && same ../want ../first &&
	has ../body "**new** A" && has ../body "secret: off" &&
	lacks ../body "$GH_TOKEN" && cd .. &&
	cat >forge/comments.json <<-\EOF &&
	[{"id": 1, "user": {"login": "mallory"}, "body": "<!-- git-retro review -->"},
	 {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "other"},
	 {"id": 3, "user": {"login": "github-actions[bot]"},
	  "body": "<!-- git-retro review -->\nold"}]
	EOF
	: >forge/log && job review && run_step ../fetch && run_step ../step &&
	has "$FORGE/log" "PATCH https://api.example/repos/team/app/issues/comments/3" &&
	: >"$FORGE/log" && cd .. && job review &&
	git update-ref refs/retro/head origin/main && run_step ../step &&
	has "$FORGE/log" "DELETE https://api.example/repos/team/app/issues/comments/3"
'
ok 'github: nothing to say, no comment' '
	rm -f forge/* && job review && git update-ref refs/retro/head origin/main &&
	run_step ../step && test "$(wc -l <"$FORGE/log")" = 1
'
ok 'github: the request is nowhere checked out where a token can write' '
	awk "/^  review:/ { on = 1 } /^  draft:/ { on = 0 } on" "$WORKFLOW" |
		sed "/^ *#/d" >part &&
	lacks part "head.sha" && lacks part "head.ref" &&
	lacks part "ref:" && has part "pull-requests: write" &&
	has part "contents: read" &&
	awk "/^  check:/ { on = 1 } /^  review:/ { on = 0 } on" "$WORKFLOW" >part &&
	lacks part write && has part "persist-credentials: false" &&
	has "$WORKFLOW" "permissions: {}"
'
ok 'no expression of an event stands in a script' '
	for job in check review draft
	do
		for step in "Install git retro" "Check the retros that it changes" \
			"Fetch the request'\''s commits" "Review it" "Comment on it" \
			"Draft the retro of the release"
		do
			github_step "$WORKFLOW" $job "$step"
		done
	done >scripts && test "$(wc -l <scripts)" -gt 60 && lacks scripts "\${{"
'

ok 'github: a release that was tagged elsewhere gets its draft' '
	github_step "$WORKFLOW" draft "Draft the retro of the release" >step &&
	rm -f forge/* && (cd team && git checkout -q main &&
		commit "Train" train.py && git push -q origin main &&
		git tag v1.1.0 2>/dev/null; GIT_RETRO=0 git push -q origin v1.1.0) &&
	export TAG=v1.1.0 BRANCH=main && job draft && run_step ../step &&
	git -C ../origin.git log -1 --format=%s retro/v1.1.0 >../have &&
	echo "Draft the retro of v1.1.0" >../want && same ../want ../have &&
	git -C ../origin.git show retro/v1.1.0 --stat >../stat &&
	has ../stat v1-1-0.md &&
	has "$FORGE/log" "POST https://api.example/repos/team/app/pulls" &&
	jq -r "[.title, .head, .base] | join(\" \")" "$FORGE/1.json" >../have &&
	echo "Retro of v1.1.0 retro/v1.1.0 main" >../want && same ../want ../have &&
	: >"$FORGE/log" && cd .. && job draft && run_step ../step >../out &&
	has ../out "owes no retro" && test_empty "$FORGE/log"
'
ok 'github: where no pull request may be opened, an issue' '
	(cd team && commit More more.py && git push -q origin main &&
		git tag v1.2.0 2>/dev/null; git tag v1.2.1;
		GIT_RETRO=0 git push -q origin v1.2.0 v1.2.1) &&
	rm -f forge/* && echo "POST https://api.example/repos/team/app/pulls" \
		>forge/refuse &&
	export TAG=v1.2.0 BRANCH=main && job draft && run_step ../step &&
	has "$FORGE/log" "POST https://api.example/repos/team/app/issues" &&
	jq -r .body "$FORGE/2.json" >../have && has ../have retro/v1.2.0 &&
	cd .. && TAG=v1.2.1 && : >forge/log && job draft && run_step ../step >../out &&
	has ../out "owes no retro"
'

# pipeline <name> <ref>: a GitLab runner's workspace.
pipeline () {
	rm -rf "$1" && git clone -q origin.git "$1" && cd "$1" &&
	git fetch -q origin "$2" && git checkout -q --detach FETCH_HEAD &&
	CI_COMMIT_SHA=$(git rev-parse HEAD) &&
	CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git merge-base HEAD origin/main) &&
	CI_API_V4_URL=https://gitlab.example/api/v4 CI_PROJECT_ID=5 &&
	CI_MERGE_REQUEST_IID=7 RETRO_TOKEN=secret-of-the-job &&
	CI_DEFAULT_BRANCH=main CI_SERVER_HOST=gitlab.example &&
	CI_SERVER_PROTOCOL=https CI_PROJECT_PATH=team/app &&
	export CI_COMMIT_SHA CI_MERGE_REQUEST_DIFF_BASE_SHA CI_API_V4_URL &&
	export CI_PROJECT_ID CI_MERGE_REQUEST_IID RETRO_TOKEN CI_SERVER_PROTOCOL &&
	export CI_DEFAULT_BRANCH CI_SERVER_HOST CI_PROJECT_PATH
}

ok 'gitlab: a code quality report, by the rules of the branch it goes to' '
	gitlab_script "$PIPELINE" retro-check script >step && test -s step &&
	pipeline quality refs/pull/7/head && status 1 run_step ../step 2>../err &&
	jq -r ".[].check_name" gl-code-quality-report.json | sort -u >../have &&
	printf "%s\n" secret status >../want && same ../want ../have
'
ok 'gitlab: one comment, that is updated, and goes' '
	gitlab_script "$PIPELINE" retro-review script >step && test -s step &&
	notes=https://gitlab.example/api/v4/projects/5/merge_requests/7/notes &&
	rm -f forge/* && echo "{\"id\": 9}" >forge/user.json &&
	pipeline merge refs/pull/7/head && run_step ../step &&
	has "$FORGE/log" "POST $notes" && has "$FORGE/3.json" "**new** A" &&
	cd .. && cat >forge/notes.json <<-\EOF &&
	[{"id": 1, "author": {"id": 8}, "body": "<!-- git-retro review -->"},
	 {"id": 2, "author": {"id": 9}, "body": "<!-- git-retro review -->\nold"}]
	EOF
	pipeline merge refs/pull/7/head && run_step ../step &&
	has "$FORGE/log" "PUT $notes/2" && cd .. &&
	pipeline merge main && run_step ../step &&
	has "$FORGE/log" "DELETE $notes/2"
'
ok 'gitlab: a release that was tagged elsewhere gets its draft' '
	gitlab_script "$PIPELINE" retro-draft script |
		sed "s|\"\$CI_SERVER_PROTOCOL://.*\"|\"$TRASH/origin.git\"|" >step &&
	(cd team && commit Again again.py && git push -q origin main &&
		git tag v1.3.0 2>/dev/null; GIT_RETRO=0 git push -q origin v1.3.0) &&
	rm -f forge/* && pipeline tagged v1.3.0 && CI_COMMIT_TAG=v1.3.0 &&
	export CI_COMMIT_TAG && run_step ../step &&
	git -C ../origin.git log -1 --format=%s retro/v1.3.0 >../have &&
	has ../have "Draft the retro of v1.3.0" &&
	has "$FORGE/log" "POST https://gitlab.example/api/v4/projects/5/merge_requests" &&
	jq -r .source_branch "$FORGE/1.json" >../have && has ../have retro/v1.3.0 &&
	: >"$FORGE/log" && cd .. && pipeline tagged v1.3.0 &&
	run_step ../step >../out && has ../out "owes no retro"
'
# Who may look at the processes of a runner sees their arguments.
ok 'the token stands on no command line' '
	draws=$TRASH/draws && mkdir -p "$draws" && : >forge/args &&
	real=$(command -v git) && printf "#!/bin/sh\necho \"\$*\" >>%s\nexec %s \"\$@\"\n" \
		"$FORGE/args" "$real" >"$draws/git" && chmod +x "$draws/git" &&
	(cd team && commit Token token.py && git push -q origin main &&
		git tag v1.4.0 2>/dev/null; GIT_RETRO=0 git push -q origin v1.4.0) &&
	github_step "$WORKFLOW" draft "Draft the retro of the release" >step &&
	export TAG=v1.4.0 BRANCH=main && job draft &&
	PATH=$draws:$PATH run_step ../step && cd .. &&
	has forge/args "push" && has forge/args "https://api.example" &&
	git -C origin.git branch -D retro/v1.4.0 >/dev/null &&
	gitlab_script "$PIPELINE" retro-draft script |
		sed "s|\"\$CI_SERVER_PROTOCOL://.*\"|\"$TRASH/origin.git\"|" >step &&
	pipeline tagged v1.4.0 && CI_COMMIT_TAG=v1.4.0 &&
	export CI_COMMIT_TAG && PATH=$draws:$PATH run_step ../step && cd .. &&
	has forge/args "https://gitlab.example" && test -n "$RETRO_TOKEN" &&
	lacks forge/args "$RETRO_TOKEN" &&
	lacks forge/args "$(printf "x-access-token:%s" "$GH_TOKEN" | base64 -w 0)"
'
ok 'gitlab: it is built from the commit that was named' '
	rm -rf opt/git-retro made &&
	gitlab_script "$PIPELINE" .retro before_script |
		sed "s|/opt/|$TRASH/opt/|g" >install && test -s install &&
	export GIT_RETRO_URL="file://$TRASH/toolcheck" &&
	export GIT_RETRO_COMMIT=$(git -C toolcheck rev-parse HEAD) &&
	PATH=$TRASH/opt/bin:$PATH run_step install &&
	echo "-C $TRASH/opt/git-retro deps install" >want &&
	head -n1 made >have && same want have &&
	test "$(cat opt/git-retro/file)" = new
'
test_done
