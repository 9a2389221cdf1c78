#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git retro env, and the packages that drafts and reviews name: lock and
# manifest files of every format, read at two commits.
. "${0%/*}/../lib/test.sh"

# packages <file>: "name version[ *]" of each package that env reads in it, the
# direct ones starred.
packages () {
	git retro env --format=json | jq -r --arg path "$1" '
		.files[] | select(.path == $path) |
		if .unread then "not read: " + .unread else
		.packages[] | "\(.name) \(.version)\(if .direct then " *"
			else "" end)" end'
}

# reads <file> <content> <expected>: in a repository of its own.
reads () {
	rm -rf one && new_repo one && (
		cd one && mkdir -p "$(dirname "$1")" &&
		printf '%s\n' "$2" >"$1" && git add . && git commit -q -m Lock &&
		packages "$1" >../got
	) && printf '%s\n' "$3" >expected && same expected got
}

# uv <name=version>...: a uv.lock whose project asks for torch and uv.
uv () {
	printf "version = 1\n"
	printf "[[package]]\nname = \"app\"\nsource = { virtual = \".\" }\n"
	printf "dependencies = [{ name = \"torch\" }, { name = \"uv\" }]\n"
	for package
	do
		printf "[[package]]\nname = \"%s\"\nversion = \"%s\"\n" \
			"${package%=*}" "${package#*=}"
	done
}

ok 'package-lock.json of version 3, a workspace, an alias, a link' '
	reads package-lock.json "{\"name\": \"x\", \"lockfileVersion\": 3, \"packages\": {
\"\": {\"dependencies\": {\"left\": \"^1\"}, \"workspaces\": [\"w\"]},
\"w\": {\"devDependencies\": {\"mid\": \"2\"}, \"version\": \"9\"},
\"node_modules/w\": {\"resolved\": \"w\", \"link\": true},
\"node_modules/left\": {\"version\": \"1.2.0\"},
\"node_modules/mid\": {\"version\": \"2.0.0\", \"dev\": true},
\"node_modules/left/node_modules/mid\": {\"version\": \"1.0.0\"},
\"node_modules/@a/b\": {\"name\": \"@c/d\", \"version\": \"3.0.0-rc.1\"}}}" "\
@c/d 3.0.0-rc.1
left 1.2.0 *
mid 1.0.0
mid 2.0.0 *"
'
ok 'package-lock.json of version 1 is a tree' '
	reads sub/npm-shrinkwrap.json "{\"lockfileVersion\": 1, \"dependencies\":
{\"a\": {\"version\": \"1.0.0\", \"dependencies\": {\"b\": {\"version\": \"2.0.0\"}}},
\"b\": {\"version\": \"3.0.0\"}}}" "\
a 1.0.0
b 2.0.0
b 3.0.0"
'
ok 'Pipfile.lock' '
	reads Pipfile.lock "{\"_meta\": {\"pipfile-spec\": 6, \"requires\":
{\"python_version\": \"3.11\"}}, \"default\": {\"numpy\": {\"version\": \"==1.26.4\"}},
\"develop\": {\"pytest\": {\"version\": \"==8.0\"}, \"g\": {\"ref\": \"abc\", \"git\": \"u\"}}}" "\
g abc
numpy 1.26.4
pytest 8.0
python 3.11 *"
'
ok 'composer.lock, renv.lock, deno.lock' '
	reads composer.lock "{\"packages\": [{\"name\": \"a/b\", \"version\": \"v1\"}],
\"packages-dev\": [{\"name\": \"c/d\", \"version\": \"2.0\"}]}" "\
a/b v1
c/d 2.0" &&
	reads renv.lock "{\"R\": {\"Version\": \"4.3.1\"}, \"Packages\":
{\"dplyr\": {\"Package\": \"dplyr\", \"Version\": \"1.1.4\"}}}" "\
dplyr 1.1.4
R 4.3.1 *" &&
	reads deno.lock "{\"version\": \"4\", \"specifiers\": {\"npm:chalk@5\": \"5.3.0\"},
\"jsr\": {\"@std/assert@1.0.0\": {}}, \"npm\": {\"chalk@5.3.0\": {}, \"x@1.0.0_y@2\": {}}}" "\
@std/assert 1.0.0
chalk 5.3.0 *
x 1.0.0"
'
ok 'pnpm-lock.yaml of versions 5, 6 and 9' '
	reads pnpm-lock.yaml "lockfileVersion: 5.4
dependencies:
  a: 1.0.0
packages:
  /a/1.0.0:
    resolution: {integrity: x}
  /@s/b/2.0.0_a@1.0.0:
    dev: false" "\
@s/b 2.0.0
a 1.0.0 *" &&
	reads pnpm-lock.yaml "lockfileVersion: '"'6.0'"'
importers:
  .:
    devDependencies:
      '"'@s/b'"': {specifier: ^2, version: 2.0.0}
packages:
  /a@1.0.0(@s/b@2.0.0):
    dev: true
  /@s/b@2.0.0:
    dev: true
  file:c:
    name: c
    version: 0.1.0" "\
@s/b 2.0.0 *
a 1.0.0
c 0.1.0" &&
	reads pnpm-lock.yaml "lockfileVersion: '"'9.0'"'
importers:
  .:
    dependencies:
      a: {specifier: 1, version: 1.0.0}
packages:
  a@1.0.0:
    engines: {node: 1}
  '"'@s/b@2.0.0'"': {}
snapshots:
  a@1.0.0: {}" "\
@s/b 2.0.0
a 1.0.0 *"
'
ok 'conda environments, conda-lock, pixi' '
	reads environment-prod.yml "name: x
dependencies:
  - python=3.10
  - pytorch::pytorch=1.13.1=py3.10_cuda11.7
  - numpy>=1.20,<2
  - pip
  - pip:
    - uv==0.4.0
    - rich" "\
numpy >=1.20,<2 *
pip  *
python 3.10 *
pytorch 1.13.1 *
rich  *
uv 0.4.0 *" &&
	reads conda-lock.yml "version: 1
package:
- {name: numpy, version: 1.26.4, manager: conda, platform: linux-64}
- {name: numpy, version: 1.26.4, manager: conda, platform: osx-64}" "numpy 1.26.4" &&
	reads pixi.lock "version: 6
packages:
- conda: https://c.example/linux-64/ca-certificates-2024.8.30-hbcca054_0.conda
  sha256: x
- pypi: https://p.example/x.whl
  name: rich
  version: 13.0" "\
ca-certificates 2024.8.30
rich 13.0"
'
ok 'pubspec.lock, compose, DVC' '
	reads pubspec.lock "packages:
  http:
    dependency: \"direct main\"
    version: \"1.2.0\"
  meta:
    dependency: transitive
    version: \"1.9.0\"
sdks:
  dart: \">=3.0.0 <4.0.0\"" "\
http 1.2.0 *
meta 1.9.0
dart >=3.0.0 <4.0.0 *" &&
	reads docker-compose.prod.yml "services:
  db: {image: \"postgres:15.4\"}
  web: {build: .}
  api: {image: \"r.example:5000/team/api:1.2@sha256:0011\"}" "\
postgres 15.4 *
r.example:5000/team/api 1.2 *" &&
	reads data/train.csv.dvc "outs:
- md5: 3f2c91b0d4aa00c5b1e3f3f0e6f7f5b2
  path: train.csv" "train.csv 3f2c91b0d4" &&
	reads dvc.lock "schema: '"'2.0'"'
stages:
  train:
    cmd: run
    deps: [{path: data, md5: 22a1a2931c8370d3aeedd7183606fd7f.dir}]
    outs: [{path: model.pt, md5: 1111111111aa}]" "\
data 22a1a2931c
model.pt 1111111111"
'
ok 'pubspec.lock: an SDK without a name is none' '
	reads pubspec.lock "packages: {}
sdks: {\"\": \"1\", dart: \"2\"}" "dart 2 *"
'
ok 'requirements in all their shapes' '
	reads requirements/prod.txt "# pinned
-r base.txt
--index-url https://i.example/simple
torch==1.13.1+cu117 ; python_version < \"3.11\"  # gpu
numpy >= 1.20, < 2
requests[socks, x]===2.31.0 \\
    --hash=sha256:00
-e .
./local
https://u.example/x.whl
pkg @ https://u.example/pkg.zip
Flask" "\
Flask  *
numpy >=1.20,<2 *
pkg https://u.example/pkg.zip *
requests 2.31.0 *
torch 1.13.1+cu117 *"
'
ok 'what pip-compile says of who asked' '
	reads requirements.txt "click==8.1
    # via
    #   black
    #   flask
flask==3.0
    # via -r requirements.in
six==1.16
    # via
    #   -r requirements.in
    #   python-dateutil" "\
click 8.1
flask 3.0 *
six 1.16 *"
'
ok 'go.mod, and go.sum only without it' '
	reads go.mod "module example.com/x

go 1.21
toolchain go1.22.3
require example.com/one v1.0.0
require (
	example.com/two v2.0.0+incompatible // indirect
	example.com/three v0.0.0-20240101000000-abcdef123456
)
replace (
	example.com/two => ./two
)" "\
example.com/one v1.0.0 *
example.com/three v0.0.0-20240101000000-abcdef123456 *
example.com/two v2.0.0+incompatible
go 1.21 *
toolchain go1.22.3 *" &&
	reads go.sum "example.com/one v1.0.0 h1:x=
example.com/one v1.0.0/go.mod h1:y=
example.com/one v1.1.0/go.mod h1:z=" "example.com/one v1.0.0"
'
ok 'go.mod: a bracket in a comment opens no block' '
	reads go.mod "go 1.21 // (pinned)
replace a.b/c => ../c // our own (for now)
require (
	a.b/c v1.0.0 // indirect (of d)
	a.b/d v2.0.0
)" "\
a.b/c v1.0.0
a.b/d v2.0.0 *
go 1.21 *"
'
ok 'Gemfile.lock, gradle.lockfile, terraform, yarn' '
	reads Gemfile.lock "GEM
  remote: https://g.example/
  specs:
    rack (2.2.8)
    rails (7.0.4)
      rack (~> 2.0)

DEPENDENCIES
  rails (~> 7.0)

RUBY VERSION
   ruby 3.2.2p53" "\
rack 2.2.8
rails 7.0.4 *
ruby 3.2.2p53 *" &&
	reads gradle.lockfile "# a comment
org.slf4j:slf4j-api:2.0.9=compileClasspath,runtimeClasspath
empty=annotationProcessor" "org.slf4j:slf4j-api 2.0.9" &&
	reads .terraform.lock.hcl "provider \"registry.terraform.io/hashicorp/aws\" {
  version     = \"5.1.0\"
  constraints = \"~> 5.0\"
}" "hashicorp/aws 5.1.0" &&
	reads yarn.lock "# yarn lockfile v1

\"@babel/core@^7.0.0\", \"@babel/core@^7.1.0\":
  version \"7.22.0\"
  dependencies:
    version \"^1\"

left-pad@1:
  version \"1.3.0\"" "\
@babel/core 7.22.0
left-pad 1.3.0" &&
	reads yarn.lock "# made by yarn
__metadata:
  version: 8

\"left@npm:^1.0\":
  version: 1.0.1
  resolution: \"left@npm:1.0.1\"

\"own@workspace:.\":
  version: 0.0.0-use.local" "left 1.0.1"
'
ok 'a Dockerfile: arguments, stages, digests' '
	reads docker/Dockerfile.gpu "ARG CUDA=11.7.1
ARG BASE=nvidia/cuda:\${CUDA}-runtime
FROM --platform=linux/amd64 \$BASE AS base
ARG CUDA=1
FROM base AS two
FROM golang AS build
FROM alpine@sha256:0123456789abcdef0123
FROM \${WHAT:-debian:12}
FROM scratch" "\
alpine sha256:0123456789ab *
debian 12 *
golang  *
nvidia/cuda 11.7.1-runtime *"
'
ok 'a Dockerfile: lines that are joined, and texts in it' '
	reads Dockerfile "FROM --platform=linux/amd64 \\
  # the oldest that runs

  debian:11 AS old
RUN psql -c \"select 1 \\
FROM users\"
RUN <<-EOF
	FROM nowhere
	EOF
RUN echo \$((1 << 2)) \$((1<<a))
FROM scratch \\" "debian 11 *"
'
ok 'TOML: uv, poetry, pdm, Cargo, pylock' '
	reads uv.lock "version = 1
revision = 3
requires-python = \">=3.10\"

[[package]]
name = \"app\"
version = \"0.1.0\"
source = { virtual = \".\" }
dependencies = [
    { name = \"torch\", marker = \"sys_platform == '"'linux'"'\" },
]

[package.dev-dependencies]
dev = [{ name = \"pytest\" }]

[[package]]
name = \"torch\"
version = \"2.2.0+cu121\"
source = { registry = \"https://r.example\" }
wheels = [
    { url = \"https://w.example/a#b\", hash = \"sha256:00\", size = 17 }, # one
]

[[package]]
name = \"pytest\"
version = \"8.0\"
[[package]]
name = \"six\"
version = \"1.16.0\"" "\
pytest 8.0 *
six 1.16.0
torch 2.2.0+cu121 *
python >=3.10 *" &&
	reads poetry.lock "[[package]]
name = \"a\"
version = \"1.0\"
description = \"\"\"it
says \\\"so\\\"\"\"\"
optional = false
[package.dependencies]
\"b.c\" = {version = \">1\", extras = ['"'x'"']}
[metadata]
lock-version = \"2.0\"
python-versions = \"^3.9\"" "\
a 1.0
python ^3.9 *" &&
	reads pdm.lock "[metadata]
lock_version = \"4.4.1\"
[[package]]
name = \"a\"
version = \"1.0\"" "a 1.0" &&
	reads Cargo.lock "version = 3
[[package]]
name = \"app\"
version = \"0.1.0\"
dependencies = [
 \"serde\",
 \"rand 0.8.5\",
]
[[package]]
name = \"rand\"
version = \"0.8.5\"
source = \"registry+x\"
[[package]]
name = \"rand\"
version = \"0.7.3\"
source = \"registry+x\"
[[package]]
name = \"libc\"
version = \"0.2.1\"
source = \"registry+x\"" "\
libc 0.2.1
rand 0.7.3 *
rand 0.8.5 *" &&
	reads pylock.toml "lock-version = \"1.0\"
created-by = \"x\"
[[packages]]
name = \"a\"
version = \"1.0\"
upload-time = 2024-01-01T00:00:00Z" "a 1.0"
'
ok 'what is broken, or of an unknown version, says so in a line' '
	reads uv.lock "version = 2" \
		"not read: version 2 of this format is not known" &&
	reads uv.lock "version = 1
[[package]]
name = \"torch
version = \"1\"" "not read: line 3: a string is not closed" &&
	reads uv.lock "version = 1
x = [1, 2
y = 3" "not read: line 3: a list is not closed" &&
	reads poetry.lock "[metadata]
lock-version = \"3.0\"" "not read: version 3.0 of this format is not known" &&
	reads Cargo.lock "version = 9" \
		"not read: version 9 of this format is not known" &&
	reads package-lock.json "{\"lockfileVersion\": 3," \
		"not read: line 2 is not valid JSON (string or '"'}'"' expected near end of file)" &&
	reads package-lock.json "{\"lockfileVersion\": 4}" \
		"not read: version 4 of this format is not known" &&
	reads package-lock.json "{}" \
		"not read: it does not say the version of its format" &&
	reads pnpm-lock.yaml "lockfileVersion: 4.0" \
		"not read: version 4.0 of this format is not known" &&
	reads pnpm-lock.yaml "lockfileVersion: '"'9.0'"'
packages: [a" "not read: line 2: the list that starts here is not closed, or a comma is missing" &&
	reads pixi.lock "version: 7" \
		"not read: version 7 of this format is not known" &&
	reads deno.lock "{\"version\": \"9\"}" \
		"not read: version 9 of this format is not known" &&
	reads environment.yml "name: x" "not read: it has no list of dependencies" &&
	reads go.mod "require (
	a v1" "not read: a block is not closed" &&
	reads yarn.lock "{}" \
		"not read: it does not say the version of its format"
'
ok 'and does so in the language of who reads it' '
	new_repo language && cd language &&
	echo "{\"lockfileVersion\": $(perl -e "print q([) x 40, q(]) x 40")}" \
		>package-lock.json && printf "a: [\n" >compose.yml && git add . &&
	git commit -q -m Start && git retro env >out &&
	has out "nested too deeply" && LANGUAGE=zh_CN git retro env >out &&
	has out "嵌套太深" && lacks out line
'
ok 'a lock that is too large is not read, and the draft is written' '
	new_repo large && cd large && commit Start && git tag v1.0.0 &&
	head -c 34000000 /dev/zero | tr "\0" " " >package-lock.json &&
	git add . && git commit -q -m Large && git tag v1.1.0 &&
	draft=$(git retro new --no-edit --release v1.1.0) &&
	has "$draft" "- Dependencies: \`package-lock.json\`: not read: it is larger than 32 MiB" &&
	git retro env >out && has out "  not read: it is larger than 32 MiB"
'
ok 'a project that changed' '
	new_repo repo && cd repo && git retro init >/dev/null 2>&1 &&
	uv torch=2.2.0+cu121 six=1.16.0 zlib=1.0 numpy=1.26.1 >uv.lock &&
	commit Start Dockerfile "FROM nvidia/cuda:12.1.1" &&
	git add . && git commit -q -m Lock && git tag v1.0.0 &&
	uv torch=1.13.1+cu117 uv=0.4 zlib=2.0 numpy=1.26.2 >uv.lock &&
	commit "Older cards" Dockerfile "FROM nvidia/cuda:11.7.1" &&
	commit "The lock" pyproject.toml "[project]" &&
	git add . && git commit -q -m "Lock again" && git tag v1.1.0
'
ok 'the draft says it in words, in either language' '
	cd repo && draft=$(git retro new --no-edit --release v1.1.0) &&
	has "$draft" "- Dependencies:
" && has "$draft" "  - \`Dockerfile\`: base image nvidia/cuda 12.1.1 → 11.7.1" &&
	has "$draft" "  - \`uv.lock\`: torch 2.2.0+cu121 → 1.13.1+cu117, +uv 0.4, zlib 1.0 → 2.0, −six, numpy 1.26.1 → 1.26.2" &&
	has "$draft" "  - \`pyproject.toml\` (+1 -0)" &&
	git retro check >out 2>&1 && test_empty out &&
	git retro show "$draft" >shown && has shown "Dependencies:" &&
	has shown "  uv.lock: torch 2.2.0+cu121 → 1.13.1+cu117, +uv 0.4" &&
	rm "$draft" &&
	draft=$(git retro new --no-edit --release v1.1.0 --language zh) &&
	has "$draft" "- 依赖变动：" &&
	has "$draft" "  - \`Dockerfile\`：基础镜像 nvidia/cuda 12.1.1 → 11.7.1" &&
	rm "$draft"
'
ok 'env compares two revisions, a change a line' '
	cd repo && git retro env v1.0.0..v1.1.0 >out &&
	cat >expected <<-\EOF &&
	Dockerfile
	  base image nvidia/cuda 12.1.1 → 11.7.1

	uv.lock
	  torch 2.2.0+cu121 → 1.13.1+cu117
	  +uv 0.4
	  zlib 1.0 → 2.0
	  −six
	  numpy 1.26.1 → 1.26.2
	EOF
	same expected out &&
	git retro env v1.0.0.. --format=json >out &&
	jq -e ".version == 1 and (.files | length) == 2 and
		.files[1].changes[0] == {kind: \"library\", name: \"torch\",
		direct: true, before: [\"2.2.0+cu121\"],
		after: [\"1.13.1+cu117\"]}" out >/dev/null
'
ok 'env lists one revision, and counts what comes along' '
	cd repo && git retro env v1.1.0 >out && cat >expected <<-\EOF &&
	Dockerfile
	  base image nvidia/cuda 11.7.1

	uv.lock
	  torch 1.13.1+cu117
	  uv 0.4
	  and 2 that these need
	EOF
	same expected out
'
ok 'env refuses what is no revision' '
	cd repo && status 128 git retro env nowhere 2>err && has err nowhere &&
	status 129 git retro env v1.0.0...v1.1.0 2>err && has err "not a range" &&
	status 129 git retro env one two 2>err && has err "one revision"
'
ok 'a review names what a branch changes' '
	cd repo && git switch -q -c topic v1.0.0 &&
	uv torch=2.3.0 six=1.16.0 zlib=1.0 numpy=1.26.1 >uv.lock &&
	git commit -q -a -m Bump &&
	git retro review --format=markdown v1.0.0 >out &&
	has out "### Dependencies" &&
	has out "- \`uv.lock\`: torch 2.2.0+cu121 → 2.3.0" &&
	git retro review v1.0.0 >whole &&
	has whole "- \`uv.lock\`: torch 2.2.0+cu121 → 2.3.0" &&
	git retro review --format=json v1.0.0 | jq -e \
		".dependencies[0].changes[0].after == [\"2.3.0\"]" >/dev/null
'
ok 'a lock that moved is compared with what it was' '
	cd repo && git switch -q -c moved v1.0.0 && mkdir api &&
	git mv uv.lock api/uv.lock &&
	uv torch=2.2.1 six=1.16.0 zlib=1.0 numpy=1.26.1 >api/uv.lock &&
	git add api && git commit -q -a -m Move &&
	git retro env v1.0.0.. >out && cat >expected <<-\EOF && same expected out
	api/uv.lock
	  torch 2.2.0+cu121 → 2.2.1
	EOF
'
ok 'several versions of one package, and other peoples code' '
	new_repo many && cd many &&
	lock () {
		printf "{\"packages\":[" && sep= &&
		for version
		do
			printf "%s{\"name\":\"a\",\"version\":\"%s\"}" "$sep" "$version" &&
			sep=, || return 1
		done && printf "]}"
	} &&
	mkdir -p vendor/x && lock 1.0 1.1 >composer.lock &&
	cp composer.lock vendor/x && git add . && git commit -q -m One &&
	git tag a && lock 1.0 2.0 >composer.lock && lock >vendor/x/composer.lock &&
	git commit -q -a -m Two && git tag b &&
	lock 1.0 2.0 3.0 >composer.lock && git commit -q -a -m Three &&
	git tag c &&
	git retro env a..b >out && has out "  a 1.1 → 2.0" && lacks out vendor &&
	git retro env b..c >out && has out "  a 1.0, 2.0 → 1.0, 2.0, 3.0"
'
ok 'what a name holds does not reach the terminal' '
	new_repo hostile && cd hostile &&
	printf "{\"packages\":[{\"name\":\"a\\\\u001b[31m\",\"version\":\"1\\\\n2\"}]}" >composer.lock &&
	git add . && git commit -q -m One && git retro env >out &&
	! grep -q "$(printf "\033")" out && test "$(wc -l <out)" = 2
'
test_done
