#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The hook pre-commit: past pitfalls of staged files, and errors of staged
# retros.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/hook.sh"
unhurried

# trap_at <id> <pitfall> [<line>...]: a committed retro with a pitfall.
trap_at () {
	mkdir -p retros && id=$1 text=$2 && shift 2 &&
	{
		printf '%s\n' --- "id: $id" "title: The trap $id" \
			"date: 2026-01-05" "status: draft"
		[ $# = 0 ] || printf '%s\n' "$@"
		printf '%s\n' --- '' '## Pitfalls' '' "- $text"
	} >"retros/$id.md" && git add retros && git commit -q -n -m "$id"
}

# change <file> [<git commit's options>]: commits another call of more() in it;
# what is said is in err.
change () {
	file=$1 && shift &&
	mkdir -p "$(dirname "$file")" && echo "more(again);" >>"$file" &&
	git add "$file" && git commit -q -m "Fix $file" "$@" 2>err
}

# days <number>: that many later.
days () {
	SOURCE_DATE_EPOCH=$((test_clock + $1 * 86400)) && export SOURCE_DATE_EPOCH
}

told () { has err "git retro: $1"; }
quiet () { test_empty err; }

ok 'a past pitfall is told where it is met, once in thirty days' '
	hooked told && trap_at a "never \`more()\` alone" &&
	change src/load.c && told "src/load.c: never more() alone (a)" &&
	test "$(wc -l <err)" = 1 && change src/load.c && quiet &&
	change src/save.c && quiet && days 29 && change src/load.c && quiet &&
	days 31 && change src/load.c && told src/load.c && change src/load.c && quiet
'

ok 'to each person, and each pitfall by its number' '
	hooked sets && trap_at a "P2: \`more()\` is tricky
- P1: \`less()\`, too" &&
	change one.c && told "one.c: more() is tricky (a#P2)" && echo "less();" >two.c &&
	change two.c && told "two.c: less(), too (a#P1)" && change one.c && quiet &&
	GIT_AUTHOR_EMAIL=bo@example.com && export GIT_AUTHOR_EMAIL &&
	change one.c && told one.c && change one.c && quiet
'

ok_shims 'nothing to say starts nothing' '
	hooked nothing && trap_at a "never \`fresh()\`, not in \`src/load.c\`" \
		"paths: [src/]" && change other.c && quiet && mkdir bin &&
	cp "$BUILD/git-retro-hook" bin/ &&
	printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" >bin/git-retro &&
	chmod +x bin/git-retro && sed -i "s|^program=.*|program=$PWD/bin/git-retro-hook|" \
		.git/hooks/pre-commit &&
	change other.c && change src/load.c && ! test -e started &&
	echo "fresh();" >src/new.c && change src/new.c && test -e started
'

ok 'what git says of staged files in part is asked again' '
	hooked partly && trap_at a "never \`fresh()\`" && change other.c && quiet && mkdir bin fake &&
	cp "$BUILD/git-retro-hook" bin/ && printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" >bin/git-retro &&
	printf "#!/bin/sh\ncase \" \$* \" in *\" --raw \"*) exec cat %s/said ;; esac\nexec %s \"\$@\"\n" \
		"$PWD" "$(command -v git)" >fake/git && chmod +x bin/git-retro fake/git &&
	bin/git-retro-hook pre-commit && ! test -e started && echo >>retros/a.md && git add retros/a.md &&
	for said in "print record(1), q(?)" "print record(924) x 2048" "print substr(record(1), 0, -1)"
	do
		perl -e "sub record { q(:100644 100644 ) . 0 x 40 . q( ) . 0 x 40 . qq( M\0) . q(x) x shift() . qq(\0) }
			$said" >said && PATH=$PWD/fake:$PATH bin/git-retro-hook pre-commit && rm started || exit 1
	done
'

ok 'nor does the first commit, by whatever objects are named' '
	for format in sha1 sha256
	do
		git init -q --object-format=$format first-$format &&
		cd first-$format && git retro hooks install >/dev/null &&
		echo a >a && git add a && git hook run pre-commit && mkdir bin &&
		cp "$BUILD/git-retro-hook" bin/ &&
		printf "#!/bin/sh\necho started >>%s/started\n" "$PWD" \
			>bin/git-retro && chmod +x bin/git-retro &&
		bin/git-retro-hook pre-commit && test ! -e started &&
		mkdir retros && echo >retros/a.md && git add retros/a.md &&
		bin/git-retro-hook pre-commit && test -e started && cd .. ||
			exit 1
	done
'

ok 'at most three lines; what they leave out is told next time' '
	hooked many && for i in 1 2 3 4 5
	do
		trap_at "r$i" "trap $i of \`more()\`" || return 1
	done && change f.c && test "$(wc -l <err)" = 3 &&
	has err "3 more; to see them: git retro context --staged" && change f.c &&
	test "$(wc -l <err)" = 3 && change f.c && quiet
'

ok 'it blocks nothing, also where it fails' '
	hooked fails && trap_at a "never \`more()\`" && change f.c &&
	chmod 000 retros/a.md && rm -f .git/retro/paths-table .git/retro/index &&
	may_fail change f.c && git log -1 --format=%s >out && has out "Fix f.c"
'

ok 'a name of a file and a glob say nothing of a change; a new retro is known at once' '
	hooked globs && trap_at a "never \`x.csv\`" "paths: [\"**/*.csv\", data/]" &&
	change deep/er/x.csv && quiet && change x.csv && quiet && change data/y && quiet &&
	trap_at b "never \`more()\`" && change z && told z
'

ok 'a retro that is not committed yet speaks, too; one that is being does not' '
	hooked own && trap_at a "never \`more()\`" && git rm -q --cached retros/a.md &&
	git commit -q -n -m out && change f.c && told "f.c: never more() (a)" &&
	trap_at b "not \`more()\`" && git reset -q --soft HEAD^ && change g.c && quiet
'

ok 'a list of packages is no function' '
	hooked list && { echo "require ("; seq 1 9 | sed "s|.*|	example.com/pkg& v1.0.0|"; echo ")"; } >go.mod &&
	git add . && git commit -q -m base && sed -i "5s/v1.0.0/v1.0.1/" go.mod &&
	git commit -q -a -m fix && trap_at a "one" "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed -i "7s/v1.0.0/v1.0.1/" go.mod && git commit -q -a -m "Fix c" 2>err && quiet
'

# fixed <folder>: f.c, of which the fix changed one line, and a retro of it.
fixed () {
	hooked "$1" && printf "%s\n" "int alpha_value = 1;" "int beta_value = 2;" a b c d \
		"int gamma_value = 3;" "int delta_value = 4;" >f.c && git add f.c &&
	git commit -q -m base && sed -i "s/= 1/= check_range(1)/" f.c &&
	git commit -q -a -m fix && fix=$(git rev-parse HEAD) &&
	trap_at a "one" "commits: {fix: [$fix]}"
}

ok 'what the fix of a retro changed: only its own lines' '
	fixed place && sed -i "s/= 4/= 40/" f.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	sed -i "s/check_range(1)/1/" f.c && git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)"
'

# replaced <folder> <line> <by>: f.c, in which the fix put one line for another.
replaced () {
	hooked "$1" && printf "%s\n" "int first_line;" "$2" "int last_line;" >f.c &&
	git add . && git commit -q -m base && printf "%s\n" "int first_line;" "$3" \
		"int last_line;" >f.c && git commit -q -a -m fix &&
	trap_at a "one" "commits: {fix: [$(git rev-parse HEAD)]}"
}

ok 'a line of the fix counts by what the fix changed in it' '
	replaced part "call_alpha(beta_one);" "call_alpha(beta_two);" &&
	sed -i s/call_alpha/call_gamma/ f.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	git reset -q --hard HEAD^ && sed -i "2{h;d};\$G" f.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	sed -i s/beta_two/beta_one/ f.c && git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)"
'

# changed <expected> <sed script> [<file>]: what is told of the change; it is not
# kept.
changed () {
	sed -i "$2" "${3-f.c}" && git add . && git commit -q -m "Fix c" 2>err &&
	"$1" "f.c: one (a)" && git reset -q --hard HEAD^ && rm -f .git/retro/shown
}
not_told () { quiet; }

# lines_of <file> <number>: that many lines which say something.
lines_of () { seq "$2" | sed "s/.*/int row& = given(&) + extra;/" >>"$1"; }

ok 'a line that goes with a long piece of code' '
	hooked long && printf "%s\n" "int guard = check(plain);" "int again = check(plain, guard);" \
		"int last = check(plain, again);" >f.c && lines_of f.c 130 && git add . &&
	git commit -q -m base && sed -i "s/plain/tidied/" f.c && git commit -q -a -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	changed told 3,4d && changed not_told 3,5d &&
	changed told "3,9c int last = check(plain, again);" &&
	changed not_told "3,20c int last = check(plain, again);"
'

ok 'an edit that is made in many places, and a rename' '
	hooked alike && for i in 1 2 3 4
	do
		echo "keep_row(row_$i, state_of(row_$i));"
	done >f.c && git add . && git commit -q -m base &&
	sed -i "2s/keep_row(row_2,/keep_row(copied(row_2),/" f.c && git commit -q -a -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	changed told "2s/copied(row_2)/row_2/" &&
	changed not_told "s/keep_row/store_row/" &&
	echo "use_it(copied(other_row));" >>f.c && git commit -q -a -n -m more && days 40 &&
	changed not_told "s/copied/deep_copy/"
'

ok 'one of many files that a commit changes, if its message speaks of it' '
	hooked wide && echo "int one_value = 1;" >f.c && for i in 1 2 3 4 5 6 7 8
	do
		echo "int value_$i;" >$i.c || return 1
	done && git add . && git commit -q -m base && sed -i "s/= 1/= check_range(1)/" f.c &&
	git commit -q -a -m fix && trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	for i in 1 2 3 4 5 6 7 8
	do
		echo "int more_$i;" >>$i.c || return 1
	done && sed -i "s/check_range(1)/1/" f.c && git commit -q -a -m "Tidy up" 2>err && quiet &&
	git reset -q --soft HEAD^ && git commit -q -m "Fix it" 2>err && told "f.c: one (a)"
'
ok 'what came back is told where it is a quarter of what went' '
	hooked quarter && lines_of f.c 12 && git add . && git commit -q -m base &&
	echo "int kept;" >f.c && git add . && git commit -q -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" && lines_of f.c 2 && cp f.c ../two-lines &&
	git checkout -q f.c && lines_of f.c 3 && cp f.c ../three-lines && git checkout -q f.c &&
	changed not_told "1r ../two-lines" && changed told "1r ../three-lines"
'

ok 'a setting: only back to what the fix replaced, or beyond it' '
	hooked settings && printf "%s\\n" "[tool]" "timeout = 30" "rust-version = \"1.83\"" "mode = \"fast\"" >app.toml &&
	git add . && git commit -q -m base &&
	sed -i "s/30/60/;s/1.83/1.81/;s/fast/safe/" app.toml && git commit -q -a -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	set_to () {
		sed -i "$2" app.toml && git commit -q -a -m "Fix c" 2>err && "$1" "app.toml: one (a)" &&
		git reset -q --hard HEAD^ && rm -f .git/retro/shown
	} && set_to told s/60/30/ && set_to told s/60/10/ && set_to not_told s/60/90/ &&
	set_to not_told s/60/31/ && set_to told s/1.81/1.83/ && set_to told s/1.81/1.90/ &&
	set_to not_told s/1.81/1.82/ && set_to not_told s/1.81/1.80/ && set_to told s/safe/fast/ &&
	set_to not_told s/safe/slow/ &&
	sed -i s/60/45/ app.toml && git commit -q -a -n -m later && set_to not_told s/45/30/ &&
	sed -i "\$a retries = 3" app.toml && git commit -q -a -n -m fix &&
	trap_at b one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	set_to () {
		sed -i "$2" app.toml && git commit -q -a -m "Fix c" 2>err && "$1" "app.toml: one (b)" &&
		git reset -q --hard HEAD^ && rm -f .git/retro/shown
	} && set_to told "/retries/d" && set_to not_told "/retries/s/3/4/"
'

ok 'a name that the fix brought in goes, or one that it took out comes back, unless it is everywhere' '
	replaced symbols "old_mode_of(1);" "new_mode_of(1);" && echo "if (new_mode_of(2))" >>f.c &&
	git commit -q -a -m "Fix c" 2>err && quiet && git retro context --commit HEAD >out &&
	has out "added or removed new_mode_of" &&
	git retro context --commit HEAD --format=json >out && has out "\"type\": \"symbol\"" &&
	sed -i "\$d" f.c && git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)" &&
	days 31 && echo "old_mode_of(3);" >>f.c && git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)" &&
	days 70 && echo "old_mode_of(5);" >>f.c && git commit -q -a -m "Fix c" 2>err && quiet && sed -i "\$d" f.c &&
	for i in $(seq 1 12)
	do
		echo "new_mode_of(x);" >$i.c || return 1
	done && echo "while (new_mode_of(4))" >>f.c && git add . && git commit -q -n -m more &&
	days 110 && rm .git/retro/rare && sed -i "\$d" f.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	has .git/retro/rare " n"
'

ok 'a word that there was no time to look for is looked for again the next day' '
	hooked hurried && trap_at a "never \`more()\`" &&
	(LD_PRELOAD=$BUILD/tests/hasty.so && export LD_PRELOAD && change f.c && quiet) &&
	has .git/retro/rare " ?" && change f.c && quiet && days 1 && change f.c && told f.c
'
ok 'where git is busy, only its work counts' '
	hooked slow && trap_at a "never \`more()\`" && echo "more(again);" >f.c && git add f.c && mkdir ../bin &&
	printf "#!/bin/sh\ncase \$* in *grep*) sleep 1 ;; esac\nPATH=\${PATH#*:} exec git \"\$@\"\n" >../bin/git &&
	chmod +x ../bin/git && PATH=$TRASH/bin:$PATH git-retro context --staged >out && has out "never more()" &&
	has .git/retro/rare " y"
'

ok 'what a file has from elsewhere says nothing, nor does a word of everyday' '
	hooked imports && printf "%s\n" "import functools" "rows = partial_rows(1)" "lines = restore(rows)" >f.py && git add . &&
	git commit -q -m base && sed -i "1d;s/restore/keep_all/" f.py && git commit -q -a -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" && sed -i "1i import functools" f.py &&
	echo "more = restore(lines)" >>f.py && git commit -q -a -m "Fix c" 2>err && quiet && git reset -q --hard HEAD^ &&
	sed -i "s/keep_all(rows)/rows/" f.py && git commit -q -a -m "Fix c" 2>err && told "f.py: one (a)"
'

ok 'a hunk of nothing but lines of the fix counts, also with the same words in another order' '
	hooked whole && printf "%s\n" "int none = 0;" "" "int last_one = 1;" >f.c && git add . && git commit -q -m base &&
	printf "%s\n" "int first_part = part_of(rows) / whole_of(lines);" "int other_part = part_of(lines) / whole_of(rows);" >new &&
	sed -i "1r new" f.c && git commit -q -a -m fix && rm new && trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed -i "s:/:*:" f.c && git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)" && git reset -q --hard HEAD^ &&
	rm -f .git/retro/shown && sed -i "s:/:*:;s:none = 0:none = +0:" f.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	git reset -q --hard HEAD^ && sed -i "s:/:* some_thing +:" f.c && git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'a file that is written anew says nothing, unless what was fixed in it is taken back' '
	hooked anew && seq 1 150 | sed "s/.*/value_& = compute(&);/" >f.c && sed -i "5s/.*/drop_rows(all, 1);/;7s/.*/drop_lines(all, 1);/" f.c &&
	git add . && git commit -q -m base && sed -i "s/drop_/keep_each_/" f.c && git commit -q -a -m fix &&
	trap_at a one "commits: {fix: [$(git rev-parse HEAD)]}" && anew () {
		sed -i "s/keep_each_rows(all/take_some(all/;$1s/\(.*\) = compute(\(.*\));/set(\"\1\", f\2(\2 + 1));/" f.c &&
		git commit -q -a -m "Fix c" 2>err && "$2" "f.c: one (a)" && git reset -q --hard HEAD^ && rm -f .git/retro/shown
	} && anew 50,140 told && anew 40,140 not_told && sed -i "s/keep_each_/drop_/;40,140d" f.c &&
	git commit -q -a -m "Fix c" 2>err && told "f.c: one (a)" && git reset -q --hard HEAD^ && seq 151 600 >>f.c &&
	git commit -q -n -a -m more && rm -f .git/retro/shown && anew 40,140 told
'

ok 'a twin of the fixed line is for a review' '
	fixed twin && sed -i "s/= 2/= 20/" f.c && git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'a deleted file is no longer what the fix was about' '
	fixed deleted && git rm -q f.c && git commit -q -m "Fix c" 2>err && quiet &&
	echo new >f.c && git add f.c && git commit -q -m "Fix c" 2>err && quiet
'

ok 'a sweep over many files has no place' '
	fixed sweep && trap_at b "never \`more()\`" &&
	for i in $(seq 1 30)
	do
		echo "more();" >$i.c || return 1
	done && sed -i "s/check_range(1)/1/" f.c && git add . &&
	git commit -q -m "Fix sweep" 2>err && quiet
'

ok 'a large cause touches what is not related; its fix does not' '
	hooked large && for i in 1 2 3 4 5 6 7 8
	do
		echo "int value_of_$i = compute(1);" >$i.c || return 1
	done && git add . && git commit -q -m cause && cause=$(git rev-parse HEAD) &&
	echo "int value_of_8 = compute(2);" >8.c && git commit -q -a -m fix &&
	fix=$(git rev-parse HEAD) &&
	trap_at a "one" "commits: {cause: [$cause], fix: [$fix]}" &&
	echo "int value_of_3 = 0;" >3.c && git commit -q -a -m "Fix c" 2>err && quiet &&
	echo "int value_of_8 = compute(1);" >8.c && git commit -q -a -m "Fix c" 2>err && told 8.c
'

ok 'a cause without a fix counts while it is small' '
	hooked cause && echo "int value = compute(1);" >f.c && git add . &&
	git commit -q -m cause && trap_at a "one" "commits: {cause: [$(git rev-parse HEAD)]}" &&
	echo "int value = compute(2);" >f.c && git commit -q -a -m "Fix c" 2>err && told f.c
'

ok 'a huge file that a pitfall names is no place' '
	hooked huge && seq 1 20000 >big.c && git add . && git commit -q -m big &&
	trap_at a "never \`big.c\`" && sed -i "s/^9999$/x/" big.c &&
	git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'tests and lists of changes follow: they say nothing beside what leads' '
	hooked follows && mkdir tests && echo "int alpha_value = 1;" >f.c &&
	echo "check alpha value one" >tests/f.t && git add . && git commit -q -m base &&
	sed -i "s/= 1/= 2/" f.c && sed -i "s/one/two/" tests/f.t && git commit -q -a -m fix &&
	trap_at a "one" "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed -i "s/two/three/" tests/f.t && git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'what the fix set: a package of a lock file, a key of the settings' '
	hooked keys && printf "%s\n" "[[package]]" "name = \"torch\"" "version = \"2.1.0\"" >Cargo.lock &&
	printf "%s\n" "max-retries: 3" "other: 4" >app.yml && git add . && git commit -q -m base &&
	sed -i "s/2.1.0/2.0.1/" Cargo.lock && sed -i "s/: 3/: 5/" app.yml && git commit -q -a -m fix &&
	trap_at a "one" "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed -i "s/: 4/: 5/" app.yml && git commit -q -a -m "Fix c" 2>err && quiet &&
	sed -i "s/2.0.1/2.2.0/" Cargo.lock && git commit -q -a -m "Fix c" 2>err && told Cargo.lock &&
	trap_at b "\`max-retries\` of 9 is too much" && sed -i "s/: 5/: 9/" app.yml &&
	git commit -q -a -m "Fix c" 2>err && told "app.yml: max-retries of 9 is too much (b)"
'

ok 'a call with an argument is that call alone' '
	hooked argument && trap_at a "never \`open_it(\"rows\", n)\` twice" && echo "open_it(\"lines\", n);" >one.c &&
	git add . && git commit -q -m one 2>err && quiet && echo "open_it(\"rows\", m);" >two.c &&
	git add . && git commit -q -m two 2>err && told two.c
'

ok 'a call of what was fixed, or brought in, meets nothing; one of what the fix did away with does' '
	hooked called && printf "%s\n" "int read_all_rows(int a)" "{" "	int b = raw_range(a);" "	return b;" "}" >f.c && git add . &&
	git commit -q -m base && sed -i "s/raw_range/check_range/" f.c && git commit -q -a -m fix &&
	fix=$(git rev-parse HEAD) && trap_at a "mind \`read_all_rows()\`, \`check_range()\`" "commits: {fix: [$fix]}" &&
	echo "read_all_rows(1); check_range(1);" >g.c && git add . && git commit -q -m call 2>err && quiet &&
	trap_at b "mind \`raw_range()\`" "commits: {fix: [$fix]}" && echo "def raw_range(a):" >h.py && git add . &&
	git commit -q -m call 2>err && quiet && echo "raw_range(1);" >h.c && git add . &&
	git commit -q -m call 2>err && told "h.c: mind raw_range() (b)"
'

ok 'a function beside the fix, which no line of it names' '
	hooked beside && printf "%s\n" "int read_all_rows(int a)" "{" "	return a;" "}" "" "int limit = 3;" >f.c && git add . &&
	git commit -q -m base && sed -i "s/limit = 3/limit = 4/" f.c && git commit -q -a -m fix &&
	fix=$(git rev-parse HEAD) && trap_at a "mind \`read_all_rows()\`" "commits: {fix: [$fix]}" &&
	echo "read_all_rows(1);" >g.c && git add . && git commit -q -m call 2>err && quiet &&
	trap_at b "mind \`read_all_rows()\`" && echo "read_all_rows(1);" >h.c && git add . &&
	git commit -q -m call 2>err && told "h.c: mind read_all_rows() (b)"
'

ok 'lines of a lock file that come back' '
	hooked lock && for v in 1 2
	do
		printf "%s\n" "[[package]]" "name = \"torch\"" "version = \"2.$v.0\"" "checksum = \"c$v$v$v$v$v$v\"" \
			"dependencies = [" " \"first-package-of-$v\"," " \"second-package-of-$v\"," " \"third-package-of-$v\"," "]" >$v.lock
	done && cp 1.lock Cargo.lock && cp 1.lock x.txt && mv 1.lock 2.lock "$TRASH" && git add . && git commit -q -m base &&
	cp "$TRASH/2.lock" Cargo.lock && git commit -q -a -m fix && trap_at a "mind it" "commits: {fix: [$(git rev-parse HEAD)]}" &&
	sed "s/2.1.0/2.3.0/" "$TRASH/1.lock" >Cargo.lock && git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'a line of the fix that stands in another function, too' '
	hooked elsewhere && two () {
		printf "%s\n" "int first_of_them(int rows)" "{" "	int a = 0;" "	if (rows > limit_of_rows)" "		return 0;" "	return a;" "}" \
			"int second_of_them(int rows)" "{" "	int b = 0;" "$1" "	return b;" "}" >two.c && git add two.c
	} && two "" && git commit -q -m base && two "	if (rows > limit_of_rows)" && git commit -q -m fix && fix=$(git rev-parse HEAD) &&
	trap_at a "mind the rows" "commits: {fix: [$fix]}" && two "" && git commit -q -m "Fix undo" 2>err && told two.c &&
	two "	if (rows > limit_of_rows)" && git commit -q -n -m again && days 31 && sed -i "4d" two.c && git add . &&
	git commit -q -m "Fix other" 2>err && quiet
'

ok 'a member, with its type beside it; not a word in a text' '
	hooked member && trap_at a "\`Loader.rows\` can be empty; not \`torch\` alone" &&
	echo "see torch, and rows" >x.md && git add . && git commit -q -m "Fix c" 2>err && quiet &&
	echo "Loader l; return l.rows;" >x.c && git add . && git commit -q -m "Fix c" 2>err && told x.c
'

ok 'a guard that is deleted' '
	hooked guard && mkdir tests && echo one >tests/load.t && echo two >tests/save.t &&
	git add . && git commit -q -m base &&
	trap_at a "P1: one" "commits:" "- {pitfall: P1, cause: [$(git rev-parse HEAD)], guard: [tests/load.t]}" &&
	git rm -q tests/save.t && git commit -q -m "Fix c" 2>err && quiet &&
	git mv tests/load.t tests/other.t && git commit -q -m "Fix c" 2>err &&
	told "tests/load.t: one (a#P1)"
'

# skipped <folder>: tests/load.t, which guards a problem.
skipped () {
	hooked "$1" && mkdir tests && printf "%s\n" "def test_load():" "    assert load(1)" \
		"def test_save():" "    assert save(1)" >tests/load.py && git add . &&
	git commit -q -m base && trap_at a "P1: one" "commits:" \
		"- {pitfall: P1, cause: [$(git rev-parse HEAD)], guard: [tests/load.py]}"
}

ok 'a guard that is skipped' '
	skipped skip && echo "# more" >>tests/load.py && git commit -q -a -m "Fix c" 2>err && quiet &&
	sed -i "1i@pytest.mark.skip(reason=\"flaky\")" tests/load.py &&
	git commit -q -a -m "Fix c" 2>err && told "tests/load.py: one (a#P1)" &&
	git retro context --commit HEAD >out && has out "skips its guard: @pytest" &&
	git retro context --commit HEAD --format=json >out && has out "\"type\": \"skip\"" &&
	days 31 && sed -i "s/flaky/slow/" tests/load.py && git commit -q -a -m "Fix c" 2>err && quiet &&
	sed -i 1d tests/load.py && git commit -q -a -m "Fix c" 2>err && quiet
'

ok 'a guard whose test is commented out; a test of another file' '
	skipped comment && echo "@skip" >tests/save.py && git add . && git commit -q -m "Fix c" 2>err &&
	quiet && sed -i "1,2s/^/# /" tests/load.py && git commit -q -a -m "Fix c" 2>err &&
	told "tests/load.py: one (a#P1)"
'

ok 'a guard is told in a sweep, too, and once in thirty days' '
	skipped sweeps && for i in $(seq 1 30)
	do
		echo "more();" >$i.c || return 1
	done && echo "@skip" >>tests/load.py && git add . && git commit -q -m "Fix sweep" 2>err &&
	told "tests/load.py: one (a#P1)" && git reset -q --soft HEAD^ &&
	git commit -q -m "Fix sweep" 2>err && quiet
'

ok 'each file of a guard is told for itself' '
	hooked guards && mkdir t && echo a >t/a.sh && echo b >t/b.sh && git add . &&
	git commit -q -m base &&
	trap_at a "P1: one" "commits:" "- {pitfall: P1, cause: [$(git rev-parse HEAD)], guard: [t/]}" &&
	git rm -q t/b.sh && git commit -q -m "Fix c" 2>err && told "t/b.sh: one (a#P1)" &&
	git rm -q t/a.sh && git commit -q -m "Fix c" 2>err && told "t/a.sh: one (a#P1)"
'

ok 'commit -a, and a part of what is staged' '
	hooked partial && trap_at a "never \`ff()\`" && trap_at b "never \`gg()\`" &&
	echo 1 >f.c && echo 1 >g.c && git add . && git commit -q -n -m x &&
	echo "ff(2)" >f.c && git commit -q -a -m y 2>err && told f.c &&
	lacks err g.c && echo "ff(3)" >f.c && echo "gg(3)" >g.c && git add . &&
	git commit -q -m z g.c 2>err && told g.c && lacks err f.c
'

ok 'a split index, and a sparse one' '
	hooked split && trap_at a "never \`more()\`" && change src/f.c -n &&
	git update-index --split-index && change src/f.c && told src/f.c &&
	cd .. && hooked sparse && trap_at a "never \`more()\`" &&
	change src/f.c -n && change lib/g.c -n &&
	git sparse-checkout set --cone --sparse-index src retros 2>/dev/null &&
	change src/f.c && told src/f.c
'

ok 'the first commit of all has nothing before it' '
	new_repo first && cd first && git retro hooks install >/dev/null &&
	mkdir retros && printf "%s\n" --- "id: a" "title: T" "date: 2026-01-05" \
		"status: draft" "paths: [f.c]" --- >retros/a.md &&
	change f.c && quiet
'

ok 'from a subfolder, and in a linked worktree' '
	hooked places && trap_at a "never \`more()\`" && mkdir -p src && cd src &&
	change f.c && told src/f.c && cd .. && git worktree add -q ../places-2 &&
	cd ../places-2 && change src/f.c && quiet && days 31 &&
	change src/f.c && told src/f.c
'

ok 'never during a merge, a rebase, a cherry-pick or a revert' '
	hooked busy && trap_at a "never \`more()\`" && echo "more(base);" >f.c && git add f.c &&
	git commit -q -n -m base && git checkout -q -b side && echo "more(side);" >f.c &&
	git commit -q -n -a -m side && git checkout -q main && echo "more(main);" >f.c &&
	git commit -q -n -a -m main && status 1 git merge -q side &&
	echo "more(both);" >f.c && git add f.c && git commit -q -m merged 2>err && quiet &&
	git checkout -q side && status 1 git rebase -q main~1 && echo "more(r);" >f.c &&
	git add f.c && git commit -q -m during 2>err && quiet &&
	may_fail env GIT_EDITOR=: git rebase --continue >/dev/null 2>&1 &&
	git checkout -q main && status 1 git cherry-pick side &&
	echo "more(p);" >f.c && git add f.c && git commit -q -m picked 2>err && quiet
'

ok 'on-commit: off, GIT_RETRO=0 and --no-verify are silent' '
	hooked off && trap_at a "never \`more()\`" && policy "on-commit: off" &&
	change f.c && quiet && rm .retro.yml && GIT_RETRO=0 change f.c && quiet &&
	change f.c --no-verify && quiet && change f.c && told f.c
'

# broken <status>: a staged retro with an error.
broken () {
	mkdir -p retros && printf "%s\n" --- "id: x" "title: T" \
		"date: 2026-02-30" "status: $1" --- >retros/x.md && git add retros
}

ok 'errors of a staged retro are told, and stop nothing' '
	hooked warn && broken final && git commit -q -m x 2>err &&
	told "retros/x.md:4:7: date: "
'

ok 'with check-staged: block a final one with errors stops the commit' '
	hooked block && policy "check-staged: block" && broken final &&
	status 1 git commit -q -m x 2>err && told "commit rejected" &&
	has err "git commit --no-verify" && git commit -q --no-verify -m x
'

ok 'a retro is one whatever the ending of its name' '
	for name in x.markdown X.MD sub/x.Markdown
	do
		hooked "ending-${name##*/}" && policy "check-staged: block" &&
		broken final && mkdir -p retros/sub && git reset -q &&
		mv retros/x.md "retros/$name" && git add retros &&
		status 1 git commit -q -m x 2>err &&
		told "commit rejected" && cd .. || return 1
	done
'

ok 'but a draft does not, nor one that is not staged' '
	hooked draft && policy "check-staged: block" && broken draft &&
	git commit -q -m x 2>err && broken final && git reset -q &&
	change other && quiet
'

ok 'it is the staged text that counts' '
	hooked text && policy "check-staged: block" && broken final &&
	printf "%s\n" --- "id: x" "title: T" "date: 2026-02-03" "status: final" \
		--- "## Summary" s "## Pitfalls" p "## Actions" "- [ ] A1: a @b due:2027-01-01" >retros/x.md &&
	status 1 git commit -q -m x 2>/dev/null && git add retros &&
	git commit -q -m x
'

ok 'check-staged: off does not look' '
	hooked nocheck && policy "check-staged: off" && broken final &&
	git commit -q -m x 2>err && quiet
'

ok 'the hook that was there before can still refuse' '
	new_repo chained && cd chained &&
	printf "#!/bin/sh\nexit 3\n" >.git/hooks/pre-commit &&
	chmod +x .git/hooks/pre-commit && git retro hooks install >/dev/null &&
	status 1 change f.c
'

ok 'a damaged table, and what was shown, are made anew' '
	hooked damaged && trap_at a "never \`more()\`" && change f.c && told f.c &&
	printf "git-retro paths-table 2\n=f" >.git/retro/paths-table &&
	echo nonsense >.git/retro/shown && change f.c && told f.c &&
	change f.c && quiet
'

ok 'a name with a space and Chinese in it' '
	hooked names && trap_at a "\`更多()\` 不要改" && mkdir 数据 &&
	echo "更多();" >"数据/标 签.csv" && git add . && git commit -q -m "Fix c" 2>err &&
	told "数据/标 签.csv: 更多() 不要改 (a)"
'

ok 'a pitfall that is muted is silent for that person, for good or for some days' '
	hooked muted && trap_at a "P1: never \`more()\`" &&
	git retro context --mute a#P1 >out && has out "a#P1 is muted" && change f.c && quiet &&
	git retro context --mute a#p1 --for 0d >out && has out "a#P1 is shown again" &&
	change f.c && told f.c && days 40 && git retro context --mute a#P1 --for 90d >out &&
	has out "a#P1 is muted until 20" && change f.c && quiet && days 100 && change f.c && quiet &&
	mail=$GIT_AUTHOR_EMAIL && GIT_AUTHOR_EMAIL=bo@example.com && change f.c && told f.c &&
	GIT_AUTHOR_EMAIL=$mail && days 131 && change f.c && told f.c &&
	status 128 git retro context --mute a#P2 2>err && has err "has no pitfall P2" &&
	status 128 git retro context --mute nosuch 2>err &&
	status 129 git retro context --mute a#P1 --for ever 2>err &&
	status 129 git retro context --mute a#P1 --staged && status 129 git retro context --for 3d f.c
'

ok 'told five times in vain it is silent; doctor says what became of it' '
	hooked vain && trap_at a "P1: never \`more()\`" &&
	for n in 0 40 80 120 160
	do
		days $n && change f.c && told f.c || return 1
	done && days 200 && change f.c && quiet && git retro doctor >out &&
	grep -E "^  told +5 " out && grep -E "^  changed +0 " out && grep -E "^  kept +5 " out
'

ok 'a change that was taken back is an effect: it may speak again' '
	hooked effect && trap_at a "P1: never \`more()\`" && echo one >f.c && git add f.c &&
	git commit -q -n -m f &&
	for n in 0 40 80 120 160 200
	do
		days $n && change f.c && told f.c && git reset -q --hard HEAD^ &&
		git commit -q --allow-empty -m other || return 1
	done && git retro doctor >out && grep -E "^  changed +5 " out
'

ok 'git is asked once for what is staged, also where words are looked for' '
	hooked once && trap_at a "never \`more()\`" && change g.c && told g.c && mkdir bin &&
	printf "#!/bin/sh\nexport PATH=%s\ncase \" \$* \" in *\" diff-index \"*) echo >>%s/asked; esac\nexec git \"\$@\"\n" \
		"$PATH" "$PWD" >bin/git && chmod +x bin/git && echo one >f.c && git add f.c &&
	PATH=$PWD/bin:$PATH git-retro-hook pre-commit 2>err && test "$(wc -l <asked)" = 1
'

# many <folder> <commits> <retros>: each commit changes a file of its own, and
# each retro names one of them as its fix, in turn.
many () {
	hooked "$1" && {
		seq "$2" | awk "{
			printf \"commit refs/heads/main\\ncommitter A <a@x> %d +0000\\ndata 1\\nx\\n\", 1767600000 + \$1
			text = \"int value_of_\" \$1 \" = compute(1);\\n\"
			printf \"M 644 inline %d.c\\ndata %d\\n%s\\n\", \$1, length(text), text
		}"
	} | git fast-import --quiet --force && git reset -q --hard && mkdir -p retros &&
	git rev-list --reverse HEAD | awk -v nr="$3" "{ id[NR] = \$1 } END {
		for (i = 1; i <= nr; i++) {
			file = \"retros/r\" i \".md\"
			printf \"---\\nid: r%d\\ntitle: T\\ndate: 2026-01-05\\nstatus: final\\ncommits: {fix: [%s]}\\n---\\n\\n## Pitfalls\\n\\n- number %d\\n\", i, id[1 + (i - 1) % NR], i >file
			close(file)
		}
	}" && git add retros && git commit -q -n -m retros && rm -rf .git/retro/touched \
		.git/retro/index .git/retro/paths-table
}

# soon <command>...: within twenty seconds.
soon () {
	for _ in $(seq 200)
	do
		"$@" && return
		sleep 0.1
	done
	return 1
}

ok 'after a clone many fixes are read in the background, and told from then on' '
	many fixes 140 140 && echo x >>z.c && git add z.c && git commit -q -m "Fix c" 2>err &&
	told "12 fixes are read for the first time" && soon test -e .git/retro/paths-table &&
	sed -i s/1/2/ 7.c && git commit -q -a -m "Fix c" 2>err && told "7.c: number 7 (r7)" &&
	lacks err "for the first time"
'

ok 'so are very many retros' '
	many retros 3 520 && sed -i s/1/2/ 2.c && git commit -q -a -m "Fix c" 2>err &&
	told "520 retros are read for the first time" && soon test -e .git/retro/paths-table &&
	sed -i s/1/2/ 3.c && git commit -q -a -m "Fix c" 2>err && told "3.c: number "
'

ok 'nor does the next commit wait while they are read' '
	hooked reading && trap_at a "never \`more()\`" && change f.c && told f.c && days 31 &&
	echo "more();" >>f.c && git add f.c &&
	flock -n .git/retro/read-ahead.lock git commit -q -m "Fix c" 2>err && quiet &&
	change g.c && told g.c
'

# What was there before the commit that is amended is missing.
for filter in blob:none tree:0
do
	ok "an amended commit of a partial clone is held against what is here ($filter)" '
		rm -rf up part && hooked up && git config uploadpack.allowFilter true && commit two f.c 1 &&
		commit three f.c 2 && trap_at a "never \`more()\` alone" && commit four f.c 3 && cd .. &&
		git clone -q --filter=$filter "file://$PWD/up" part && cd part &&
		git retro hooks install >/dev/null && git retro list >/dev/null &&
		change f.c --amend && told "f.c: never more() alone (a)" && test "$(wc -l <err)" = 1
	'
done
ok 'no hook fetches anything' '
	rm -rf part && git clone -q --filter=blob:none "file://$PWD/up" part && cd part &&
	git retro hooks install >/dev/null && change g.c && told g.c && git reset -q --hard HEAD~1 &&
	GIT_TRACE=$PWD/trace && export GIT_TRACE && change f.c --amend && has trace "--raw -z HEAD^" && lacks trace fetch
'

test_done
