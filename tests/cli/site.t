#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages for a browser; tests/browser/ looks at them in one.
. "${0%/*}/../lib/test.sh"

ok 'set up' '
	new_repo r && cd r && mkdir retros &&
	printf "releases:\n  tags: [\"v*\"]\n" >.retro.yml &&
	commit one a a && git tag v1.0.0 && id=$(git rev-parse HEAD) &&
	git remote add origin git@gitlab.example.com:team/app.git &&
	cat >retros/2026-01-05-v1-0-0.md <<-END &&
	---
	id: 2026-01-05-v1-0-0
	title: v1.0.0
	date: 2026-01-05
	status: final
	kind: release
	releases: [v1.0.0]
	labels: [data, "a/b"]
	paths: ["src/**"]
	commits: {fix: [$id]}
	---

	# v1.0.0

	## Pitfalls

	- P1: Labels can be empty, see [the other](2026-02-01-标签.md)
	  and [the file](../a)

	![a picture](https://example.com/x.png)
	END
	cat >retros/2026-02-01-标签.md <<-END &&
	---
	id: 2026-02-01-标签
	title: 标签有偏
	date: 2026-02-01
	status: draft
	---

	## 踩过的坑

	- P1: 标注规范有两个版本
	END
	git add . && git commit -q -m retros
'
ok 'an index, a page each, pages by label, release and file, feeds' '
	cd r && git retro site -o ../out >out && has out "19 pages, 19 of them" &&
	cd ../out && find . -name "*.html" | sort >got &&
	test "$(grep -c "^./r/" got)" = 2 && test "$(grep -c "^./label/" got)" = 2 &&
	has index.html "<td class=\"day\">2026-02-01</td>" &&
	has r/2026-01-05-v1-0-0.html "<h1>v1.0.0</h1>" &&
	has release/v1-0-0-*.html "<h1>v1.0.0</h1>" &&
	xmllint --noout feed.xml && jq -e ".items | length == 2" feed.json >res &&
	has words/0.js "标注 注规 规范"
'
ok 'where one is, what no retro has, labels once, addresses that lead somewhere' '
	new_repo plain && cd plain && mkdir retros &&
	printf -- "---\ntitle: A\ndate: 2024-12-30\nlabels: [data, api]\nurl: https://example.com/a?b=1&c=2\nother: \"https://example.com and more\"\n---\n" >retros/a.md &&
	printf -- "---\ntitle: B\ndate: 2025-07-01\n---\n" >retros/b.md &&
	git add . && commit c && git retro site -o ../bare >out && cd ../bare &&
	has index.html "<table class=\"retros no-kind no-status no-releases\">" &&
	lacks index.html "id=\"kind\"" && has index.html "id=\"label\"" &&
	has index.html "<a href=\"index.html\" aria-current=\"page\">" &&
	has figures.html "<a href=\"figures.html\" aria-current=\"page\">" &&
	test "$(cat *.html | grep -c aria-current)" = 6 &&
	lacks r/a.html "<dt>labels</dt>" && has r/a.html ">api</a>" &&
	has r/a.html "<a href=\"https://example.com/a?b=1&amp;c=2\" rel=\"noreferrer\">" &&
	lacks r/a.html "<a href=\"https://example.com and" &&
	test "$(sed -n "s/.*<th scope=.row.>\(20..-Q.\)<.*/\1/p" figures.html | head -4 | xargs)" = "2024-Q4 2025-Q1 2025-Q2 2025-Q3"
'
# nested <page>...: that each element ends, inside of the one that it is in.
nested () {
	perl -0777 -ne '
		my @open;

		s/<!--.*?-->|<script\b.*?<\/script>|<style\b.*?<\/style>//gs;
		while (/<(\/?)([a-zA-Z][\w-]*)([^>]*?)(\/?)>/g) {
			next if $2 =~ /^(?:meta|link|br|hr|img|input)$/ || $4;
			push @open, $2 unless $1;
			print "$ARGV: </$2>\n" if $1 && (pop(@open) // "") ne $2;
		}
		print "$ARGV: <@open>\n" if @open;
	' "$@" >unclosed
	test_empty unclosed
}
ok 'each element ends where it is to' '
	cd out && nested index.html figures.html exposure.html labels.html r/*.html \
		label/*.html
'
ok 'nothing is loaded from elsewhere; links lead where they can' '
	cd out && ! grep -rlE "<(script|link|img|iframe)[^>]*(src|href)=\"(https?:)?//" . &&
	page=r/2026-01-05-v1-0-0.html && lacks $page "<img" &&
	has $page "<a href=\"https://example.com/x.png\">a picture</a>" &&
	grep -q "<a href=\"../r/2026-02-01-标签[^\"]*.html\">the other</a>" $page &&
	lacks $page "../a\"" &&
	has $page "https://gitlab.example.com/team/app/-/commit/" &&
	grep -q "default-src .none.;.*script-src .self." $page &&
	has index.html "lang=\"en\""
'
ok 'the same bytes again; only what changed is written, what is gone removed' '
	cd r && git retro site -o ../out >out && has out "0 of them new" &&
	cp -R ../out ../before && sed -i "s/^title: v1.0.0/title: First/" \
		retros/2026-01-05-v1-0-0.md &&
	git retro site -o ../out >out && lacks out " 19 of them" &&
	may_fail diff -rq ../before ../out >changed && has changed r/2026-01-05 &&
	lacks changed r/2026-02-01 &&
	rm retros/2026-02-01-标签.md && git retro site -o ../out >out &&
	has out "1 removed" && test "$(ls ../out/r | wc -l)" = 1 &&
	git checkout -q .
'
ok 'a page that was edited, taken away or made of something else is made anew' '
	cd r && git retro site -o ../out >out && cp -R ../out ../good &&
	echo more >>../out/r/2026-01-05-v1-0-0.html &&
	touch -r ../good/r/2026-01-05-v1-0-0.html ../out/r/2026-01-05-v1-0-0.html &&
	git retro site -o ../out >out && has out " 1 of them new" &&
	diff -r ../good ../out && rm ../out/r/2026-01-05-v1-0-0.html &&
	git retro site -o ../out >out && has out " 1 of them new" &&
	diff -r ../good ../out && list=../out/.git-retro-site &&
	sed -i "s/^[0-9a-f]\{16\}/0123456789abcdef/" $list &&
	echo old >../out/r/2026-01-05-v1-0-0.html && git retro site -o ../out >out &&
	has out " 1 of them new" && diff -r ../good ../out &&
	printf "\\377\\001/x\\nr/none\\n0123 x\\n\\ty\\n" >$list && git retro site -o ../out >out &&
	diff -r ../good ../out && cut -d" " -f3- ../good/.git-retro-site >$list &&
	git retro site -o ../out >out && diff -r ../good ../out && rm -r ../good
'
ok 'a page is made anew when what it links to comes or goes' '
	cd r && git retro site -o ../out >out && page=../out/r/2026-01-05-v1-0-0.html &&
	has $page "the other</a>" && git mv retros/2026-02-01-标签.md retros/x.md &&
	git retro site -o ../out >out && lacks $page "the other</a>" &&
	git mv retros/x.md retros/2026-02-01-标签.md &&
	git retro site -o ../out >out && has $page "the other</a>"
'
ok 'one that was stopped half way is gone on with' '
	cd r && (ulimit -f 1; trap "" XFSZ; status 128 git retro site -o ../half) 2>err &&
	git retro site -o ../half --title T >out && git retro site -o ../whole --title T >out &&
	rm -f ../half/*.new && diff -r ../half ../whole
'
ok 'of many, a change makes one page and the words of few anew' '
	new_repo many && cd many && mkdir retros && perl -e "
		for my \$i (1 .. 600) {
			open my \$out, q(>), qq(retros/\$i.md) or die;
			print \$out qq(---\ndate: 2026-01-10\n---\n\n# R\$i\n\nword\$i\n);
		}" && git add . && git commit -q -m many && git retro site -o ../m >out &&
	ls ../m/words >got && printf "%s\n" 0.js 1.js 2.js 3.js >exp && diff exp got &&
	cp -R ../m ../m0 && echo changed >>retros/77.md &&
	git retro site -o ../m >out && has out " 2 of them new or changed, 0" &&
	may_fail diff -rq ../m0 ../m >changed && has changed "r/77" &&
	has changed "/words/" && test "$(wc -l <changed)" = 3 &&
	has ../m/index.html "<tbody class=\"rest\">" && has ../m/index.html "Show all" &&
	git retro site -o ../m1 >out && diff -r ../m ../m1 && rm -r ../m0 ../m1
'
ok 'all in one file' '
	cd r && git retro site --one-file -o ../one >out &&
	has out "one: 1 page, 1 of them new" &&
	test "$(ls ../one)" = index.html && has ../one/index.html "sha256-" &&
	has ../one/index.html "href=\"#r-2026-01-05-v1-0-0\""
'
ok 'as of a revision, and in a bare repository' '
	cd r && git retro site -o ../out --title T >out && cd .. &&
	git clone -q --bare r bare.git && cd bare.git &&
	git retro site --at HEAD -o ../bare-out --title T >out &&
	test -f ../bare-out/r/2026-01-05-v1-0-0.html &&
	cmp ../out/index.html ../bare-out/index.html
'
ok 'a folder of others is refused' '
	mkdir mine && echo mine >mine/notes && cd r &&
	status 128 git retro site -o ../mine 2>err && has err "notes" &&
	has err "hint: choose another folder" && test "$(ls ../mine)" = notes &&
	git retro site -o ../mine --force >out && test -f ../mine/index.html &&
	test "$(cat ../mine/notes)" = mine
'
ok 'a retro that cannot be read is named, and the exit code says so' '
	cd r && printf -- "---\nid: [\n---\n" >retros/broken.md &&
	status 1 git retro site -o ../out >out 2>err &&
	has ../out/index.html "retros/broken.md" && rm retros/broken.md
'
ok 'what is hostile stands there as text' '
	cd r && cat >retros/evil.md <<-\END &&
	---
	id: evil
	title: "</script><script>alert(1)</script>"
	labels: ["\"><img src=x onerror=alert(1)>"]
	url: "javascript:alert(1)"
	---

	## Pitfalls

	- P1: <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,z)
	  and </script><script>alert(2)</script>
	END
	git retro site -o ../evil >out && git retro site --one-file -o ../evil1 >out &&
	rm ../evil/feed.json &&
	! grep -rlE "<img|<script>alert| style=|<a href=\"(javascript|data):" ../evil ../evil1 &&
	test "$(grep -c "</script" ../evil/index.html)" = 3
'
# A retro in which every text is hostile: script tags, ends of lines that are none
# in a file, characters that turn the line around, links of every scheme, a table
# that is huge.
evil () {
	perl -CS <<-\END
	my $turn = "\x{202e}turned\x{2066}\x{200b}\x{2028}\x{2029}";
	my $run = "</script></select></title><script>alert(1)</script>";
	print "---\nid: evil\ntitle: \"$run$turn\"\ndate: 2026-01-01\n",
		"summary: \"$run$turn\"\nlabels: [\"$run$turn\"]\n",
		"releases: [\"$run\"]\nauthors: [\"$run$turn\"]\npaths: [\"$run\"]\n",
		"---\n\n# $run$turn\n\n## Pitfalls\n\n- P1: $run$turn <!-- ]]>\n";
	print "- [l](<$_>) ![i](<$_>) <$_>\n" for "javascript:alert(1)",
		"JaVaScRiPt:alert(1)", " javascript:alert(1)",
		"java&#x09;script:alert(1)", "&#106;avascript:alert(1)",
		"javascript&colon;alert(1)", "vbscript:x", "data:text/html,x",
		"file:///etc/passwd", "blob:https://x/y", "filesystem:http://x/y",
		"about:blank", "view-source:https://x", "ws://x/", "ftp://x/",
		"tel:+1", "x-app:foo://bar", "//evil.example/x", "\\\\evil\\x",
		"https://good.example/", "mailto:ann\@good.example";
	print "\n## Table\n\n| a | b |\n|---|---|\n", "| $run | b |\n",
		"| a | b |\n" x 9999;
	END
}
ok 'what is hostile runs nowhere, leads nowhere and turns nothing around' '
	new_repo foe && cd foe && mkdir retros && evil >retros/evil.md &&
	git add . && git commit -q -m evil && git retro site -o ../foe-out >out &&
	git retro site --one-file -o ../foe-one >out && cd .. &&
	xmllint --noout foe-out/feed.xml && jq -e .items[0].title foe-out/feed.json >res &&
	find foe-out foe-one -type f ! -name ".*" >all &&
	while read -r page
	do
		perl -CSD -ne "exit 1 if /[\x{200b}\x{2028}-\x{202e}\x{2066}-\x{2069}]/" \
			"$page" || return 1
	done <all &&
	grep -rhoE "<script[ >]|</script>|<img|<[a-z]+ [^>]* on[a-z]+=" foe-out --include="*.html" |
		sort | uniq -c | sed "s/^ *//" >tags &&
	printf "%s\n" "3 </script>" "3 <script " >want && diff want tags &&
	test "$(grep -c "<script" foe-one/index.html)" = 1 &&
	cat foe-out/r/evil.html foe-one/index.html |
		grep -oE "<a href=\"[a-zA-Z]*:[^\"]*" | sort -u >links &&
	printf "<a href=\"%s\n" https://good.example/ mailto:ann@good.example >want &&
	diff want links && ! grep -q "href=\"//" foe-out/r/evil.html &&
	test "$(grep -c "<tr>" foe-out/r/evil.html)" = 10001 &&
	nested foe-out/index.html foe-out/r/evil.html foe-out/label/*.html
'
ok 'a name as long as file systems have it, and characters that XML has not' '
	long=$(printf "标签%.0s" $(seq 50)) && new_repo long && cd long && mkdir retros && bad=$(printf "\357\277\276x\357\277\277") &&
	printf "%s\n" --- "title: \"T \\uFFFE\"" "date: 2026-01-05" "labels: [$long]" --- "" "## Pitfalls" "" "- P1: $bad" >retros/one.md &&
	git retro site -o ../long-out >out && has out "15 pages" && test "$(ls ../long-out/label | wc -l)" = 1 && xmllint --noout ../long-out/feed.xml
'
ok 'a commit is linked where the web has origin: its port, its scheme, as git calls it' '
	new_repo forge && cd forge && commit one a a && id=$(git rev-parse HEAD) && mkdir retros &&
	printf "%s\n" --- "title: T" "commits: {fix: [$id]}" --- >retros/one.md && git config url.https://hub.example/.insteadOf gh: &&
	printf "%s\n" "git@hub.example:o/r.git https://hub.example/o/r/commit/" "ssh://git@hub.example:2222/o/r https://hub.example/o/r/commit/" \
		"http://gitlab.corp:8080/g/r.git http://gitlab.corp:8080/g/r/-/commit/" "https://me:secret@git.corp:8443/o/r/ https://git.corp:8443/o/r/commit/" \
		"gh:o/r.git https://hub.example/o/r/commit/" >cases &&
	while read -r address want
	do
		git config remote.origin.url "$address" && git retro site -o ../forge-out >out &&
		has ../forge-out/r/one.html "<a href=\"$want$id\">" || return 1
	done <cases
'
ok 'in Chinese' '
	cd r && git retro site --language zh -o ../zh >out &&
	has ../zh/index.html "lang=\"zh-Hans\""
'
ok 'no disk for the new leaves the old' '
	cd r && rm -f retros/evil.md && git retro site -o ../out >out &&
	cp -R ../out ../old && echo "- P2: more" >>retros/2026-01-05-v1-0-0.md &&
	(ulimit -f 1; trap "" XFSZ; status 128 git retro site -o ../out) 2>err &&
	diff -r ../old ../out
'
test_done
