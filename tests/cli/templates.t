#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The templates of drafts: which there are, whose, and that a draft of each is
# a retro without a finding.
. "${0%/*}/../lib/test.sh"

# draft <arguments>: drafts without an editor; the file's path in $draft.
draft () {
	draft=$(git retro new --no-edit "$@") && [ -f "$draft" ]
}

ok 'the built-in ones, in both languages' '
	new_repo repo && cd repo && commit Start && git tag v1.0.0 &&
	git retro new --list-templates >out 2>err && test_empty err &&
	sed "s/  */ /g" out >squeezed &&
	for name in deployment experiment incident kickoff project project-ai release
	do
		printf "%s built in\n" "$name en" "$name zh"
	done >expected && same expected squeezed && test ! -e retros
'
ok 'a draft of each passes check' '
	cd repo &&
	for kind in release incident experiment deployment project
	do
		for language in en zh
		do
			draft --kind $kind --language $language \
				"$kind $language" &&
			has "$draft" "kind: $kind" && lacks "$draft" "{{" ||
			exit 1
		done
	done && git retro check >out 2>&1 && test_empty out
'
ok 'for teams of data and models' '
	cd repo && draft --kind experiment Batch &&
	has "$draft" "metrics:" && has "$draft" "environment:" &&
	has "$draft" "## What we tried" && has "$draft" "## Data and labels" &&
	draft --kind deployment --language zh 上线 &&
	has "$draft" "## 上线之后" && has "$draft" "## 业务影响" &&
	has "$draft" "## 踩过的坑" &&
	draft --kind project Labels && has "$draft" "## Business impact"
'
ok 'a template is not its kind' '
	cd repo && draft --template deployment --release v1.0.0 &&
	has "$draft" "kind: release" && has "$draft" "## Since launch"
'
ok 'without a kind, the shortest' '
	cd repo && draft Plain && has "$draft" "kind: project" &&
	lacks "$draft" "metrics:" && has "$draft" "## What was hard"
'
ok 'one that there is not' '
	cd repo && ls retros >before &&
	status 128 git retro new --no-edit --template experimnt x 2>err &&
	has err "no template '"'experimnt'"'" &&
	has err "did you mean '"'experiment'"'?" &&
	status 128 git retro new --no-edit --template nosuch x 2>err &&
	has err "new --list-templates" && ls retros >after &&
	same before after
'
ok 'a team'"'"'s own win, the one of the language first' '
	new_repo team && cd team && commit Start &&
	mkdir -p retros/.templates && cd retros/.templates &&
	printf -- "---\n{{front}}\n---\n\n# {{title}}\n\nOurs\n" >review.md &&
	sed s/Ours/我们的/ review.md >review.zh.md &&
	cp review.md release.md && cp review.md project.en.md &&
	echo no template >"not a name.md" && echo nor this >notes.txt &&
	cd ../.. && git retro new --list-templates >out &&
	sed "s/  */ /g" out | grep -v -e deployment -e experiment \
		-e incident -e kickoff >squeezed &&
	cat >expected <<-\END && same expected squeezed &&
	project en retros/.templates/project.en.md
	project zh built in
	project-ai en built in
	project-ai zh built in
	release any retros/.templates/release.md
	review en retros/.templates/review.md
	review zh retros/.templates/review.zh.md
	END
	draft --template review One && has "$draft" Ours &&
	draft --template review --language zh 二 && has "$draft" 我们的 &&
	draft --kind release --language zh 三 && has "$draft" Ours &&
	draft --kind project Four && has "$draft" Ours &&
	draft --kind project --language zh 五 && lacks "$draft" Ours &&
	draft Plain && has "$draft" Ours && git retro check
'
ok 'a team'"'"'s own are suggested, and shown as one stands to them' '
	cd team && status 128 git retro new --no-edit --template reveiw x \
		2>err && has err "did you mean '"'review'"'?" &&
	mkdir -p deep && cd deep && git retro new --list-templates >out &&
	has out ../retros/.templates/review.md
'
ok 'an empty one, and a folder that is a link' '
	cd team && : >retros/.templates/blank.md &&
	status 128 git retro new --no-edit --template blank x 2>err &&
	has err "retros/.templates/blank.md" && has err "empty" &&
	mv retros/.templates ../theirs && ln -s ../../theirs retros/.templates &&
	status 128 git retro new --list-templates >out 2>err &&
	test_empty out && has err "symbolic link" &&
	status 128 git retro new --no-edit --template review x 2>err &&
	has err "symbolic link" && rm retros/.templates &&
	mv ../theirs retros/.templates
'
ok 'the list takes no title' '
	cd team && status 129 git retro new --list-templates x 2>err &&
	has err "no title"
'
test_done
