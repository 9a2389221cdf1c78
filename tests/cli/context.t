#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# context: which retros concern files or a change, and why.
. "${0%/*}/../lib/test.sh"
unhurried

# retro <id> <line of front matter>... -- <pitfall>...
retro () {
	mkdir -p retros && name=$1 && shift &&
	{
		printf '%s\n' --- "id: $name" "title: The trap of $name" \
			"date: 2026-01-05" "status: final"
		while [ $# -gt 0 ] && [ "$1" != -- ]
		do
			printf '%s\n' "$1" && shift
		done
		shift
		printf '%s\n' --- '' '## Pitfalls' ''
		for line
		do
			printf -- '- %s\n' "$line"
		done
	} >"retros/$name.md"
}

# code <file> <number>: two functions; the number is in the second.
code () {
	printf '%s\n' 'int first(int a)' '{' '	int one = 1;' \
		'	int two = 2;' '	return a + one + two;' '}' '' \
		'int second(int a)' '{' '	int four = 4;' \
		"	return a + four + $2;" '}' >"$1"
}

project () {
	new_repo "$1" && cd "$1" && mkdir -p src/data docs &&
	code src/load.c 1 && code src/save.c 1 &&
	echo x >src/data/rows.csv && echo x >docs/load.md && git add . &&
	git commit -q -m base &&
	code src/load.c 2 && tick && git commit -q -a -m 'Cause it' &&
	git rev-parse HEAD >../cause &&
	code src/load.c 3 && tick && git commit -q -a -m 'Fix it' &&
	git rev-parse HEAD >../fix
}

ok 'by a glob of its paths' '
	project globs && retro a "paths: [src/data/**, \"*.md\"]" -- one &&
	git retro context src/data/rows.csv >out &&
	has out "a  The trap of a" && has out "  - one" &&
	has out "src/data/rows.csv  its paths include src/data/** (path)" &&
	git retro context docs/load.md >out && has out "its paths include *.md (path)" &&
	status 1 git retro context src/load.c >out && test_empty out
'

ok 'by a name in a pitfall: a path, a folder, the only file of that name' '
	project names && retro a -- "never \`src/load.c\` alone" &&
	retro b -- "all of \`src/data/\` is made" &&
	retro c -- "\`save.c:12\` and \`no/such.c\`" &&
	git retro context src/load.c >out && has out "a  The trap" &&
	has out "src/load.c  named in a pitfall" && lacks out "c  The" &&
	git retro context src/data/rows.csv >out && has out "b  The trap" &&
	git retro context src/save.c >out && has out "c  The trap" &&
	mkdir other && cp src/save.c other/ && git add . &&
	git commit -q -m other &&
	status 1 git retro context src/save.c >out && test_empty out
'

ok 'by what its cause and its fix touched, when files are asked about' '
	project files && retro a "commits: {cause: [$(cat ../cause)]," \
		"  fix: [$(cat ../fix)]}" -- one &&
	git retro context src/load.c >out &&
	has out "src/load.c  its cause $(cut -c1-10 ../cause) changed it" &&
	status 1 git retro context src/save.c
'

ok 'renamed twice since: by the name it has now' '
	project renames && retro a "commits: {fix: [$(cat ../fix)]}" -- one &&
	git mv src/load.c src/read.c && tick && git commit -q -m rename &&
	mkdir lib && git mv src/read.c lib/read.c && tick &&
	git commit -q -m move && git retro context lib/read.c >out &&
	has out ", then src/load.c, changed it" &&
	status 1 git retro context src/load.c &&
	git retro context lib/read.c >again && same out again &&
	rm .git/retro/touched && git retro context lib/read.c >again &&
	same out again && echo damaged >.git/retro/touched &&
	git retro context lib/read.c >again && same out again
'

ok 'a folder that took the name of a file is not that file' '
	project took && retro a "commits: {fix: [$(cat ../fix)]}" -- one && git retro context src/load.c &&
	git mv src/load.c src/read.c && tick && git commit -q -m rename && mkdir src/load.c && git mv src/read.c src/load.c/all.c &&
	tick && git commit -q -m move && git retro context src/load.c/all.c >out && has out ", then src/load.c, changed it"
'

ok 'a change: what it has in common with the fix comes first, the rest is marked' '
	project place && retro a "commits: {fix: [$(cat ../fix)]}" -- one &&
	fix=$(cut -c1-10 ../fix) && sed -i "s/one = 1/one = 7/" src/load.c && git add src/load.c &&
	git retro context --staged >out &&
	has out "src/load.c  its fix $fix changed it (same file)" &&
	git reset -q --hard && sed -i "s/four = 4/four = 5/" src/load.c && git add src/load.c &&
	git retro context --staged >out &&
	has out "src/load.c  its fix $fix changed second()" &&
	sed -i "s/four + 3/four + 2/" src/load.c && git add src/load.c &&
	git retro context --staged >out &&
	has out "src/load.c  removes a line that its fix $fix added: return a + four + 3;" &&
	tick && git commit -q -m "Change it" && git retro context --commit HEAD >again &&
	same out again && git retro context --range HEAD^..HEAD >again &&
	same out again
'

ok 'what the fix took out comes back, if it is more than a line' '
	project back && printf "%s\n" "old_value = read_one(a);" "old_count = read_two(b);" x \
		>src/x.c && git add . && git commit -q -m base && sed -i s/old/new/ src/x.c &&
	tick && git commit -q -a -m fix && retro a "commits: {fix: [$(git rev-parse HEAD)]}" -- one &&
	echo "old_value = read_one(a);" >>src/x.c && git add src/x.c &&
	git retro context --staged >out && lacks out "adds a line" &&
	echo "old_count = read_two(b);" >>src/x.c && git add src/x.c &&
	git retro context --staged >out &&
	has out "adds a line that its fix $(git rev-parse --short=10 HEAD) removed: old_"
'

ok 'a stub: a function of that name beside the one that was fixed' '
	project stub && retro a "commits: {fix: [$(cat ../fix)]}" -- one &&
	printf "%s\n" "int second_loader(int a)" "{" "	return 0;" "}" >src/load_posix.c &&
	cp src/load_posix.c src/load_win.c && git add . && tick && git commit -q -m base &&
	sed -i "s/return 0/return 1/" src/load_posix.c && tick && git commit -q -a -m fix &&
	retro b "commits: {fix: [$(git rev-parse HEAD)]}" -- two &&
	sed -i "s/return 0/return 2/" src/load_win.c && git add . &&
	git retro context --staged >out && has out "b  The trap" &&
	has out "src/load_win.c  its fix $(git rev-parse --short=10 HEAD) changed second_loader() (same name)"
'

ok 'what a pitfall names: a function, a member, a setting' '
	project named && retro a -- "\`load_rows()\` and \`Loader.rows\` and \`max-retries\`" &&
	echo "x = load_rows(1);" >src/new.c && git add src/new.c &&
	git retro context --staged >out && has out "src/new.c  changes load_rows(), which a pitfall names" &&
	echo "Loader *l; use(l->rows);" >src/new.c && git add src/new.c &&
	git retro context --staged >out && has out "changes Loader.rows, which a pitfall names" &&
	echo "rows(load_rows);" >src/new.c && git add src/new.c && status 1 git retro context --staged &&
	git rm -q --cached src/new.c && echo "max-retries: 3" >app.yml && git add app.yml &&
	git retro context --staged >out && has out "app.yml  changes max-retries, which a pitfall names"
'

ok 'a commit whose message names what is linked' '
	project message && retro a "commits: {cause: [$(cat ../cause)]}" -- one &&
	git commit -q --allow-empty -m "Fix it again

Fixes: $(cut -c1-12 ../cause)" && git retro context --commit HEAD >out &&
	has out "$(cut -c1-10 ../cause)  linked to it as cause" &&
	git commit -q --allow-empty -m "See $(cut -c1-6 ../cause)" &&
	status 1 git retro context --commit HEAD
'

ok 'what took a file away last says where it went, whatever else went with it' '
	new_repo gone && cd gone && mkdir src && for f in a x
	do
		for i in $(seq 20); do echo "$f line $i"; done >src/$f.c || exit 1
	done && git add . && git commit -q -m base &&
	sed -i "s/line 5$/line five/" src/a.c src/x.c && git commit -q -a -m "Fix both" &&
	fix=$(git rev-parse HEAD) && git mv src/a.c src/b.c && git mv src/x.c src/y.c &&
	git commit -q -m move && seq 9 >src/a.c && git add src && git commit -q -m again &&
	git rm -q src/a.c && git commit -q -m drop && retro a "commits: {fix: [$fix]}" -- one &&
	git retro context src/y.c >out && has out "src/y.c  its fix" &&
	status 1 git retro context src/b.c
'
ok 'a commit of very many files' '
	new_repo wide && cd wide && { printf "%s\n" "commit refs/heads/main" "committer A <a@x> 1700000000 +0000" \
		"data 4" base; seq -f "M 644 inline v/%.0f
data 2
x" 30000; } | git fast-import --quiet && git reset -q --hard && retro a "paths: [v/7]" -- one &&
	status 1 git retro context --commit HEAD
'
ok 'a line of the fix is found in a file that was renamed since' '
	project place-moved && retro a "commits: {fix: [$(cat ../fix)]}" -- one &&
	git mv src/load.c src/read.c && tick && git commit -q -m rename &&
	sed -i "s/four + 3/four + 5/" src/read.c && git add . &&
	git retro context --staged >out && has out "then src/load.c, added: return a"
'

ok 'lines that stand in many places are no place' '
	project common && printf "%s\n" "value = get_value();" "value = get_value();" \
		"value = get_value();" "other = get_other();" >src/c.c && git add . && git commit -q -m c &&
	sed -i 1d src/c.c && git commit -q -a -m fix && fix=$(git rev-parse HEAD) &&
	retro a "commits: {fix: [$fix]}" -- one &&
	sed -i "1s/^/value = get_value();\\n/" src/c.c && git add src/c.c &&
	git retro context --staged >out && lacks out "get_value"
'

ok 'a sweep over many files is no change of that place' '
	project sweep && retro a "commits: {fix: [$(cat ../fix)]}" -- one &&
	sed -i "s/four = 4/four = 5/" src/load.c &&
	for i in $(seq 1 30)
	do
		echo x >src/$i.c
	done && git add src && status 1 git retro context --staged
'

ok 'an edit that is made in many places is none of that function' '
	project alike && for i in first second third
	do
		printf "%s\n" "int print_the_$i(int a)" "{" "	int rows = a;" "	print_tm(file, tm);" \
			"	return rows;" "}"
	done >src/m.c && git add . && tick && git commit -q -m base &&
	sed -i "9s/rows = a/rows = a + 1/" src/m.c && tick && git commit -q -a -m fix &&
	retro a "commits: {fix: [$(git rev-parse HEAD)]}" -- one &&
	sed -i "s/print_tm(file, tm)/print_tm(tm)/" src/m.c && git add . &&
	git retro context --staged >out && lacks out "print_the_second" && has out "(same file)" &&
	sed -i "11s/rows/a/" src/m.c && git add . && git retro context --staged >out &&
	has out "print_the_second() (same function)"
'

ok 'a file that goes is no place, whatever its path' '
	project goes && retro a "paths: [src/gone.c]" -- one && echo x >src/gone.c && git add . && tick &&
	git commit -q -m base && echo y >src/gone.c && git add . && git retro context --staged >out &&
	has out "(path)" && git rm -q -f src/gone.c && status 1 git retro context --staged
'

ok 'a tied commit in the range' '
	project range && retro a "commits: {cause: [$(cat ../cause)]}" -- one &&
	git retro context --range HEAD~2..HEAD >out &&
	has out "$(cut -c1-10 ../cause)  linked to it as cause" &&
	git retro context --commit "$(cat ../cause)" >out &&
	has out "linked to it as cause"
'

ok 'never by words' '
	project words && retro a -- "load load.c2 the rows, second and first" &&
	status 1 git retro context src/load.c src/save.c
'

ok 'strongest first: a pitfall, then paths, then what was touched' '
	project order &&
	retro a "commits: {fix: [$(cat ../fix)]}" "severity: 1" -- one &&
	retro b "paths: [src/]" "severity: 3" -- one &&
	retro c "paths: [src/]" "severity: 2" -- one &&
	retro d -- "\`src/load.c\`" &&
	git retro context src/load.c >out && grep "The trap" out | cut -c1 | xargs >got &&
	echo d c b a >want && same want got
'

ok 'superseded and waived retros are silent' '
	project silent && retro a "paths: [src/]" -- one && retro b "paths: [src/]" -- one &&
	sed -i "s/status: final/status: superseded/" retros/a.md &&
	sed -i "s/status: final/status: waived/" retros/b.md &&
	status 1 git retro context src/load.c
'

ok 'a folder, and from a subfolder' '
	project folder && retro a "paths: [src/data/*]" -- one &&
	git retro context src >out && has out "src/data/rows.csv" &&
	cd src/data && git retro context rows.csv >out && has out "src/data/rows.csv"
'

ok 'json and markdown' '
	project formats && retro a "severity: 2" -- "never \`src/load.c\` @ann" &&
	git retro context --format=json src/load.c >out && golden cli/context.json out &&
	git retro context --format=markdown src/load.c >out && golden cli/context.md out
'

ok 'what a retro says cannot obey a terminal' '
	project hostile && retro a "paths: [\"src/*\"]" -- "$(printf "a\033[31mb")" &&
	git retro context src/load.c >out && lacks out "$(printf "\033")"
'

ok 'before the first commit' '
	new_repo unborn && cd unborn && retro a "paths: [x]" -- one && echo >x &&
	git add x && status 1 git retro context --staged >out && test_empty out &&
	git retro context x >out && has out "its paths include x"
'

ok 'it takes one way to ask' '
	project ways && status 129 git retro context &&
	status 129 git retro context --staged src && status 128 git retro context --commit nosuch
'

ok 'retros with Chinese text and names' '
	project chinese && echo x >src/标签.csv && git add . && git commit -q -m c &&
	retro 标注 -- "不要直接改 \`src/标签.csv\`" &&
	git retro context src/标签.csv >out && has out "不要直接改" &&
	has out "src/标签.csv  named in a pitfall"
'

ok 'a change of thousands of files is compared with no glob, and answered' '
	new_repo thousands && cd thousands && mkdir retros src && {
		printf -- "---\nid: a\ntitle: A\ndate: 2026-01-01\npaths:\n" &&
		seq -f "  - \"src/**/d*/x%g*.py\"" 5000 && echo "---"
	} >retros/a.md && git add . && git commit -q -m a &&
	(cd src && seq -f "file%g.py" 5000 | xargs touch) && git add src &&
	git commit -q -m sweep && status 1 git retro context --commit HEAD >out 2>err &&
	test_empty err
'
ok 'a pitfall is no file: that is said' '
	new_repo no-file && cd no-file && commit root f &&
	! git retro context "@#P8" 2>err && has err "context takes files" &&
	! git retro context "./x#P1" 2>err && test ! -s err
'
test_done
