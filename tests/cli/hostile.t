#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A pull request from somebody who means harm. What each test tries, and what
# happens, is the table of tests/hostile.md; the last test holds the two
# together.
. "${0%/*}/../lib/test.sh"
. "$TESTS/lib/ci.sh"

# Each title here, for the last test.
titles=$TRASH/titles
try () {
	printf '%s\n' "$1" >>"$titles"
	ok "$@"
}

# Anything that is run leaves a file that is called ran.
not_run () {
	test -z "$(find "$TRASH" -name 'ran*' | grep .)"
}

# No byte that a terminal obeys, but for the line's end.
no_control () {
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$1"
}

# bounded <command>: in 20 seconds of a processor and a gigabyte of memory; the
# clock is for what hangs.
bounded () {
	(
		case $BUILD in
		*sanitize*) ulimit -t 60 ;; # it maps terabytes
		*) ulimit -t 20; ulimit -v 1048576 ;;
		esac
		timeout 300 "$@"
	)
}

# A repository, and in it a branch to review.
fresh () {
	rm -rf "$1" && git init -q "$1" && cd "$1" && commit 'Load' load.py &&
	git tag v1.0.0 && mkdir retros && cat >retros/old.md <<-\EOF &&
	---
	id: old
	title: Old
	date: 2026-01-01
	status: draft
	releases: [v1.0.0]
	---
	EOF
	git add . && git commit -q -m 'One retro' && git checkout -q -b request
}

# all_outputs: each command and format that a forge or a reviewer uses, in
# files of their own; a crash or a signal fails.
all_outputs () {
	git add -A && git commit -q -m "${1-Harm}" --allow-empty &&
	for format in human json github gitlab sarif
	do
		bounded git retro check --format=$format --range main..request \
			>"../check.$format" 2>"../check.$format.err"
		[ $? -le 1 ] || return 1
	done &&
	for format in human markdown json
	do
		bounded git retro review --format=$format main \
			>"../review.$format" 2>"../review.$format.err" || return 1
	done
}

# What is large another program reads: this one takes seconds for a megabyte.
in_json () {
	if [ "$(wc -c <"$1")" -lt 100000 ]
	then
		perl -MJSON::PP -e 'decode_json(join q(), <>)' "$1"
	else
		iconv -f UTF-8 -t UTF-8 "$1" >/dev/null &&
			jq -es 'length == 1' "$1" >/dev/null
	fi
}

# What is left of a comment once code spans and escapes are gone neither holds
# HTML, nor calls anybody, nor is a link.
inert () {
	perl -ne '
		s/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)//g;
		s/\\.//g;
		die $_ if /<(?!!-- -->)/ || /[\@#!](?=\w)/ || /\]\(/ || m{://}
	' "$1"
}

# The messages of a SARIF file hold no placeholder and no link.
plain_messages () {
	perl -CS -MJSON::PP -e '
		for (@{decode_json(join q(), <>)->{runs}[0]{results}}) {
			my $text = $_->{message}{text};
			$text =~ s/\\.|\{\{|\}\}//g;
			die $text if $text =~ /[\[\]{}]/
		}
	' "$1"
}

try 'settings that name a command, a place outside, or more than YAML' '
	for line in "dir: ../../etc" "dir: /etc" "dir: .git" "dir: -x" \
		"dir: \"\$(touch ran)\"" "editor: touch ran" \
		"core: {pager: touch ran}" "rules: {secret: \"\$(touch ran)\"}" \
		"releases: {tags: [\"--exec=touch ran\"]}" \
		"sections: {pitfalls: [\"\`touch ran\`\"]}"
	do
		(fresh settings >/dev/null && printf "%s\n" "$line" >.retro.yml &&
			all_outputs && git retro check >../out 2>&1
			git retro list >../list 2>/dev/null &&
			git retro status >/dev/null && not_run &&
			case $line in
			releases* | sections*) has ../list Old ;;
			"dir: \""*) has ../out .retro.yml:1: ;;
			*) has ../out .retro.yml:1: && has ../list Old ;;
			esac) || {
			echo "$line"
			exit 1
		}
	done &&
	fresh bomb >/dev/null && {
		echo "a: &a [x,x,x,x,x,x,x,x,x]"
		for c in b c d e f g h i j
		do
			p=$(echo $c | tr b-j a-i)
			echo "$c: &$c [*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p]"
		done
	} >.retro.yml && at_most 1 bounded git retro check >../out 2>&1 &&
	cd .. && fresh deep >/dev/null &&
	perl -e "print q([) x 100000" >.retro.yml &&
	at_most 1 bounded git retro check >../out 2>&1
'
try 'a template that would run something' '
	fresh template && mkdir retros/.templates &&
	cat >retros/.templates/release.md <<-\EOF &&
	---
	{{front}}
	---
	# {{title}} $(touch ran) `touch ran` {{!touch ran}} {{exec touch ran}}
	{{../../../etc/passwd}} {{title}}{{title}}
	EOF
	ln -s /etc/passwd retros/.templates/incident.md &&
	git tag v1.1.0 2>/dev/null &&
	git retro new --release v1.1.0 --no-edit >../out 2>&1 &&
	has "$(cat ../out)" "\$(touch ran) \`touch ran\`" &&
	status 128 git retro new --kind incident x --no-edit >../out 2>&1 &&
	! grep -r root: retros ../out && not_run
'
try 'names of commits, ranges and releases that are options of git' '
	fresh options && cat >retros/a.md <<-\EOF &&
	---
	id: a
	title: A
	date: 2026-01-01
	status: draft
	range: --output=ran..--output=ran
	commits:
	  cause: ["--output=ran", "HEAD@{0};touch ran"]
	releases: ["--output=ran", "-d", "$(touch ran)"]
	branches: ["--output=ran"]
	related: ["../../../../etc/passwd", "--output=ran"]
	paths: ["--output=ran", ":(exclude)*", "../../etc/passwd"]
	---
	EOF
	all_outputs && git retro list --path /etc/passwd >/dev/null &&
	git retro status >/dev/null && may_fail git retro link a --cause \
		--output=ran 2>/dev/null &&
	may_fail git retro review -- --output=ran 2>/dev/null &&
	may_fail git retro review -- "--output=ran...HEAD" 2>/dev/null &&
	may_fail git retro check --range=--output=ran..HEAD 2>/dev/null &&
	not_run
'
try 'file names that a shell, a terminal or a command line would obey' '
	fresh names && for name in "\$(touch ran).md" "-rf.md" "--fix.md" \
		"a;touch ran.md" "$(printf "esc\033[31m\033]0;x\007.md")" \
		"$(printf "two\nlines.md")" "::error file=x::y.md" "a%0A::b,c:d.md" \
		"$(printf "bad\377utf8.md")" "$(printf "rtl\342\200\256.md")" \
		"<img src=x onerror=alert(1)>.md" "a\`b|c.md" "\"quoted\\.md"
	do
		printf -- "---\nid: x\ntitle: T\nstatus: odd\n---\n" >"retros/$name" ||
			exit 1
	done && all_outputs && not_run && may_fail git retro check >../out 2>&1 &&
	no_control ../out && no_control ../check.human &&
	no_control ../check.github && no_control ../review.human &&
	no_control ../review.markdown && in_json ../check.json &&
	in_json ../check.gitlab && in_json ../check.sarif &&
	in_json ../review.json &&
	! grep -v "^::\(error\|warning\|notice\) " ../check.github &&
	test "$(grep -c "^::error file=x::" ../check.github)" = 0 &&
	test "$(git retro list --format=tsv | grep -c "\.md	\|\.md$")" = 14
'
try 'branches, tags and messages that a shell or a terminal would obey' '
	fresh refs && git tag "v2.0.0;touch\${IFS}ran" &&
	git tag "v3.0.0\$(touch\${IFS}ran)" && git tag "v4.0.0%0Aerror" &&
	git branch "\$(touch\${IFS}ran)" && git tag "v5.0.0<!--" &&
	printf "x" >x && git add . && git commit -q -m "$(printf \
		"\033[31m::error::x\n\nRetro-Action: old#A1\033]0;x\007\nRetro-Fix: --output=ran")" &&
	all_outputs "$(printf "::error::\033[2J")" && git retro status >../out &&
	no_control ../out && no_control ../review.human &&
	no_control ../review.markdown && no_control ../check.github &&
	! grep "^::error::" ../review.markdown && not_run
'
try 'escape sequences, controls and direction marks in every text' '
	fresh controls && printf -- \
		"---\nid: a\ntitle: \"\\\\e[31mred\\\\a\\\\u202e\"\ndate: 2026-02-30\nstatus: \"\\\\e[2J\"\n\"k\\\\e]0;x\\\\a\": v\nlabels: [\"\\\\e[1m\"]\n---\n# \033[31mHead\007\n\n## Actions\n\n- [ ] do \033]0;x\007 @a\033[1m due:\033[2J\n\n[x](\033[31m.png)\nhuman error \302\233 \342\200\256\n" \
		>retros/a.md && all_outputs && git retro show a >../show 2>&1 &&
	for f in check.human check.github check.gitlab check.sarif check.json \
		review.human review.markdown review.json show
	do
		no_control "../$f" && ! grep -q "$(printf "\302\233\|\342\200\256")" \
			"../$f" || { echo "$f"; exit 1; }
	done && has ../show "$(printf "\357\277\275")[31mred" &&
	has ../review.json "\\u001B[31mred"
'
try 'characters that are not seen, and a letter with 200 marks' '
	cat >unseen.pl <<-\EOF && fresh unseen &&
	use open qw(:std :utf8);
	my @unseen = (0x61c, 0x200b, 0x2060, 0xfeff, 0xad, 0xfff9, 0x202e,
		0x2066, 0x180e, 0x3164, 0xe0041);
	my $rest = "a" . chr(0x301) x 200 . "\x{1F469}\x{200D}\x{1F4BB}";
	my $t = join("x", map { chr } @unseen) . $rest;
	my $y = join("x", map { sprintf "\\U%08x", $_ } @unseen) . $rest;
	print qq(---\nid: a\ntitle: "$y"\ndate: 2026-01-01\nstatus: "$y"\n),
		qq(labels: ["$y"]\npaths: [load.py]\n---\n# $t\n\n),
		qq(## Pitfalls\n\n- $t in load.py\n\n## Actions\n\n),
		qq(- [ ] $t \@ann\n\n[$t]($t.png)\n);
	EOF
	cat >../seen.pl <<-\EOF &&
	use open qw(:std :utf8);
	$_ = join "", <>;
	die "seen" if
		/[\x{61c}\x{200b}\x{2060}\x{feff}\x{ad}\x{fff9}]/ ||
		/[\x{202e}\x{2066}\x{180e}\x{3164}\x{e0041}]/;
	die "marks" if $ARGV[0] && /\x{301}{9}/;
	EOF
	perl ../unseen.pl >retros/a.md && echo more >>load.py && all_outputs &&
	git retro show a >../show && git retro pitfalls >../pitfalls &&
	git retro context load.py >../context &&
	git retro context --format=json load.py >../context.json &&
	git retro actions >../actions && git retro list --format=tsv >../tsv &&
	git retro show --html a >../html && for f in check.human check.github \
		check.gitlab check.sarif check.json review.human review.markdown \
		review.json show pitfalls context context.json actions tsv html
	do
		perl ../seen.pl <../$f || { echo "$f"; exit 1; }
	done && for f in show review.markdown pitfalls context tsv
	do
		! grep -q "$(printf "\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201")" \
			../$f && has ../$f "$(printf "\360\237\221\251\342\200\215\360\237\222\273")" ||
			{ echo "$f"; exit 1; }
	done && in_json ../review.json && in_json ../context.json
'
try 'a forged annotation: `::error`, `##[error]`, `%0A`' '
	fresh forged && cat >retros/a.md <<-\EOF &&
	---
	id: a
	title: A
	date: 2026-01-01
	status: "x\n::error file=load.py,line=1::forged"
	kind: "##[error]forged"
	severity: "%0A::error::forged"
	"k\r\n::stop-commands::x": "::add-mask::x"
	---
	::error::forged
	##[error]forged
	human error
	EOF
	all_outputs && cat ../check.github ../check.github.err >../log &&
	lacks ../log "##[" && ! grep "^ *::error file=load.py" ../log &&
	! grep -v "^::\(error\|warning\|notice\) file=retros/a.md,line=[0-9]*,col=[0-9]*,title=[a-z-]*::" \
		../check.github && ! grep "::.*::.*%0A.*%0A" ../check.github
'
try 'a comment that breaks out of Markdown, calls people, or links' '
	fresh markdown && cat >retros/a.md <<-\EOF &&
	---
	id: "a"
	title: "x](javascript:alert(1)) <script>alert(1)</script> @everyone #1 !2 GH-3 `` ` | **b** <!-- --> \n\n# H\n```\n https://evil.example www.evil.example"
	date: 2026-01-01
	status: "`@everyone`\n- <img src=x>"
	releases: ["``@all`` <b>", "<!-- git-retro review -->"]
	---
	# <h1>@here

	## Actions

	- [ ] </details><details open> [click](https://evil.example) @ann_`x`
	EOF
	all_outputs && sed 1d ../review.markdown >../body &&
	! grep -q "^#\+ H" ../body && ! grep -q "^\`\`\`" ../body &&
	inert ../body
'
try 'an earlier retro that breaks out of the comment on a later request' '
	fresh earlier && cat >retros/a.md <<-\EOF &&
	---
	id: "`@all` <b>"
	title: "@everyone [x](javascript:1) <script>"
	date: 2026-01-01
	status: draft
	---
	## Pitfalls

	- <img src=x> [y](https://evil.example) `load.py` @everyone #1 </details>
	EOF
	git add . && git commit -q -m Harm && git branch -f main HEAD &&
	echo more >>load.py && all_outputs "Ask everyone first" &&
	sed 1d ../review.markdown >../body && has ../body "Earlier retros" && inert ../body &&
	no_control ../review.human && in_json ../review.json
'
try 'quotes, braces and links that break out of JSON or SARIF' '
	fresh json && cat >retros/a.md <<-\EOF &&
	---
	id: a
	title: "\"}]}\\ {0} [x](https://evil.example)"
	date: 2026-01-01
	status: "\"}, {\"level\": \"none\" \\ {0} [x](1) \u0000"
	---
	[gone]("}].md) [x]({0}.md)
	EOF
	printf "\377\376 \"}]}\n" >retros/bad.md && all_outputs &&
	in_json ../check.json && in_json ../check.gitlab &&
	in_json ../check.sarif && in_json ../review.json &&
	plain_messages ../check.sarif &&
	cp ../check.sarif "$TRASH/hostile.sarif"
'
try 'links that lead out of the repository are not followed' '
	fresh links && ln -s /etc/passwd retros/out.md &&
	ln -s /etc retros/folder && ln -s ../.git/config retros/config.md &&
	ln -s /etc/passwd .retro.yml && mkdir sub && ln -s / sub/top &&
	printf -- "---\nid: b\ntitle: B\ndate: 2026-01-01\nstatus: draft\n---\n[a](../../../../etc/passwd) [b](/etc/passwd) [c](../sub/top/etc/passwd) [d](%%2e%%2e/%%2e%%2e/etc/passwd)\n" \
		>retros/b.md && may_fail git retro check >../out 2>&1 &&
	! grep root: ../out && test "$(grep -c file-link ../out)" = 4 &&
	may_fail git retro check --fix >../out 2>&1 && test -L retros/out.md &&
	all_outputs && ! grep -r root: ../check.* ../review.*
'
try 'what is too large or too deep for a retro' '
	fresh large && head -c 17000000 /dev/zero | tr "\0" a >retros/big.md &&
	perl -e "print qq(---\nid: m\ntitle: M\ndate: 2026-01-01\nstatus: draft\n---\n), q([) x 900000" \
		>retros/brackets.md &&
	perl -e "print qq(> ) x 5000, qq(x\n) for 1 .. 20" >retros/quotes.md &&
	perl -e "print qq(---\na: ), q([) x 50000, qq(\n---\n)" >retros/yaml.md &&
	perl -e "print qq(---\n); print qq(k\$_: v\n) for 1 .. 100000; print qq(---\n)" \
		>retros/keys.md &&
	git add . && git commit -q -m Large && for format in human sarif
	do
		bounded git retro check --format=$format --range main..request \
			>../out 2>&1; test $? -le 1 && for f in big brackets \
			quotes yaml keys
		do
			has ../out retros/$f.md || exit 1
		done || exit 1
	done && bounded git retro review --format=markdown main >../out
'
try 'a million words, headings, actions, links, comments and ranges' '
	fresh many && perl -e "print qq(he forgot the password: api_key= ) x 100000" \
		>retros/words.md &&
	perl -e "print qq(# h\$_\n) for 1 .. 100000" >retros/headings.md &&
	perl -e "print qq(# Actions\n\n); print qq(- [ ] do \$_\n) for 1 .. 40000" \
		>retros/actions.md &&
	perl -e "print qq([a](gone\$_.md)\n) for 1 .. 20000" >retros/links.md &&
	perl -e "print qq(<!-- retro: allow blame: x -->\n) for 1 .. 30000" \
		>retros/allows.md &&
	perl -e "print qq(人为失误) x 80000" >retros/chinese.md &&
	perl -e "for (1 .. 3000) { open F, qq(>retros/wide\$_.md);
		print F qq(---\nid: r\$_\nrange: gone\$_..:/x\n---\n) }" &&
	git add . && git commit -q -m Many &&
	at_most 1 bounded git retro check --format=github --range main..request \
		>../out 2>&1 && for f in headings words actions
	do
		perl -i -pe "s/h(\\d)/g\$1/; s/he forgot/she forgot/; s/do /see /" \
			retros/$f.md || exit 1
	done && git commit -q -a -m Changed &&
	bounded git retro review --format=markdown main >../out 2>&1 &&
	test "$(wc -c <../out)" -lt 65536 &&
	bounded git retro review --format=markdown HEAD~1 >../out 2>&1 &&
	test "$(wc -c <../out)" -lt 65536
'
try 'lines of spaces, words, labels and owners without end, and 100,000 quotes' '
	fresh lines && perl -e "print qq(# T\n\nStatus: ), qq(a ) x 100000" \
		>retros/status.md &&
	perl -e "print qq(# a), q( ) x 200000, qq(b\n)" >retros/title.md &&
	perl -e "print qq(# Actions\n\n- [ ] ), qq{(due:} x 40000" >retros/due.md &&
	perl -e "print qq(# Actions\n\n- [ ] do it ),
		map { qq(\@a\$_, ) } 1 .. 40000" >retros/owners.md &&
	perl -e "print qq(# Pitfalls\n\n), map { qq(> a\n\n) } 1 .. 100000" \
		>retros/quotes.md && for f in status title due owners quotes
	do
		at_most 1 bounded git retro check retros/$f.md >../out 2>&1 || exit 1
	done && bounded git retro show --format=json owners >../out 2>../err &&
	in_json ../out && has ../out "a1, a2, a3" &&
	lacks ../out "a39999, a40000"
'
try 'locks: arguments that name each other, names and tables without end' '
	fresh locks && perl -e "print qq(ARG A0=xxxxxxxxxxxxxxxx\n);
		print qq(ARG A), \$_ + 1, qq(=\\\$A\$_\\\$A\$_\\\$A\$_\n) for 0 .. 40;
		print qq(FROM \\\$A40\nFROM debian:12\n)" >Dockerfile &&
	mkdir args stages texts &&
	perl -e "print map { qq(RUN <<E\$_\n) } 1 .. 60000" >texts/Dockerfile &&
	perl -e "print map { qq(ARG A\$_=\\\$A1\n) } 1 .. 60000" \
		>args/Dockerfile &&
	perl -e "print map { qq(FROM a:\$_ AS s\$_\n) } 1 .. 60000" \
		>stages/Dockerfile &&
	perl -e "print qq({\"), q(k) x 200000, qq(\": {),
		join(q(,), map { qq(\"a\$_\": 1) } 1 .. 20000), qq(}}\n)" \
		>params.json &&
	perl -e "print qq(version = 1\n), map { qq([[a\$_]]\n) } 1 .. 200000" \
		>uv.lock &&
	perl -e "print qq(packages: {}\nsdks:\n),
		map { qq(  a\$_: 1\n) } 1 .. 200000" >pubspec.lock &&
	git add . && git commit -q -m Locks &&
	bounded git retro env --format=json >../out 2>../err &&
	in_json ../out &&
	has ../out "names of its values are too long" &&
	test "$(grep -c "too many arguments, stages or texts" ../out)" = 3 &&
	has ../out "\"name\": \"debian\"" && has ../out "\"name\": \"a200000\""
'
try 'thousands of new locks, beside as many that moved' '
	fresh moved && mkdir b && perl -e "for (1 .. 3000) {
		open F, q(>), qq(b/f\$_.dvc);
		print F qq(outs:\n- md5: \$_\n  path: f\n) }" && git add . &&
	git commit -q -m Here && mkdir a && for i in b/*
	do
		printf "outs:\n- md5: 1\n  path: n\n" >"a/n${i#b/}" || exit 1
	done && git mv b c && git add . && git commit -q -m There &&
	bounded git retro env HEAD~1.. --format=json >../out && in_json ../out
'
try 'a key is not told on' '
	fresh secret && printf "ghp_%s\n" "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8" \
		>retros/a.md && all_outputs &&
	! grep -h "ghp_" ../check.* ../review.* && has ../check.github secret
'
try 'attributes that name a filter, a diff or a merge program' '
	fresh attributes && echo "* diff=evil filter=evil merge=evil ident" \
		>.gitattributes && echo "*.md diff=evil" >retros/.gitattributes &&
	echo "[diff \"evil\"] textconv = touch ran" >.gitconfig &&
	sed -i "s/Old/New/" retros/old.md && all_outputs && not_run &&
	for driver in diff.evil.textconv diff.evil.command filter.evil.smudge \
		filter.evil.clean merge.evil.driver
	do
		git config $driver "touch $PWD/ran;" || exit 1
	done && for words in "check --range main..request" "review main" \
		"list --at main" "show --at HEAD old" "context --range main..request" \
		"grep --history -e id" status audit "link --suggest old" env
	do
		at_most 1 git retro $words >../out || exit 1
	done && not_run &&
	has ../review.markdown "**changed** New"
'
try 'hooks and configuration that the request brings' '
	fresh brought && mkdir -p .git-hooks .husky hooks && for f in .git-hooks \
		.husky hooks
	do
		printf "#!/bin/sh\ntouch ran\n" >$f/pre-commit &&
		cp $f/pre-commit $f/post-checkout && chmod +x $f/* || exit 1
	done && printf "[core]\n\thooksPath = .husky\n\tpager = touch ran\n" \
		>.gitmodules && cp .gitmodules .gitconfig && all_outputs && not_run
'
validator=$TOP/build/npm/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
if [ -f "$validator" ]
then
	ok 'hostile SARIF: held to the schema' '
		chmod u+x "$validator" && export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 &&
		{ "$validator" validate hostile.sarif >out 2>&1 ||
			{ cat out; exit 1; }; } && ! grep ": error " out
	'
else
	skip 'hostile SARIF: held to the schema' 'make test-deps installs the validator'
fi
ok 'the table names each of these tests, and no other' '
	sed -n "s/^| .* | \([^|]*\) |\$/\1/p" "$TESTS/hostile.md" | sed 1d >table &&
	sed -n "s/^hostile: //p" table | sort >ours && sort "$titles" >want &&
	same want ours && grep -v "^hostile: " table >others &&
	test "$(wc -l <others)" = 3 && while read -r title
	do
		has "$TESTS/cli/ci.t" "ok '\''$title'\''" || exit 1
	done <others
'
test_done
