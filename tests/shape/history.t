#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# History in every form: what a draft counts is what git counts.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# drafted <range>: drafts it, the file in $draft, and holds the number of
# commits to git's. Reverts and merges count.
drafted () {
	rm -rf retros && git retro new Draft --range "$1" --no-edit >out 2>err ||
		{ cat err; return 1; }
	draft=$(cat out) &&
	want=$(git rev-list --count "$1") &&
	grep -E ": $want commits? (\\(.*\\) )?by" "$draft"
}
all_commands () {
	every_of every_reading && every_of every_writing
}

ok 'a merge of ten parents' '
	new_repo octopus && cd octopus && commit root && for i in 1 2 3 4 5 6 7 8 9
	do
		git checkout -q -b b$i main && commit c$i f$i || exit 1
	done && git checkout -q -b all main && commit own own && tick &&
	git merge -q -m "Merge all" b1 b2 b3 b4 b5 b6 b7 b8 b9 &&
	test "$(git log -1 --format=%P | wc -w)" = 10 && drafted main..all &&
	drafted main~0..b1 && all_commands
'
ok 'several roots, also merged' '
	new_repo roots && cd roots && commit one && git checkout -q --orphan two &&
	commit two two && git checkout -q --orphan three && commit three three &&
	git tag v1.0.0 main && git tag v2.0.0 two &&
	git merge -q -s ours --allow-unrelated-histories -m join main two &&
	test "$(git rev-list --max-parents=0 HEAD | wc -l)" = 3 &&
	drafted main..HEAD && drafted two..HEAD && drafted v1.0.0..v2.0.0 &&
	all_commands
'
ok 'a graft' '
	new_repo graft && cd graft && commit a && commit b && commit c &&
	commit d && git rev-parse HEAD~1 >.git/info/grafts &&
	drafted HEAD~1..HEAD && test "$(git rev-list --count HEAD 2>/dev/null)" = 2 &&
	git tag v1.0.0 && rm -rf retros &&
	git retro new --release v1.0.0 --no-edit >out && has "$(cat out)" "2 commits" &&
	all_commands
'
ok 'replace refs, and git --no-replace-objects' '
	new_repo replace && cd replace && commit a && commit b && commit c &&
	git replace --graft HEAD && may_fail drafted HEAD~0..HEAD &&
	cd "$TRASH/replace" && git tag v1.0.0 && rm -rf retros &&
	git retro new --release v1.0.0 --no-edit >out && has "$(cat out)" "1 commit " &&
	git --no-replace-objects retro list >/dev/null && all_commands
'
ok 'a shallow clone, of each depth' '
	new_repo deep && cd deep && for i in 1 2 3 4 5 6; do commit c$i; done &&
	git tag v1.0.0 HEAD~4 && git tag v2.0.0 && cd .. &&
	for depth in 1 2
	do
		git clone -q --depth $depth "file://$PWD/deep" shallow$depth &&
		(cd shallow$depth && git retro status &&
		 git retro new --release v2.0.0 --no-edit >out 2>err &&
		 has "$(cat out)" shallow && all_commands) || exit 1
	done
'
ok 'a partial clone fetches nothing' '
	cd deep && git config uploadpack.allowFilter true && cd .. &&
	git clone -q --filter=blob:none --no-checkout "file://$PWD/deep" part &&
	git clone -q --filter=tree:0 --no-checkout "file://$PWD/deep" trees &&
	for clone in part trees
	do
		(cd $clone && find .git/objects -name "*.pack" | wc -l >../before &&
		 git retro new --release v2.0.0 --no-edit && git retro list --at HEAD &&
		 all_commands
		 find .git/objects -name "*.pack" | wc -l >../after &&
		 same ../before ../after) || exit 1
	done
'
ok 'objects from alternates, and from a quarantine' '
	git clone -q --shared deep shared && cd shared && drafted v1.0.0..v2.0.0 &&
	all_commands && cd .. && git clone -q --bare deep quarantine.git &&
	cat >quarantine.git/hooks/pre-receive <<-\EOF &&
	#!/bin/sh
	read -r from to ref
	git retro list --at "$to" >"$TRASH/seen" 2>&1
	EOF
	chmod +x quarantine.git/hooks/pre-receive && cd deep &&
	git checkout -q -b pushed && retro_for v2.0.0 && git add retros &&
	git commit -q -m retro && git push -q ../quarantine.git pushed &&
	has ../seen r-v2.0.0 && git checkout -q main
'
ok 'an alternate that is gone' '
	git clone -q --shared deep lost && cd lost &&
	echo "$TRASH/nowhere/objects" >.git/objects/info/alternates &&
	! git log -1 2>/dev/null && { git-retro list 2>err; test $? -le 128; } &&
	all_commands
'
ok 'a blob, a tree and a commit that are missing' '
	for what in HEAD:file HEAD^{tree} HEAD~1
	do
		rm -rf missing && cp -R deep missing && (cd missing &&
		retro_for v1.0.0 && git add retros && git commit -q -m retro &&
		id=$(git rev-parse "$what") &&
		rm -f .git/objects/$(echo "$id" | sed "s|^..|&/|") &&
		! git fsck >/dev/null 2>&1 && git retro list >out &&
		has out r-v1.0.0 && { git log >/dev/null 2>&1 &&
			git retro status || status 128 git retro status; } &&
		all_commands) || { echo "without $what"; exit 1; }
	done
'
ok 'a damaged pack and a damaged loose object' '
	cp -R deep damaged && cd damaged && git gc -q &&
	for pack in .git/objects/pack/*.pack
	do
		chmod u+w "$pack" && printf "XXXXXXXX" |
		dd of="$pack" bs=1 seek=100 conv=notrunc status=none
	done && { git-retro status; test $? -le 128; } && all_commands &&
	cd .. && cp -R deep torn && cd torn &&
	id=$(git rev-parse HEAD | sed "s|^..|&/|") && chmod u+w .git/objects/$id &&
	: >.git/objects/$id && { git-retro list --at HEAD; test $? = 128; } &&
	all_commands
'
ok 'dates before 1970 and far ahead, no name, no mail' '
	new_repo odd && cd odd && write () {
		printf "tree %s\nauthor %s\ncommitter %s\n\n%s\n" \
			"$(git write-tree)" "$1" "$1" "$2" |
		git hash-object --literally -w -t commit --stdin
	} && one=$(write "A <a@b> -9223372036 +0000" old) &&
	two=$(write " <> 99999999999999 +0000" far) &&
	three=$(write "<> 1" none) && four=$(write "x" worse) &&
	five=$(write "A <a@b> 1767607200 +9999" zone) &&
	for id in $one $two $three $four $five
	do
		git update-ref refs/heads/main $id &&
		git update-ref refs/tags/v1.0.0 $id && rm -rf retros &&
		{ git retro new --release v1.0.0 --no-edit >out 2>err ||
		  { cat err; exit 1; }; } && git retro check && git retro status &&
		git retro list && every_of every_walking || exit 1
	done && all_commands
'
ok 'messages: empty, CRLF, not UTF-8, with and without an encoding' '
	new_repo messages && cd messages && commit root &&
	printf "a\r\n\r\nReverts nothing\r\n" | git commit -q --allow-empty -F - \
		--cleanup=verbatim && git commit -q --allow-empty \
		--allow-empty-message -m "" &&
	printf "caf\351 \001\033[31m\n" | git commit -q --allow-empty -F - &&
	printf "caf\351\n" | git -c i18n.commitEncoding=ISO-8859-1 commit -q \
		--allow-empty -F - && printf "x\n" | git -c \
		i18n.commitEncoding=none-such commit -q --allow-empty -F - &&
	perl -e "print q(long) x 300_000" | git commit -q --allow-empty -F - &&
	drafted HEAD~6..HEAD && git retro check &&
	! LC_ALL=C grep "$(printf "[\001\033]")" "$draft" && all_commands
'
ok 'an object that is no commit where one belongs' '
	new_repo wrong && cd wrong && commit first &&
	blob=$(git rev-parse HEAD:file) &&
	printf "tree %s\nparent %s\nauthor A <a> 1 +0\ncommitter A <a> 1 +0\n\nx\n" \
		"$(git rev-parse HEAD^{tree})" "$blob" |
	git hash-object --literally -w -t commit --stdin >id &&
	git update-ref --no-deref refs/heads/odd "$(cat id)" &&
	{ git-retro new x --range "odd~1..odd" --no-edit; test $? = 128; } &&
	{ git-retro list --all; test $? -le 128; } &&
	git symbolic-ref HEAD refs/heads/odd && all_commands
'
ok 'a commit-graph: whole, of other versions, and damaged' '
	cd deep && git commit-graph write --reachable && drafted v1.0.0..v2.0.0 &&
	git retro list >/dev/null && cp .git/objects/info/commit-graph ../graph &&
	for at in 4 5 6 7 8 12 20 60 200 400
	do
		cp ../graph .git/objects/info/commit-graph.new &&
		chmod u+w .git/objects/info/commit-graph.new &&
		printf "\377\377" | dd of=.git/objects/info/commit-graph.new \
			bs=1 seek=$at conv=notrunc status=none &&
		mv -f .git/objects/info/commit-graph.new \
			.git/objects/info/commit-graph && every_of every_walking ||
		exit 1
	done && : >.git/objects/info/commit-graph && every_of every_reading &&
	head -c 100 ../graph >.git/objects/info/commit-graph &&
	every_of every_walking && rm .git/objects/info/commit-graph
'
test_done
