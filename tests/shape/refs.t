#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# HEAD in each of its states, and refs of every kind. What has a retro, and
# which releases owe one, is held against git's own list.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
. "$TESTS/lib/every.sh"

# owed: the releases that status names.
owed () {
	git retro status --format=json |
	sed -n 's/.*"tag": *"\([^"]*\)".*/\1/p' | sort
}
# agree: they are the commit tags that git lists as v*.0.0.
agree () {
	git for-each-ref --format='%(refname:lstrip=2) %(objecttype) %(*objecttype)' \
		'refs/tags/v*.0.0' |
	sed -nE 's/ (commit |tag commit)$//p' | sort >"$TRASH/want" &&
	owed >"$TRASH/got" && same "$TRASH/want" "$TRASH/got"
}
all_commands () {
	every_of every_reading && every_of every_writing
}

ok 'an empty repository, with HEAD unborn' '
	new_repo empty && cd empty && git retro list >out && test_empty out &&
	git retro status && git retro check &&
	git retro new "First of all" --no-edit && git retro check &&
	status 128 git retro list --at HEAD 2>err && has err HEAD &&
	git retro hooks install && all_commands
'
ok 'an unborn branch in a repository with history' '
	new_repo unborn && cd unborn && commit first && git tag v1.0.0 &&
	git checkout -q --orphan other && git rm -q -rf . &&
	test "$(owed)" = v1.0.0 && all_commands
'
ok 'a detached HEAD' '
	new_repo detached && cd detached && commit first && commit second &&
	git tag v1.0.0 && git checkout -q HEAD~1 && test "$(owed)" = v1.0.0 &&
	git retro new --release v1.0.0 --no-edit && git retro check &&
	git retro hooks install && git tag v2.0.0 2>err && line v2.0.0 &&
	all_commands
'
ok 'in the middle of a rebase, a merge and a bisect' '
	new_repo busy && cd busy && commit a && commit b && git checkout -q -b side \
		HEAD~1 && commit c && git tag v1.0.0 && ! git rebase -q main &&
	test "$(owed)" = v1.0.0 && all_commands && git rebase --abort &&
	! git merge -q main && all_commands && git reset -q --hard &&
	git bisect start HEAD main~1 && git retro status && git bisect reset
'
ok 'HEAD is broken: git and we refuse in words' '
	new_repo head && cd head && commit first && echo nonsense >.git/HEAD &&
	! git rev-parse HEAD 2>/dev/null && status 128 git-retro list 2>err &&
	has err "git retro: " && echo "ref: refs/heads/../../x" >.git/HEAD &&
	{ git-retro list; test $? -le 128; } && all_commands
'
ok 'tags: of blobs and trees, nested, and without a tagger' '
	new_repo tags && cd tags && commit first &&
	git tag v1.0.0 && git tag -a -m x v2.0.0 && git tag v3.0.0 HEAD:file &&
	git tag -a -m x v4.0.0 HEAD^{tree} && git tag -a -m x v5.0.0 v2.0.0 &&
	git tag -a -m x v6.0.0 v5.0.0 && printf \
		"object %s\ntype commit\ntag v7.0.0\n\nno tagger\n" \
		$(git rev-parse HEAD) | git hash-object --literally -w -t tag --stdin >id &&
	git update-ref refs/tags/v7.0.0 $(cat id) &&
	printf "object %s\ntype commit\ntag v8.0.0\ntagger A <a> -1 +9999\n\n" \
		$(git rev-parse HEAD) |
	git hash-object --literally -w -t tag --stdin >id &&
	git update-ref refs/tags/v8.0.0 $(cat id) && rm id &&
	git for-each-ref --format="%(refname:lstrip=2) %(*objecttype)" &&
	for tag in 1 2 5 6 7 8
	do
		echo v$tag.0.0
	done >../want && owed >../got && same ../want ../got &&
	git retro new --release v6.0.0 --no-edit && git retro check &&
	all_commands
'
ok 'names that no shell likes, and that are not UTF-8' '
	new_repo names && cd names && commit first &&
	git tag "v1.0.0" && git tag "v\$(id);.0.0" && git tag "v版.0.0" &&
	git update-ref "$(printf "refs/tags/v\351.0.0")" HEAD &&
	git tag -a -m x -- "v-'\''\"&|.0.0" && git retro status >out &&
	lacks out "$(printf "\351")" && git retro status --format=json >out &&
	all_commands
'
ok 'a ref that is broken, empty, dangling, or a link to itself' '
	new_repo broken && cd broken && commit first && git tag v1.0.0 &&
	echo nonsense >.git/refs/tags/v2.0.0 && : >.git/refs/tags/v3.0.0 &&
	echo 1234567890123456789012345678901234567890 \
		>.git/refs/tags/v4.0.0 &&
	git symbolic-ref refs/tags/v5.0.0 refs/tags/v5.0.0 &&
	git symbolic-ref refs/tags/v6.0.0 refs/heads/none &&
	git symbolic-ref refs/tags/v7.0.0 refs/heads/main &&
	mkdir .git/refs/tags/v8.0.0 && status 128 git retro status 2>err && has err "v4.0.0" &&
	has err "git fsck" && git retro list && mv .git/refs/tags/v4.0.0 torn &&
	may_fail owed >out && has out v1.0.0 && mv torn .git/refs/tags/v4.0.0 &&
	all_commands
'
# A tenth of them for sanitizers, which do not look for size.
many=100000
[ -z "$sanitized" ] || many=10000
ok '100,000 packed refs: the same answers as git' '
	new_repo packed && cd packed && commit first && git tag v1.0.0 &&
	perl -e "(\$h, \$half) = @ARGV;
		print qq(# pack-refs with: peeled fully-peeled sorted \n);
		print qq(\$h refs/heads/b\$_\n) for sort 1 .. \$half;
		print qq(\$h refs/tags/t\$_\n) for sort 1 .. \$half - 10;
		print qq(\$h refs/tags/v\$_.0.0\n) for sort 2 .. 11;
	" $(git rev-parse HEAD) $((many / 2)) >.git/packed-refs &&
	test "$(git for-each-ref | wc -l)" = $((many + 2)) && agree &&
	git retro list --all && git retro doctor >/dev/null &&
	git retro hooks install && git tag v12.0.0 2>err && line v12.0.0 &&
	git branch z && git retro new --release v2.0.0 --no-edit
'
# In memory, where there is room: so many files are the disk's business.
loose=$TRASH/loose
if [ "$(df -k --output=avail /dev/shm | tail -n 1)" -gt 1000000 ] 2>/dev/null
then
	loose=$(mktemp -d /dev/shm/retro-test.XXXXXX)
fi
export loose
trap 'rm -rf "$loose" "$TRASH"' EXIT
ok '100,000 loose refs: the same answers as git' '
	new_repo "$loose" && cd "$loose" && commit first && git tag v1.0.0 &&
	perl -e "(\$h, \$n) = @ARGV; for my \$i (1 .. \$n) {
		my \$d = sprintf q(.git/refs/%s/d%d), \$i % 2 ? q(heads) : q(tags),
			\$i % 100;
		-d \$d or mkdir \$d;
		open my \$f, q(>), qq(\$d/x\$i) or die;
		print \$f qq(\$h\n);
	}" $(git rev-parse HEAD) $many &&
	test "$(git for-each-ref | wc -l)" = $((many + 2)) &&
	agree && git retro hooks install && git tag v2.0.0 2>err && line v2.0.0 &&
	git retro list --at HEAD
'
test_done
