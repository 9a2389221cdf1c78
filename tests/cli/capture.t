#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a draft notes of each environment (the setting capture), and whether what
# is locked can run there (env --check).
. "${0%/*}/../lib/test.sh"

# settings: a .retro.yml with two environments.
settings () {
	cat >.retro.yml <<-\EOF
	version: 1
	dir: retros
	releases: {tags: ["v*"], require: all}
	capture:
	  生产:
	    files: [prod/]
	    names: [torch, cuda, python]
	    patterns: {driver: "DRIVER_VERSION=*"}
	  staging:
	    files: [environment-staging.yml]
	    names: ["numpy*"]
	EOF
}

ok 'a project with two environments' '
	new_repo repo && cd repo && settings && mkdir prod &&
	printf "%s\n" torch==1.12.0+cu113 six==1.16 >prod/requirements.txt &&
	printf "%s\n" "FROM nvidia/cuda:11.3.1-runtime" \
		"ENV DRIVER_VERSION=\"470\"" >prod/Dockerfile &&
	printf "%s\n" "dependencies: [numpy=1.22, numpy-base=1.22]" \
		>environment-staging.yml &&
	git add . && git commit -q -m Start && git tag v1.0.0
'
ok 'the draft notes them from the tag' '
	cd repo && printf "torch==9\n" >prod/requirements.txt &&
	draft=$(git retro new --no-edit --release v1.0.0) &&
	git checkout -q prod && sed -n "/^environment/,/^---/p" "$draft" >got &&
	cat >expected <<-\EOF && same expected got &&
	environment:
	  生产: {torch: 1.12.0+cu113, cuda: 11.3.1-runtime, driver: "470"}
	  staging: {numpy: "1.22", numpy-base: "1.22"}
	---
	EOF
	git retro check 2>&1 && git add retros && git commit -q -m Retro &&
	git retro show "$draft" >out && has out "driver: 470"
'
ok 'what is locked fits' '
	cd repo && git retro env --check >out && cat >expected <<-\EOF &&
	生产  as of 2026-01-05-v1-0-0
	  fits (5 compared)
	staging  as of 2026-01-05-v1-0-0
	  fits (2 compared)
	EOF
	same expected out
'
ok 'what is locked needs more than there is' '
	cd repo && git switch -q -c newer &&
	printf "%s\n" torch==2.2.0+cu121 >prod/requirements.txt &&
	git commit -q -a -m "Newer" && status 1 git retro env --check >out &&
	cat >expected <<-\EOF && same expected out &&
	生产  as of 2026-01-05-v1-0-0
	  cuda 11.3.1-runtime, but prod/requirements.txt needs 12.1 (torch 2.2.0+cu121)
	  driver 470, but prod/requirements.txt needs 525.60.13 (cuda 12.1 of torch 2.2.0+cu121)
	  torch 1.12.0+cu113, but prod/requirements.txt needs 2.2.0+cu121 (torch 2.2.0+cu121)
	staging  as of 2026-01-05-v1-0-0
	  fits (2 compared)
	EOF
	git retro env --check --env staging >out && lacks out 生产 &&
	status 1 git retro env --check --env 生产 --format=json >out &&
	jq -e ".environments[0] | .state == \"short\" and
		(.short | length) == 3 and .short[0].asked == \"12.1\"" out
'
ok 'the newest retro counts' '
	cd repo && printf "%s\n" "---" "id: 2026-02-01-new-cards" \
		"title: New cards" "date: 2026-02-01" "status: final" \
		"environment: {生产: {driver: 535.1, cuda: 12.2, torch: 2.2}}" \
		"---" "# New cards" >retros/2026-02-01-new-cards.md &&
	git retro env --check --env 生产 >out &&
	has out "as of 2026-02-01-new-cards" && has out "fits (5 compared)"
'
ok 'what nobody knows is no success' '
	cd repo && mv retros .kept &&
	status 2 git retro env --check >out &&
	has out "生产  unknown: no retro says what it has" &&
	mv .kept retros && rm retros/2026-02-01-new-cards.md &&
	printf "broken [[\n" >prod/uv.lock &&
	printf "%s\n" torch==1.12.0+cu113 >prod/requirements.txt &&
	git add prod && git commit -q -m Broken &&
	status 2 git retro env --check --env 生产 >out &&
	has out "  prod/uv.lock: not read: line 1: this is not "
'
ok 'the same in a draft, which is written all the same' '
	cd repo && git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.1.0) &&
	has "$draft" "  # prod/uv.lock: not read: line 1: " &&
	has "$draft" "  生产: {torch: " && has "$draft" \
		"\`prod/uv.lock\`: not read: line 1: " && git retro check 2>&1
'
ok 'one environment, at a revision and compared' '
	cd repo && git retro env --env 生产 v1.0.0 >out && cat >expected <<-\EOF &&
	生产
	  torch 1.12.0+cu113
	  base image cuda 11.3.1-runtime
	  driver 470
	EOF
	same expected out && git retro env --env 生产 v1.0.0..newer~1 >out &&
	cat >expected <<-\EOF && same expected out &&
	生产
	  torch 1.12.0+cu113 → 2.2.0+cu121
	EOF
	git retro env --env staging v1.0.0 --format=json |
	jq -e ".files[0] | .path == \"staging\" and .format == null and
		.packages[0].name == \"numpy\"" >/dev/null &&
	status 128 git retro env --env nowhere 2>err &&
	has err "there is no environment '\''nowhere'\''" &&
	has err "生产, staging"
'
ok 'what stands behind the star counts whole' '
	new_repo tail && cd tail && mkdir retros && printf "%s\n" \
		"capture: {prod: {files: a.txt, patterns: {cuda: \"cuda=*-gpu\"}}}" \
		>.retro.yml && printf "cuda=12.1-g" >a.txt && git add . &&
	git commit -q -m Start && git tag v1.0.0 &&
	git retro env --env prod v1.0.0 >out && has out "cuda 12.1-g" &&
	echo "cuda=12.1-gpu" >a.txt && git commit -q -a -m Whole &&
	git tag v1.1.0 && git retro env --env prod v1.1.0 >out &&
	has out "cuda 12.1" && lacks out "12.1-"
'
ok 'a setting that is not valid is told' '
	new_repo wrong && cd wrong && mkdir retros &&
	printf "%s\n" "capture: {prod: {names: [a]}}" >.retro.yml &&
	git retro check >out 2>&1 && has out "'\''files'\'' for each" &&
	printf "%s\n" "capture: {prod: {files: a, patterns: {x: y}}}" >.retro.yml &&
	git retro check >out 2>&1 && has out "one * in each pattern" &&
	printf "%s\n" "capture: {prod: {files: a, name: b}}" >.retro.yml &&
	git retro check >out 2>&1 && has out "use files, names or patterns"
'
test_done
