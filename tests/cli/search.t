#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# search: what is found, in which order, and that no text is wrong.
. "${0%/*}/../lib/test.sh"

# retro <id> <title> <front matter> <body>
retro () {
	printf -- '---\nid: %s\ntitle: %s\ndate: %s\nstatus: final\n%s\n---\n\n%s\n' \
		"$1" "$2" "${1%-*}" "$3" "$4" >"retros/$1.md"
}

# found <id>... -- <words>...: exactly these, in this order.
found () {
	: >want
	while [ "$1" != -- ]
	do
		echo "$1" >>want
		shift
	done
	shift
	git retro search --format=tsv "$@" >out
	tail -n +2 out | cut -f1 >got
	same want got
}

# any <id>... -- <words>...: these, in any order.
any () {
	found "$@" || { sort want >want.s && sort got >got.s && same want.s got.s; }
}

new_repo repo && cd repo && mkdir retros
retro 2026-01-01-cuda 'CUDA versions drift' \
	'labels: [dependency, "data drift"]
kind: incident
authors: [Ann Author <ann@example.com>]
releases: [v1.0.0]
paths: ["src/train/**"]' \
'## Summary

Training stopped after the driver was upgraded.

## Pitfalls

- The lockfile did not pin the CUDA version: `src/train/env.lock`
- Docker hid it

## Actions

- [ ] A1: Pin it @ann'
retro 2026-02-02-labels 'Empty labels' \
	'labels: [data]
kind: experiment
authors: [Bo B <bo@example.com>]
releases: [v2.0.0]' \
'## Summary

The loader dropped rows. A café owner told us; running out of time.

## Pitfalls

- Labels can be empty'
retro 2026-03-03-zh 标注数据漂移 \
	'labels: [数据]
kind: incident' \
'## 概述

ＣＵＤＡ版本号写错了。训练失败，损失变成ＮａＮ

## 踩过的坑

- 标注没有审核，坑很深'
git add . && git commit -q -m retros

ok 'all of the words, in the title first' '
	cd repo && found 2026-01-01-cuda 2026-03-03-zh -- cuda &&
	found 2026-01-01-cuda -- cuda driver &&
	found -- "\"cuda loader\"" && status 1 git retro search zzz kind:incident
'
ok 'a word in another form, case, accents, width' '
	cd repo && found 2026-01-01-cuda -- DRIVERS &&
	found 2026-02-02-labels -- run && found 2026-02-02-labels -- "Cafe" &&
	found 2026-03-03-zh -- nan && found 2026-02-02-labels -- "ｌｏａｄｅｒ"
'
ok 'Chinese of any length' '
	cd repo && found 2026-03-03-zh -- 坑 && found 2026-03-03-zh -- 标注 &&
	found 2026-03-03-zh -- 标注数据漂移 && found 2026-03-03-zh -- 没 &&
	found -- "\"标数\"" && found 2026-03-03-zh -- CUDA版本 &&
	found 2026-03-03-zh -- cuda版 && found 2026-03-03-zh -- 版本号 &&
	found 2026-03-03-zh -- 号
'
ok 'OR, phrases, and what must not be' '
	cd repo && any 2026-01-01-cuda 2026-02-02-labels -- docker OR loader &&
	found 2026-01-01-cuda -- cuda docker OR loader &&
	found 2026-01-01-cuda -- "\"cuda version\"" &&
	found -- "\"version cuda\"" && found 2026-03-03-zh -- cuda -docker &&
	found 2026-03-03-zh -- cuda "-\"cuda versions\"" &&
	found 2026-03-03-zh 2026-02-02-labels -- -docker
'
ok 'in a section' '
	cd repo && found 2026-02-02-labels -- in:pitfalls labels &&
	found 2026-03-03-zh -- in:踩坑 标注 && found -- in:pitfalls loader &&
	any 2026-02-02-labels 2026-01-01-cuda -- in:summary loader OR training &&
	found 2026-01-01-cuda -- in:title cuda && found -- in:title docker &&
	found 2026-01-01-cuda -- "in:\"What went wrong\"" lockfile
'
ok 'filters' '
	cd repo && found 2026-01-01-cuda -- label:dependency &&
	found 2026-01-01-cuda -- "label:\"Data Drift\"" &&
	found 2026-03-03-zh 2026-01-01-cuda -- kind:incident &&
	found 2026-03-03-zh -- kind:incident -label:dependency &&
	found 2026-02-02-labels -- release:v2.* &&
	found 2026-01-01-cuda -- author:ann@example &&
	found 2026-01-01-cuda -- path:src/train/a.py &&
	found 2026-03-03-zh 2026-02-02-labels -- since:2026-02-01 &&
	found 2026-03-03-zh -- since:2026-02-01 cuda &&
	found 2026-03-03-zh 2026-02-02-labels -- -author:ann
'
ok 'no text is wrong' '
	cd repo && for text in "C++" "a AND (" "\"" "\"open" "(" ")" "*" "a*" "^a" "NEAR(a b)" "{x}:" \
		"OR" "OR OR" "a OR" "-" "--" "- -" "label:" "in:" "AND" "NOT x" \
		"title : x" "'"'"'" ";DROP TABLE doc" "+++" "\\" "%s%n" "" " "
	do
		git retro search -- "$text" >out 2>err
		case $? in
		0) test_empty err || exit 1 ;;
		1) ! grep -v "no retro matches\|nearest word" err || exit 1 ;;
		*) echo "$text"; cat err; exit 1 ;;
		esac
	done && found -- "+++"
'
ok 'signs part words' '
	cd repo && found 2026-01-01-cuda -- env.lock &&
	found 2026-01-01-cuda -- src/train/env.lock &&
	found 2026-01-01-cuda -- v1.0.0 && found -- "\"train/src\"" &&
	found 2026-01-01-cuda -- docker，驱动、lockfile &&
	found 2026-01-01-cuda -- docker/lockfile·training
'
ok 'exit codes, and what is no filter' '
	cd repo && status 0 git retro search cuda && status 1 git retro search q &&
	status 129 git retro search && status 129 git retro search kind:nonsense &&
	status 129 git retro search in:nowhere x 2>err && has err pitfalls &&
	status 129 git retro search since:nonsense &&
	status 129 git retro search --limit=x cuda &&
	status 1 git retro search heading:zzz
'
ok 'the snippet: marked, its section, one line' '
	cd repo && git retro search docker >out && cat >want <<-\EOF &&
	2026-01-01-cuda  final  v1.0.0  CUDA versions drift
	    pitfalls: [Docker] hid it
	EOF
	same want out && git retro search 坑 >out && has out "，[坑]很深" &&
	git retro search 标注 >out && has out "pitfalls: [标注]没有审核" &&
	git -c color.ui=always retro search docker >out &&
	has out "$(printf "\\033[1;31mDocker\\033[m")" &&
	git retro search dependency >out && has out "labels: [dependency], \"data drift\"" &&
	lacks out "labels: [["
'
ok 'a long line is cut around the hit' '
	cd repo && long=$(printf "word%.0s " $(seq 200)) &&
	retro 2026-04-04-long Long "" "$long needle $long" &&
	git retro search needle >out && has out "[needle]" && has out … &&
	test "$(tail -n 1 out | wc -c)" -lt 250 && rm retros/2026-04-04-long.md
'
ok 'JSON is the contract' '
	cd repo && git retro search --format=json docker >out && cat >want <<-\EOF &&
	{
	  "version": 1,
	  "words": 1,
	  "hits": [
	    {
	      "id": "2026-01-01-cuda",
	      "path": "retros/2026-01-01-cuda.md",
	      "title": "CUDA versions drift",
	      "date": "2026-01-01",
	      "status": "final",
	      "severity": null,
	      "severity-text": null,
	      "score": N,
	      "snippet": "Docker hid it",
	      "section": "pitfalls",
	      "words": 1,
	      "near": false
	    }
	  ]
	}
	EOF
	sed "s/\"score\": [0-9.]*/\"score\": N/" out >got && same want got &&
	git retro search --format=ndjson cuda >out && test "$(wc -l <out)" = 2 &&
	status 1 git retro search --format=json nothing >out &&
	has out "\"hits\": []"
'
ok '--limit, and how many more' '
	cd repo && git retro search --limit 1 cuda >out 2>err &&
	test "$(grep -c "^2026" out)" = 1 && has err "1 more" &&
	git retro search --limit=0 cuda >out 2>err && test_empty err
'
ok 'uncommitted edits, new and deleted files' '
	cd repo && echo zebra >>retros/2026-01-01-cuda.md &&
	found 2026-01-01-cuda -- zebra && retro 2026-05-05-new New "" giraffe &&
	found 2026-05-05-new -- giraffe && rm retros/2026-05-05-new.md &&
	found -- giraffe && git checkout -q retros && found -- zebra
'
ok 'the score does not depend on what the index has seen' '
	cd repo && git retro search --format=json cuda version >aged &&
	rm .git/retro/index && git retro search --format=json cuda version >fresh &&
	same fresh aged
'
ok 'the same text in two files is found twice' '
	cd repo && cp retros/2026-02-02-labels.md retros/copy.md &&
	found 2026-02-02-labels 2026-02-02-labels -- loader &&
	rm retros/copy.md
'
ok 'a bare repository, a subfolder, another work tree' '
	cd repo && git clone -q --bare . ../bare.git &&
	git -C ../bare.git retro search --format=json cuda version >bare &&
	git retro search --format=json cuda version >here && same here bare &&
	mkdir -p src/train && cd src/train && git retro search path:. >out &&
	has out 2026-01-01-cuda
'
ok 'what a file says never reaches the terminal raw' '
	cd repo && retro 2026-06-06-evil "Evil" "" "$(printf "x \\033[31m zebra\\007 y")" &&
	git retro search zebra >out && lacks out "$(printf "\\033")" &&
	has out "[31m [zebra]" &&
	rm retros/2026-06-06-evil.md
'
ok 'bytes that are no text hide nothing' '
	cd repo && printf "# nul \\0 zebra\n" >retros/nul.md &&
	printf "# \\262\\342 zebra\n" >retros/gbk.md &&
	git retro search --format=json zebra >out &&
	has out "\"snippet\": \"nul   zebra\"" && has out "retros/gbk.md" &&
	rm retros/nul.md retros/gbk.md
'
ok 'a file that cannot be read is told, and the others are found' '
	cd repo && ln -s /etc/hostname retros/x.md &&
	git retro search docker >out 2>err && has out cuda && has err "1 error" &&
	rm retros/x.md
'
ok 'nothing is found in comments, names of sections, and YAML' '
	new_repo parts && cd parts && mkdir retros &&
	retro 2026-07-07-one "Elephants" "labels: [zoo] # giraffe
metrics:
  - {name: AUC, before: 0.9, after: 0.8, better: higher}" "<!-- hippo
of a template -->

## Timeline

Text <!-- rhino --> of it, and \`gnus\`

\`\`\`
<!-- camel -->
\`\`\`

## Okapi caught

He ran.

## Lion

## Tiger

<!-- nothing -->" &&
	for word in hippo template rhino timeline giraffe final better before \
		metrics labels lion tiger
	do
		found -- "$word" || { echo "$word"; exit 1; }
	done &&
	for word in elephant zoo auc camel okapi ran "\`gnus\`" one
	do
		found 2026-07-07-one -- "$word" || { echo "$word"; exit 1; }
	done
'
ok 'traditional characters, borders of numbers, what is not seen' '
	new_repo words && cd words && mkdir retros &&
	retro 2026-07-07-a "資料庫連線池" "" "CUDA12.1 and v1.4.0 at b0dd790f44" &&
	retro 2026-07-08-b "数据库" "" "CUDA 12.1, zero$(printf "\342\200\213")width" &&
	found 2026-07-07-a -- 资料库连线 && found 2026-07-07-a -- 連線 &&
	any 2026-07-07-a 2026-07-08-b -- CUDA12.1 &&
	any 2026-07-07-a 2026-07-08-b -- "\"CUDA 12.1\"" &&
	any 2026-07-07-a 2026-07-08-b -- cuda && found 2026-07-07-a -- 1.4 &&
	found 2026-07-07-a -- b0dd790f44 && found 2026-07-08-b -- zerowidth
'
# A team's words, each in one retro.
team () {
	new_repo "$1" && cd "$1" && mkdir retros &&
	retro 2026-02-26-deploy "换推理引擎" "" "- 第一次部署失败，因为模型的镜像不对" &&
	retro 2026-03-04-mem "Service is OOMKilled" "" "- DataLoader kept every tensor of a batch" &&
	retro 2026-03-05-far "模型" "" "
$(printf "另外的话 %.0s" $(seq 60))

部署。

$(printf "其他的字 %.0s" $(seq 60))

失败" &&
	retro 2026-03-06-both "Kafka lag" "" "- The consumer fell behind" &&
	retro 2026-03-07-one "Kafka topics" "" "- The consumer of a topic" &&
	retro 2026-03-08-lone "Redis" "" "- A consumer"
}
ok 'by how a word begins, by a part of a name, below exact ones' '
	team begins && found 2026-03-04-mem -- OOM && found 2026-03-04-mem -- loader &&
	found 2026-03-04-mem -- dataloader && found 2026-03-04-mem -- killed &&
	found -- oo && retro 2026-04-01-exact "Exact" "" "OOM here, and $(seq -s " " 99)" &&
	found 2026-04-01-exact 2026-03-04-mem -- oom &&
	retro 2026-04-02-new "TLS1.3, TLS1.2" "" "TLS1.3" && retro 2026-04-03-old "Old" "" "speaks TLS, $(seq -s " " 99)" &&
	found 2026-04-03-old 2026-04-02-new -- TLS &&
	git retro search oom >out && has out "[OOMKilled]"
'
ok 'all words first, then most of them, said in words' '
	team most && any 2026-03-06-both 2026-03-07-one -- kafka consumer topics lag &&
	git retro search kafka consumer lag zebra >out &&
	test "$(head -n 1 out)" = "No retro contains all 4 words. These contain most of them:" &&
	grep ^2026 out >rows && test "$(wc -l <rows)" = 2 &&
	head -n 1 rows | grep "^2026-03-06-both" &&
	git retro search consumer lag zebra >out &&
	test "$(head -n 1 out)" = "No retro contains all 3 words. These contain 2 of them:" &&
	test "$(grep -c ^2026 out)" = 1 &&
	git retro search kafka lag consumer >out && has out "1 retro contains all 3 words. These contain 2 of them:" &&
	head -n 1 out | grep "^2026-03-06-both" &&
	git retro search --format=json kafka consumer lag zebra >out &&
	has out "\"words\": 4" && has out "\"words\": 3" &&
	git retro search why the kafka consumer has lag >out && lacks out "No retro"
'
ok 'what has all words far apart is behind what is about most of them' '
	new_repo apart && cd apart && mkdir retros && pad=$(seq -s " " 400) &&
	retro 2026-01-01-log "Moving house" "" \
		"wildcard $pad renewal $pad failing $pad certbot" &&
	retro 2026-01-02-cert "Certbot renewal" "" "- the renewal is failing" &&
	for i in 3 4 5
	do
		retro 2026-01-0$i-x "X$i" "" "wildcard" || exit 1
	done &&
	found 2026-01-02-cert 2026-01-01-log -- wildcard certbot renewal failing &&
	git retro search --format=tsv wildcard certbot >out &&
	test "$(sed -n 2p out | cut -f1)" = 2026-01-01-log &&
	retro 2026-01-06-all "T" "" "the wildcard certbot renewal is failing" &&
	git retro search --format=tsv wildcard certbot renewal failing >out &&
	test "$(sed -n 2p out | cut -f1)" = 2026-01-06-all
'
ok 'of a run what no text has together is no part of it' '
	new_repo runs && cd runs && mkdir retros &&
	retro 2026-01-01-a "选举" "" "- 磁盘延迟很高，触发了选举" &&
	found 2026-01-01-a -- 磁盘慢引起选举超时问题 && found -- 磁盘外壳生锈掉漆很难看
'
ok 'a run of Chinese without a hit falls back to its parts, near one another' '
	team near && found 2026-02-26-deploy -- 模型部署失败 &&
	git retro search 模型部署失败 >out && head -n 1 out | grep "close together:" &&
	has out "[部署失败]" && git retro search --format=json 模型部署失败 >out &&
	has out "\"near\": true" && found -- "\"模型部署失败\"" &&
	status 1 git retro search 香蕉苹果
'
ok 'everyday words in a run say nothing, a character alone says something' '
	new_repo spoken && cd spoken && mkdir retros &&
	retro 2026-01-01-gpu "成本" "" "- 显卡空转了一个月" &&
	retro 2026-01-02-table "清理" "" "- 脚本连错库，把结果表删掉" &&
	retro 2026-01-03-talk "闲谈" "" "- 为什么我们一直没有发现问题" &&
	found 2026-01-01-gpu -- 为什么我们的显卡一直都在空转 &&
	found 2026-01-01-gpu -- 為什麼我們的顯卡一直都在空轉 &&
	found 2026-01-02-table -- 谁把表给删了 && found 2026-01-03-talk -- 为什么
'
ok 'parts of a run, near one another in none, are said to be parts' '
	new_repo parts-far && cd parts-far && mkdir retros && pad=$(seq -s " " 99) &&
	retro 2026-01-01-far "甲" "" "模型 $pad 部署 $pad 失败" &&
	git retro search 模型部署失败 >out &&
	test "$(head -n 1 out)" = "No retro contains exactly this. These contain parts of it:" &&
	git retro search --format=json 模型部署失败 >out && has out "\"near\": false" &&
	retro 2026-01-02-near "乙" "" "模型的部署失败" && found 2026-01-02-near -- 模型部署失败
'
ok 'a word that begins with a letter beyond ASCII is found where it stands' '
	new_repo beyond && cd beyond && mkdir retros && retro 2026-01-01-x "T" "" "- Øvings var lang" &&
	git retro search "\"øvings\"" >out && has out "[Øvings]"
'
ok 'one word in two, two words in one' '
	new_repo splits && cd splits && mkdir retros &&
	retro 2026-01-01-gc "Heap" "" "- Full GC each hour" &&
	retro 2026-01-02-back "Release" "" "- The rollback failed" &&
	found 2026-01-01-gc -- fullgc && found 2026-01-02-back -- roll back &&
	found 2026-01-02-back -- orchestration authentication certificates infrastructure configuration \
		subscription serialization performance notifications intermittently unavailable kubernetes \
		rollback &&
	found -- "\"roll back\"" && git retro search fullgc >out && has out "[Full GC]"
'
ok 'of many words the rare ones are enough' '
	new_repo rare && cd rare && mkdir retros &&
	retro 2026-01-01-int8 "Quantization" "" "- It lost the rare classes" &&
	for i in 2 3 4 5 6
	do
		retro 2026-01-0$i-x "X$i" "" "- A model of things that went worse" || exit 1
	done &&
	git retro search --format=tsv quantized model worse on rare stuff >out &&
	test "$(sed -n 2p out | cut -f1)" = 2026-01-01-int8 &&
	git retro search quantized unheard rare unread >out &&
	test "$(head -n 1 out)" = "No retro contains all 4 words. These contain 2 of them:" &&
	git retro search quantized unheard mouse unread elephant >out &&
	test "$(head -n 1 out)" = "No retro contains all 5 words. These contain 1 of them:"
'
ok 'a plural of three letters is no beginning' '
	new_repo plural && cd plural && mkdir retros &&
	retro 2026-01-01-dnf "Packages" "" "- dnf failed" &&
	retro 2026-01-02-dns "Names" "" "- DNS failed" && found 2026-01-02-dns -- dns
'
ok 'synonyms, ours and the team'\''s' '
	team synonyms && found 2026-03-04-mem -- 内存溢出 &&
	found 2026-03-04-mem -- out of memory && found -- "\"out of memory\"" &&
	found -- cachebox &&
	echo "synonyms: [[redis, cachebox], [推理引擎, 推理框架]]" >.retro.yml &&
	found 2026-03-08-lone -- cachebox && found 2026-02-26-deploy -- 换推理框架 &&
	git retro search cachebox >out && has out "[Redis]" &&
	echo "synonyms: [redis]" >.retro.yml && may_fail git retro search x 2>err && has err ".retro.yml:1" &&
	has err "two words or more"
'
ok 'no hit says so, with the nearest word' '
	team nothing && status 1 git retro search consumar >out 2>err && test_empty out &&
	has err "the nearest word is '\''consumer'\''" &&
	status 1 git retro search qqqqqqqqq 2>err && has err "no retro matches" &&
	status 1 git retro search --format=json qqqqqqqqq 2>err && test_empty err
'
ok 'as of a revision, from a warm index as from a cold one' '
	new_repo at && cd at && mkdir retros && retro 2026-01-01-a A "" "zebra" &&
	retro 2026-01-02-b B "" "zebra too" && git add . && git commit -q -m one &&
	git tag one && retro 2026-01-01-a A "" "giraffe" && rm retros/2026-01-02-b.md &&
	git add -A && git commit -q -m two && commit unrelated &&
	for round in cold warm
	do
		any 2026-01-01-a 2026-01-02-b -- --at one zebra &&
		found -- --at HEAD zebra && found 2026-01-01-a -- --at HEAD giraffe &&
		found -- --at one giraffe || exit 1
	done && rm .git/retro/index && any 2026-01-01-a 2026-01-02-b -- --at one zebra &&
	git retro list --at one >out && has out 2026-01-02-b &&
	status 128 git retro search --at nowhere zebra &&
	status 129 git retro search --at one --all zebra
'
ok 'the index is not made anew by each search' '
	cd at && git retro search giraffe >out && git retro search --at one zebra >out &&
	ls -i --time-style=full-iso -l .git/retro/index >before && sleep 0.1 &&
	git retro search giraffe >out && git retro search --at one zebra >out &&
	ls -i --time-style=full-iso -l .git/retro/index >after && same before after
'
ok 'on every branch, a retro once' '
	cd at && git switch -q -c side one && retro 2026-03-03-side Side "" "zebra on the side" &&
	git add . && git commit -q -m side && git switch -q main &&
	any 2026-01-02-b 2026-03-03-side -- --all zebra &&
	found 2026-01-01-a -- --all giraffe &&
	git retro search --all zebra >out && grep "^2026-03-03-side .*on side" out &&
	git retro search --all --format=json zebra >out && has out "\"on\": [" &&
	git clone -q --bare . ../at.git && git -C ../at.git retro search --all zebra >out &&
	has out 2026-03-03-side
'
ok 'no retros, and no commit yet' '
	new_repo empty && cd empty && status 1 git retro search x >out &&
	test_empty out && git init -q --bare ../b.git && cd ../b.git &&
	status 1 git retro search x
'
test_done
