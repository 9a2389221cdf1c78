#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `git diff` of a retro names the section or the field that a change lies in.
. "${0%/*}/../lib/test.sh"

# filler <n>: so many lines that a hunk does not reach what stands above.
filler () {
	seq "$1" | sed 's/^/line /'
	echo
}

write () {
	{
		echo ---
		echo "id: a"
		echo "commits:"
		echo "  cause:"
		seq 5 | sed 's/^/    - 123456/'
		echo "x-note: a"
		echo "title: T"
		echo "date: 2026-01-01"
		echo "status: draft"
		echo ---
		printf '# T\n\n## Summary\n\n'
		filler 8
		printf '## 踩过的坑 ##\n\n'
		filler 8
		printf '### 1. 网络\n\n#no heading\n\n'
		filler 8
	} >retros/a.md
}

# headers: what stands behind the @@ of each hunk.
headers () {
	git diff "$@" -U1 | sed -n 's/^@@ .* @@ *//p'
}

ok 'section and field, English and Chinese' '
	new_repo repo && cd repo && commit one && git retro init >../out &&
	write && git add . && git commit -q -m Retros &&
	sed -i -e "s/^    - 1234565/&9/" -e "s/line 7/line seven/" retros/a.md &&
	headers >../have && cat >../want <<-\EOF &&
	commits:
	## Summary
	## 踩过的坑 ##
	### 1. 网络
	EOF
	same ../want ../have && git checkout -q .
'
ok 'twice changes nothing' '
	cd repo && cp .git/config ../before && git retro init >../out &&
	same ../before .git/config && has ../out "git diff: already set up" &&
	test -z "$(git status --porcelain)"
'
ok 'a dry run only says' '
	new_repo dry && cd dry && commit one && cp .git/config ../before &&
	git retro init --dry-run >../out && same ../before .git/config &&
	has ../out "would configure git diff to show section names" &&
	has ../out "would write retros/.gitattributes" && test ! -e retros
'
ok 'a clone without the config shows what git always shows' '
	git clone -q repo clone && cd clone &&
	sed -i "s/line 7/line seven/" retros/a.md && git diff >../out 2>../err &&
	test_empty ../err && git retro init >../out &&
	headers >../have && has ../have "## Summary"
'
ok 'what a person set is kept' '
	git clone -q repo mine && cd mine &&
	git config diff.retro.xfuncname "^mine" && git retro init >../out &&
	has ../out "keeping your own setting of diff.retro.xfuncname" &&
	test "$(git config diff.retro.xfuncname)" = "^mine" &&
	git retro hooks uninstall >../out &&
	test "$(git config diff.retro.xfuncname)" = "^mine"
'
ok 'an older one of ours is replaced' '
	cd clone && git config diff.retro.xfuncname \
		"(^#{1,6}[[:blank:]].*|^(old):)" && git retro init >../out &&
	has ../out "git diff will show section names" &&
	case $(git config diff.retro.xfuncname) in *commits*) ;; *) false ;; esac
'
ok 'an attributes file that is there is left alone' '
	new_repo attrs && cd attrs && commit one && mkdir retros &&
	echo "*.md text" >retros/.gitattributes && git retro init >../out &&
	has ../out "add '\''*.md diff=retro merge=retro'\''" &&
	test "$(cat retros/.gitattributes)" = "*.md text"
'
ok 'in a folder of another name' '
	new_repo named && cd named && commit one &&
	git -c retro.dir=docs/looking-back retro init >../out &&
	git check-attr diff docs/looking-back/x/y.md >../have &&
	has ../have "diff: retro"
'
ok 'uninstall takes it away' '
	cd clone && git retro hooks uninstall >../out &&
	has ../out "git diff: setting removed" &&
	status 1 git config diff.retro.xfuncname &&
	git retro hooks uninstall >../out && lacks ../out "git diff" &&
	git diff >../out
'
test_done
