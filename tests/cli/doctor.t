#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. "${0%/*}/../lib/test.sh"

SQ="'"
export SQ

# What differs from one machine to the next is taken out, the width of columns
# with it.
plain () {
	sed -E -e "s|$TRASH|<trash>|g; s|$BUILD|<build>|g" \
		-e "s/[0-9]+\.[0-9]+ ms/<n> ms/" \
		-e "s/^(  (git|git-retro|libgit2|cmark|libyaml|PCRE2) +)[0-9][^ ]*/\1<version>/" \
		-e "s/(libgit2 +<version>).*/\1 <linked>/" \
		-e "s/([^ ])  +/\1 /g" \
		-e "/^  (alive|answers|config) /d" # not kept everywhere
}

ok 'set up' '
	new_repo r && cd r && commit one && git tag v1.0.0 &&
	git retro init >/dev/null && git config retro.due 3d
'
ok_shims 'all of it' '
	cd r && git retro doctor | plain >out &&
	golden cli/doctor out
'
ok 'a value says where it was set' '
	cd r && git -c retro.dir=notes retro doctor >out &&
	grep -E "^  dir +command line +notes$" out &&
	grep -E "^  due +$TRASH/r/.git/config +3d$" out &&
	grep -E "^  releases.require +.retro.yml:[0-9]+ +minor$" out &&
	grep -E "^  sections +default +\{\}$" out &&
	git config --global retro.language zh &&
	git retro doctor >out && git config --global --unset retro.language &&
	grep -E "^  language +$HOME/.gitconfig +zh$" out
'
ok 'measuring does nothing but measure' '
	cd r && git for-each-ref >want && ls .git >files &&
	git retro doctor >/dev/null && git for-each-ref >out &&
	same want out && ls .git >out && same files out &&
	git -c retro.tags="*" retro doctor >/dev/null 2>err && test_empty err
'
ok_shims 'a hook that starts another is not started for it' '
	new_repo chained && cd chained && commit one &&
	printf "#!/bin/sh\necho ran >>\"$TRASH/ran\"\n" \
		>.git/hooks/reference-transaction &&
	chmod +x .git/hooks/reference-transaction &&
	git retro hooks install >/dev/null && git retro doctor >out &&
	has out "not measured" && test ! -e "$TRASH/ran"
'
ok 'hooks that are not in place' '
	new_repo none && cd none && git retro doctor >out &&
	has out "hook pre-push is not installed" &&
	has out "git retro hooks install" && lacks out Cost &&
	git config core.hooksPath /somewhere/else && git retro doctor >out &&
	has out "core.hooksPath" && has out "leads out of this repository"
'
ok 'a misspelt setting, in the file and in git config' '
	new_repo odd && cd odd && printf "version: 1\non-psuh: off\n" \
		>.retro.yml && git config retro.onTga off &&
	git retro doctor >out 2>err && test_empty err &&
	has out ".retro.yml:2:1: unknown setting" &&
	has out "did you mean ${SQ}on-push${SQ}?" &&
	has out "did you mean ${SQ}retro.onTag${SQ}?" &&
	git retro check >out && has out "retro.ontga"
'
ok 'a folder that is not there' '
	cd odd && git retro doctor >out && has out "folder '\''retros'\'' does not exist" &&
	mkdir retros && git retro doctor >out && lacks out "does not exist"
'
ok 'a shallow, a partial and a bare repository' '
	git clone -q --depth 1 "file://$PWD/r" shallow &&
	(cd shallow && git retro doctor >../out) &&
	has out "git fetch --unshallow" && git -C r config \
		uploadpack.allowFilter true &&
	git clone -q --filter=blob:none "file://$PWD/r" partial &&
	(cd partial && git retro doctor >../out) && has out "partial clone" &&
	git clone -q --bare r bare && (cd bare && git retro doctor >../out) &&
	has out "is bare" && lacks out "not in place"
'
ok 'a repository that cannot be read is told, not failed on' '
	git init -q later && cd later &&
	git config core.repositoryFormatVersion 1 &&
	git config extensions.nobodyKnows true &&
	git-retro doctor >out && has out nobodyknows && has out libgit2 &&
	lacks out Settings
'
ok 'outside of a repository too' '
	mkdir -p outside && cd outside && GIT_CEILING_DIRECTORIES=$TRASH \
		git retro doctor >out && has out "not a git repository"
'
ok 'answers for tags that are gone' '
	new_repo answers && cd answers && commit one && git tag v1.0.0 &&
	mkdir .git/retro && printf "no\tv1.0.0\tcas@example.com\n" \
		>.git/retro/asked && git retro doctor >out &&
	lacks out "no such tag" && git tag -d v1.0.0 >/dev/null &&
	git retro doctor >out &&
	has out "an answer for release v1.0.0, but no such tag" &&
	grep -E "^  asked +26 bytes" out
'
ok 'a pattern that means every tag, also those without a version' '
	new_repo every && cd every && commit one && git tag v1.0.0 &&
	printf "%s\n" "version: 1" "releases: {tags: [\"*\"]}" >.retro.yml &&
	git retro doctor >out && lacks out "every tag" && git tag nightly &&
	git retro doctor >out && has out "matches every tag, even nightly" &&
	printf "%s\n" "version: 1" "releases: {tags: [\"v*\"]}" >.retro.yml &&
	git retro doctor >out && lacks out "every tag"
'
ok 'what git ignores, and tags that are not fetched' '
	new_repo ignored && cd ignored && commit one && git tag v1.0.0 &&
	git retro init >out && git retro doctor >out && lacks out "git ignores" &&
	printf "%s\n" ".retro.yml" "/retros" >.gitignore &&
	git retro doctor >out && has out "git ignores .retro.yml" &&
	has out "git ignores files in retros/" && git add -f .retro.yml retros &&
	git retro doctor >out && lacks out "git ignores .retro.yml" &&
	git commit -q -m Retros && git clone -q --no-tags . ../notags &&
	lacks out "no-tags" && cd ../notags && git retro doctor >out &&
	has out "cloned with --no-tags" && has out "git fetch --tags"
'
ok 'it takes no argument' '
	cd r && status 129 git retro doctor HEAD 2>err
'
ok 'the index: none, up to date, changed, damaged, made anew' '
	new_repo ix && cd ix && mkdir retros && echo "# One" >retros/one.md &&
	git retro doctor >out && has out "none yet" && git retro list >list &&
	git retro doctor >out && grep -E "^  texts +1 +up to date" out &&
	sleep 0.1 && echo more >>retros/one.md && git retro doctor >out &&
	has out "1 of 1 files have changed" &&
	printf x | dd of=.git/retro/index bs=1 seek=20000 conv=notrunc 2>/dev/null &&
	git retro doctor >out && has out "damaged" &&
	git retro doctor --rebuild-index >out && has out "up to date" &&
	rm .git/retro/index && mkdir .git/retro/index &&
	status 128 git retro doctor --rebuild-index 2>err &&
	has err "cannot empty" && rmdir .git/retro/index
'
test_done
