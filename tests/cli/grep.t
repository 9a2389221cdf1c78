#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What git grep does to files, told of retros; tests/fuzz/grep.t compares the
# two on random patterns and options.
. "${0%/*}/../lib/test.sh"

# alike <argument>...: git grep prints the same and exits with the same code.
alike () {
	git grep "$@" -- retros >theirs 2>/dev/null
	theirs=$?
	git retro grep "$@" >ours
	ours=$?
	same theirs ours && test $ours = $theirs
}

ok 'set up' '
	new_repo r && cd r && mkdir -p retros/old src &&
	cat >retros/a.md <<-\EOF &&
	---
	id: 2026-01-02-a
	title: Loader
	date: 2026-01-02
	status: final
	---
	## Summary

	The loader dropped rows without a label.

	## Pitfalls

	- Empty labels are dropped: `data/load.py`
	- The CUDA version was not pinned

	### By hand

	A label was typed twice.

	## Actions

	- [ ] A1: Test with empty labels
	EOF
	printf "# 旧的\n\n## 踩过的坑\n\n- CUDA版本没有固定\n- label 丢失\n\n## 概述\n\nlabel\n" \
		>retros/old/b.md &&
	printf "LABEL\r\nlast label" >retros/c.md &&
	echo label >retros/README.md && echo label >src/d.md &&
	git add . && git commit -q -m retros &&
	printf "retros/README.md diff=none\n" >/dev/null
'
ok 'retros are searched, and nothing else' '
	cd r && git retro grep -l label >out &&
	printf "%s\n" retros/a.md retros/c.md retros/old/b.md >want &&
	same want out
'
ok 'what is not committed, and not even added, is seen' '
	cd r && echo "a fresh zebra" >retros/new.md &&
	sed -i "s/typed twice/typed thrice/" retros/a.md &&
	git retro grep -h "zebra\|thrice" >out &&
	printf "A label was typed thrice.\na fresh zebra\n" >want &&
	same want out && status 1 git retro grep twice >out && test_empty out &&
	rm retros/new.md && git checkout -q retros/a.md &&
	status 1 git retro grep zebra && git retro grep twice >out
'
ok 'the forms of git grep' '
	cd r && rm retros/README.md &&
	for options in "" -n -c -l -L -h "-n --heading --break" -ow -vn \
		"-n -A1" "-B2 -n" "-C1 --heading" "-z -l" "-z -n" -ic -hn \
		--column "-n --column -A1" "--column --heading" "-v --column" \
		-m1 "-m1 -A2 -n" "-m1 -c" "-m2 -v" -hH -q "-q -v" "-L -q"
	do
		alike $options label && alike $options "d.*d" || exit 1
	done && git checkout -q retros/README.md
'
ok 'the kinds of pattern' '
	cd r && rm retros/README.md &&
	alike -F "data/load.py" && alike -G "lab\(el\)\?s" &&
	alike -E "(drop|typ)(ped|ed)" && alike -P "(?<!no )label\b" &&
	alike -i -E "cuda ?(版本|version)" && alike -F 坑 &&
	alike -E "[一-龥]{3}\$" && alike -e -- -e "- The" &&
	alike -E "^(-|##) .*[^.]\$" && git checkout -q retros/README.md
'
ok 'patterns put together' '
	cd r && rm retros/README.md &&
	alike -n -e label --and -e drop &&
	alike -n -e label --and --not -e drop &&
	alike -n -e CUDA --or -e drop &&
	alike -n --not "(" -e a -e l ")" &&
	alike -n "$(printf "CUDA\ntyped")" && git checkout -q retros/README.md &&
	git retro grep -h CUDA typed >out && test "$(wc -l <out)" = 3
'
ok 'patterns from a file, from stdin, from what is no file' '
	cd r && rm retros/README.md && printf "CUDA\r\n\ntyped\n" >../patterns &&
	alike -n -f ../patterns && alike -f ../patterns -e label &&
	alike -n -f ../patterns --and -e A && alike -E -c -f ../patterns &&
	git checkout -q retros/README.md && (cd src &&
		git retro grep -h -f ../../patterns >../out) &&
	test "$(wc -l <out)" = 3 &&
	git retro grep -h -f - <../patterns >again && same out again &&
	cat ../patterns | git retro grep -h -f /dev/stdin >again && same out again &&
	: >empty && status 129 git retro grep -f empty 2>err &&
	has err "needs a pattern" && status 128 git retro grep -f nowhere 2>err &&
	has err "cannot read '\''nowhere'\''" &&
	status 128 git retro grep -f . 2>err && has err "a directory"
'
ok 'mistakes in an expression' '
	cd r && status 129 git retro grep 2>err && has err "needs a pattern" &&
	status 129 git retro grep "(" -e a 2>err && has err "not closed" &&
	status 129 git retro grep -e a ")" 2>err && has err "has no matching" &&
	status 129 git retro grep -e a --and 2>err && has err "at the end" &&
	status 129 git retro grep --and -e a 2>err && has err "before --and" &&
	status 129 git retro grep "(" ")" 2>err && has err "before '\'')'\''" &&
	status 129 git retro grep $(printf -- "--not %.0s" $(seq 300)) a 2>err &&
	has err "too deep"
'
ok 'no regular expression' '
	cd r && status 128 git retro grep -E "a(" 2>err && has err "a(" &&
	has err "hint: to search for it literally: -F" && status 128 git retro grep -P "a(" 2>err &&
	has err "missing closing parenthesis" &&
	status 128 git retro grep "[a" 2>err &&
	plus=+++++++++++++++++++++++++++++++ && status 128 git retro grep -E "a$plus" 2>err &&
	has err "it repeats too much" && status 128 git retro grep -E "(((a{90}){90}){90})" 2>err &&
	has err "it repeats too much" && status 1 git retro grep -E "zzz{2,300}" &&
	for p in "((z{1000})?{1000})" "(z{9000})*{9000}" "(z?){9000}" "(^){9000}" "(z|){9000}"; do
		status 128 git retro grep -E "$p" 2>err && has err "it repeats too much" || return 1
	done &&
	for p in "\(z\{9000\}\)*\{9000\}" "\(z\?\)\{9000\}" "\(\b\)\{9000\}"; do
		status 128 git retro grep -e "$p" 2>err && has err "it repeats too much" || return 1
	done &&
	status 1 git retro grep -E "zz.{0,1500}(^z|z$|zz){90}" && status 1 git retro grep "z\*\{3000\}" &&
	new_repo ../empty && cd ../empty && status 128 git retro grep -E "a(" 2>err
'
ok 'only in a section, by its key and by its heading, in either language' '
	cd r && git retro grep -h label --in pitfalls >out &&
	printf -- "%s\n" "- Empty labels are dropped: \`data/load.py\`" \
		"A label was typed twice." "- label 丢失" >want && same want out &&
	git retro grep -h label --in 踩过的坑 >out && same want out &&
	git retro grep -h label --in "by hand" >out &&
	test "$(cat out)" = "A label was typed twice." &&
	git retro grep -c label --in summary --in actions >out &&
	printf "retros/a.md:2\nretros/old/b.md:1\n" >want && same want out
'
ok 'lines of a section keep their numbers, and what is around them' '
	cd r && git retro grep -n -A1 CUDA --in pitfalls >out &&
	printf "%s\n" "retros/a.md:14:- The CUDA version was not pinned" \
		retros/a.md-15- -- "retros/old/b.md:5:- CUDA版本没有固定" \
		"retros/old/b.md-6-- label 丢失" >want && same want out
'
ok 'the lines of a section that do not match, the retros without' '
	cd r && git retro grep -hv e --in pitfalls >out &&
	printf "%s\n" "## Pitfalls" "" "" "### By hand" "" "" \
		"## 踩过的坑" "" "- CUDA版本没有固定" "" >want && same want out &&
	git retro grep -L CUDA --in pitfalls >out && test "$(cat out)" = retros/c.md
'
ok 'a section that is nowhere is told' '
	cd r && status 1 git retro grep label --in pitfal >out 2>err &&
	test_empty out && has err "a section '\''pitfal'\''"
'
ok 'as of a revision' '
	cd r && git tag before && sed -i s/label/ticket/ retros/*.md &&
	status 1 git retro grep "a label" >out &&
	git retro grep -n "label" --at before >ours &&
	git grep -n label before -- retros ":!*README.md" >theirs &&
	same theirs ours && status 128 git retro grep x --at nope 2>err &&
	has err nope && git checkout -q .
'
ok 'only in some files' '
	cd r && git retro grep -l label -- retros/old >out &&
	test "$(cat out)" = retros/old/b.md &&
	git retro grep -l label -- "a.*" retros/c.md >out &&
	test "$(cat out)" = "$(printf "retros/a.md\nretros/c.md")" &&
	cd retros/old && git retro grep -l label -- . >out &&
	test "$(cat out)" = b.md && git retro grep -l label -- .. >out &&
	test "$(wc -l <out)" = 3 && rm out
'
ok 'a file that is taken for a pattern is told' '
	cd r && git retro grep CUDA retros/a.md 2>err >out &&
	has err "retros/a.md" && has err "after --" &&
	git retro grep CUDA src 2>err >out && test_empty err
'
ok 'so is a revision' '
	cd r && git tag -f v1.0 && for rev in HEAD~0 HEAD v1.0
	do
		git retro grep -e CUDA $rev 2>err >out &&
		has err "'\''$rev'\'' is taken as a pattern" &&
		has err "--at $rev" || exit 1
	done && git retro grep CUDA main 2>err && test_empty err &&
	git retro grep CUDA a.b 2>err && test_empty err &&
	git retro grep "(" CUDA ")" 2>err && test_empty err
'
ok 'from a folder, a bare repository and a linked work tree' '
	cd r && (cd src && git retro grep -l twice) >out &&
	test "$(cat out)" = ../retros/a.md &&
	git clone -q --bare . ../bare.git &&
	git -C ../bare.git retro grep -l twice >out &&
	test "$(cat out)" = retros/a.md &&
	git worktree add -q ../linked && echo "only here" >../linked/retros/a.md &&
	git -C ../linked retro grep -l "only here" >out && test -s out &&
	status 1 git retro grep "only here"
'
ok 'names are quoted as git quotes them' '
	cd r && echo label >"retros/标 签.md" && echo label >"retros/a\"b.md" &&
	git add . && rm retros/README.md && alike -l label &&
	alike -lz label && git config core.quotePath false && alike -c label &&
	git config --unset core.quotePath && git reset -q --hard
'
ok 'bytes that are no text' '
	cd r && printf "caf\351 label\n" >retros/latin.md &&
	printf "label\0\n" >retros/nul.md && git add . && rm retros/README.md &&
	alike -n label && alike -c label && alike -l "caf" && alike -o "f.*l" &&
	git reset -q --hard
'
ok 'colours, as git has them and as they are set' '
	cd r && rm retros/README.md && alike -n --color=always label &&
	alike -n -C1 --color label && alike -c --color label &&
	git config color.grep.match "bold blue" &&
	git config color.grep.filename green &&
	git config color.grep.separator "red ul" &&
	git config color.grep.selected yellow &&
	git config color.grep.context "#ff8800" &&
	git config color.grep.lineNumber nonsense-colour &&
	git config --unset color.grep.lineNumber &&
	alike -n -C1 --heading --color=always label &&
	git config color.grep.column "ul" && alike --column --color label &&
	git config color.grep.matchContext cyan &&
	alike -n -C1 --color=always label && alike -n label &&
	git config color.grep always && alike label &&
	alike --no-color label && alike --color=auto label &&
	git config --remove-section color.grep &&
	git config --unset color.grep && git config color.ui always && alike label &&
	git config --unset color.ui && git checkout -q .
'
ok 'a terminal gets colours, and nothing of a file that it would obey' '
	cd r && printf "label \033[2Jgone\r\n" >retros/esc.md &&
	TERM=xterm "$BUILD/tests/pty" -- git retro --no-pager grep gone >out &&
	has out "$(printf "\033[1;31mgone\033[m")" &&
	lacks out "$(printf "\033[2J")" &&
	git retro grep gone >out && has out "$(printf "\033[2J")" &&
	rm retros/esc.md
'
ok 'settings of git grep hold' '
	cd r && rm retros/README.md && git config grep.extendedRegexp true &&
	alike "(label)s?" && git config grep.patternType perl &&
	alike "(?<=a )label" && git config grep.patternType fixed &&
	alike "load.py" && alike -E "load.p" && git config grep.lineNumber true &&
	alike CUDA && git config --remove-section grep &&
	git config grep.column true && alike CUDA && alike --no-column CUDA &&
	git config --unset grep.column && git checkout -q . && cd src &&
	git retro grep -l --full-name twice >out && test "$(cat out)" = retros/a.md &&
	git -c grep.fullName=true retro grep -l twice >out &&
	test "$(cat out)" = retros/a.md && rm out
'
ok 'a pattern that explodes is stopped and named' '
	cd r && printf "%0200d!\n" 0 >retros/zero.md &&
	status 128 git retro grep -P "(0+)+\$" 2>err && has err "(0+)+\$" &&
	has err zero.md && has err hint && status 1 git retro grep -E "(0+)+x\$" &&
	rm retros/zero.md
'
ok 'no retro, no folder, nothing committed' '
	new_repo none && cd none && status 1 git retro grep a >out 2>err &&
	test_empty out && test_empty err && may_fail git retro grep -L a >out && test_empty out
'
ok 'history: set up' '
	new_repo h && cd h && mkdir retros &&
	printf -- "---\nid: 2026-01-05-a\ntitle: A\n---\n## Pitfalls\n\n- a zebra\n" >retros/a.md &&
	git add . && tick && git commit -q -m one &&
	git checkout -q -b side && tick && echo "- side zebra" >>retros/a.md &&
	git commit -q -a -m two && git checkout -q main &&
	tick && sed -i "s/a zebra/no horse/" retros/a.md && git commit -q -a -m three &&
	tick && git mv retros/a.md retros/b.md && git commit -q -m four &&
	tick && git rm -q retros/b.md && git commit -q -m five &&
	mkdir -p retros && echo "uncommitted zebra" >retros/c.md
'
# short <rev>: as a commit is written for a person.
short () {
	git rev-parse --short=10 "$1"
}
ok 'history: every text once, with its time, where nothing has it any more' '
	cd h && git retro grep --history "zebra\|horse" >out &&
	cat >want <<-EOF2 &&
	2026-01-05-a  $(short side):retros/a.md
	  since 2026-01-05 ($(short side)), now on side
	- a zebra
	- side zebra

	2026-01-05-a  $(short side~1):retros/a.md
	  from 2026-01-05 ($(short side~1)) to 2026-01-05 ($(short main~2)), on no branch now
	- a zebra

	2026-01-05-a  $(short main~2):retros/a.md
	  from 2026-01-05 ($(short main~2)) to 2026-01-05 ($(short main)), on no branch now
	- no horse
	EOF2
	sed "s/:retros.b.md/:retros\/a.md/" out >got && sort want >w && sort got >g &&
	same w g && git show "$(short main~2):retros/a.md" | grep -q horse
'
ok 'history: names, counts, sections, files' '
	cd h && git retro grep --history -l zebra >out && test "$(wc -l <out)" = 2 &&
	git retro grep --history -c zebra >out &&
	has out "$(short side):retros/a.md:2" &&
	git retro grep --history --in pitfalls -n -h zebra >out && has out "7:- a zebra" &&
	status 1 git retro grep --history zebra -- retros/b.md >out &&
	git retro grep --history horse -- retros/b.md >out && test -s out &&
	status 1 git retro grep --history giraffe >out && test_empty out &&
	status 129 git retro grep --history --at HEAD zebra 2>err
'
ok 'history: for programs' '
	cd h && git retro grep --history --format=json horse >out &&
	sed -E "s/[0-9a-f]{40,}/<id>/" out >plain && golden cli/grep-history.json plain
'
ok 'files: for programs' '
	cd r && git retro grep --format=json -i "label.*twice\|CUDA" >out &&
	golden cli/grep.json out
'
ok 'history: what only a tag, a stash or another work tree keeps' '
	cd h && git branch -q -m side gone && git tag kept gone &&
	git branch -q -D gone && git retro grep --history "side zebra" >out &&
	has out "on no branch now" && git tag -d kept >/dev/null &&
	status 1 git retro grep --history "side zebra" &&
	git add . && git stash -q && git retro grep --history uncommitted >out &&
	git stash drop -q && status 1 git retro grep --history uncommitted &&
	git worktree add -q --detach ../elsewhere &&
	echo "a lone zebra" >../elsewhere/retros.md &&
	mkdir ../elsewhere/retros && mv ../elsewhere/retros.md ../elsewhere/retros/d.md &&
	git -C ../elsewhere add . && git -C ../elsewhere commit -q -m lone &&
	git retro grep --history "lone zebra" >out &&
	git -C ../elsewhere reset -q --hard HEAD~1 &&
	status 1 git retro grep --history "lone zebra"
'
ok 'history: the kept file may be deleted, damaged, cut or not writable' '
	cd h && git retro grep --history . >want && kept=.git/retro/history &&
	test -s $kept && cp $kept whole &&
	git retro grep --history . >out && same want out &&
	for at in 0 9 40 100 300 500
	do
		cp whole $kept && printf "\377\377" |
		dd of=$kept bs=1 seek=$at conv=notrunc 2>/dev/null &&
		git retro grep --history . >out && same want out || exit 1
	done &&
	for n in 0 10 60 200 400
	do
		head -c $n whole >$kept && git retro grep --history . >out &&
		same want out || exit 1
	done &&
	rm $kept && git retro grep --history . >out && same want out &&
	rm $kept && mkdir $kept && git retro grep --history . >out &&
	same want out && rmdir $kept
'
ok 'history: in a bare clone, a shallow one, an empty repository' '
	git clone -q --bare h hb.git && git -C hb.git retro grep --history horse >out &&
	test -s out && git clone -q --depth 1 "file://$TRASH/h" hs &&
	(cd hs && status 1 git retro grep --history horse) &&
	git -C hs fetch -q --unshallow && git -C hs retro grep --history horse >out &&
	test -s out && cd none && status 1 git retro grep --history a 2>err &&
	test_empty err
'
ok 'history: what a partial clone has not is counted, not passed over' '
	git -C h config uploadpack.allowFilter true &&
	git -C h retro grep --history -h horse >want && test -s want &&
	git clone -q --filter=blob:none "file://$TRASH/h" hp && cd hp &&
	git remote set-url origin "file://$TRASH/gone" &&
	at_most 1 git retro grep --history -h horse >out 2>err &&
	! cmp -s ../want out && grep "versions\? .* not looked at" err &&
	has err "hint: to fetch what is missing: git fetch --refetch --no-filter" &&
	git remote set-url origin "file://$TRASH/h" &&
	git fetch -q --refetch --no-filter &&
	git retro grep --history -h horse >out 2>err && same ../want out &&
	test_empty err && cd ../h && git config --unset uploadpack.allowFilter
'
ok 'history: of another folder, once it is set' '
	cd h && mkdir other && echo "a zebra elsewhere" >other/e.md && git add other &&
	git commit -q -m other && status 1 git retro grep --history "zebra elsewhere" &&
	git -c retro.dir=other retro grep --history "zebra elsewhere" >out &&
	status 1 git -c retro.dir=other retro grep --history horse
'
ok 'history: of each folder that .retro.yml ever named' '
	new_repo moved && cd moved && commit settings .retro.yml "dir: notes/retros" &&
	commit one notes/retros/a.md "a zebra" && commit other src/a.md zebra &&
	git branch old && git retro grep --history -c zebra >out &&
	test "$(cat out)" = "$(short HEAD~1):notes/retros/a.md:1" &&
	git mv notes/retros retros && git rm -q .retro.yml && tick &&
	echo "a younger zebra" >>retros/a.md && git commit -q -a -m three &&
	git retro grep --history zebra >out && test "$(grep -c zebra out)" = 3 &&
	has out "$(short old~1):notes/retros/a.md" && has out "now on old" &&
	commit again .retro.yml "dir: docs" && mkdir docs &&
	git mv retros/a.md docs && tick && git commit -q -m five &&
	git retro grep --history zebra >kept && test "$(grep -c zebra kept)" = 3 &&
	has kept "$(short HEAD~2):retros/a.md" && has kept "now on main" &&
	rm .git/retro/history && git retro grep --history zebra >out &&
	same kept out && git retro grep -h zebra >out && test "$(wc -l <out)" = 2 &&
	commit six .retro.yml "{" && git retro grep --history -h zebra 2>err |
		grep -c zebra >out
'
ok 'history: a text that a merge left out ends with it' '
	new_repo left && cd left && commit start retros/start.md start &&
	git checkout -q -b side && commit theirs retros/a.md "side zebra" &&
	git checkout -q main && commit ours retros/a.md "main zebra" &&
	git retro grep --history "side zebra" >out && has out ", now on side" &&
	tick && git merge -q -s ours -m merged side && git branch side2 side &&
	git branch -q -D side && git retro grep --history "side zebra" >out &&
	lacks out " to " && has out ", now on side2" && git branch -q -D side2 &&
	git retro grep --history "side zebra" >out &&
	has out " to 2026-01-05 ($(short HEAD)), on no branch now" &&
	rm .git/retro/history && git retro grep --history "side zebra" >again &&
	same out again && git retro grep --history "main zebra" >out &&
	lacks out " to "
'
ok 'history: a text that a merge moved does not end' '
	new_repo merged && cd merged && commit start retros/a.md "a zebra" &&
	git checkout -q -b side && commit other retros/b.md b &&
	git checkout -q main && git mv retros/a.md retros/c.md && tick &&
	git commit -q -m moved && tick && git merge -q -m merged side 2>/dev/null &&
	git checkout -q --detach && git branch -q -D side main &&
	git retro grep --history zebra >out && lacks out " to " &&
	has out "on no branch now"
'
ok 'history: the texts without a match, of some files' '
	cd h && may_fail git retro grep --history -L horse -- retros/b.md >out &&
	lacks out side && git retro grep --history -L horse >out &&
	has out "$(short main~4):retros/a.md"
'
ok '-h is help only by itself' '
	cd r && git retro grep -h >out && has out "usage: git retro grep" &&
	git retro grep -h CUDA >out && lacks out usage
'
ok 'a pattern that is too long for PCRE2 is refused' '
	cd r && awk "BEGIN { while (n++ < 70000) printf \"a\"; print \"\" }" >long &&
	status 128 git retro grep -F -f long 2>err && has err "too large" &&
	status 128 git retro grep -f long 2>err && has err "too large" && rm long
'
ok '-P: the letters of \w are those that this git takes, of 2.40 and before' '
	new_repo letters && cd letters && printf "%s\n" "坑 x" "é" "a" "9" >file &&
	mkdir retros && mv file retros/a.md && git add . &&
	for class in "^\\w" "\\bx" "^\\W" "^\\D" "^[[:alpha:]]"
	do
		may_fail git grep -h -P "$class" retros >theirs &&
		may_fail git retro grep --no-filename -P "$class" >ours &&
		same theirs ours || exit 1
	done && mkdir ../bin && real=$(command -v git) &&
	for version in 2.39.5 2.40.0
	do
		printf "#!/bin/sh\ncase \"\$*\" in *\" version\") echo git version $version; exit ;; esac\nexec \"$real\" \"\$@\"\n" \
			>../bin/git && chmod +x ../bin/git &&
		PATH=$TRASH/bin:$PATH git-retro grep -P "^\w" >../$version ||
		exit 1
	done && lacks ../2.39.5 坑 && has ../2.40.0 坑 && has ../2.40.0 é
'
ok 'in a bare repository, a word with a slash is a pattern' '
	git clone -q --bare r plain.git && cd plain.git &&
	may_fail git retro grep CUDA retros/no.md 2>err && test_empty err
'
test_done
