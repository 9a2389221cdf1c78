#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""locks.py <repository>...

Holds `git retro env A..B` to an independent reader of lock files, in
repositories that you have: JSON and TOML as Python reads them, the others line
by line. Two tags each: the newest, and the one a dozen before it in which a
lock file differs. Prints a line a repository, and each difference; exits 1 if
there is one. BUILD names the folder with the programs.
"""
import json
import os
import re
import subprocess
import sys
import tomllib

RETRO = os.path.join(os.environ.get("BUILD", "build"), "git-retro")


def git(repo, *args):
    return subprocess.run(["git", "-C", repo, *args], capture_output=True,
                          check=True).stdout


def package_lock(text):
    lock = json.loads(text)
    if lock["lockfileVersion"] == 1:
        def walk(level):
            for name, one in (level or {}).items():
                yield name, one.get("version", "")
                yield from walk(one.get("dependencies"))
        yield from walk(lock.get("dependencies"))
        return
    for path, one in lock["packages"].items():
        if "node_modules/" in path and not one.get("link"):
            yield (one.get("name") or path.split("node_modules/")[-1],
                   one.get("version", ""))


def pipfile(text):
    for section, packages in json.loads(text).items():
        if section != "_meta":
            for name, one in packages.items():
                version = one.get("version", one.get("ref", ""))
                yield name, version.removeprefix("==")


def composer(text):
    lock = json.loads(text)
    for one in lock["packages"] + lock.get("packages-dev", []):
        yield one["name"], one["version"]


def deno(text):
    lock = json.loads(text)
    holder = lock["packages"] if lock["version"] == "3" else lock
    npm = holder.get("npm", {})
    if lock["version"] == "2":
        npm = npm.get("packages", {})
    for key in [*holder.get("jsr", {}), *npm]:
        name, version = re.fullmatch(r"(.[^@]*)@([^_]*).*", key).groups()
        yield name, version


def toml(list_name, skip):
    def read(text):
        for one in tomllib.loads(text).get(list_name, []):
            if not skip(one):
                yield one["name"], one.get("version", "")
    return read


def uv_own(one):
    return {"virtual", "editable", "directory"} & set(one.get("source", {}))


def yaml_keys(text, start):
    """The keys two spaces deep below the line `start:`."""
    inside = False
    for line in text.split("\n"):
        if re.match(r"\S", line):
            inside = line.startswith(start + ":")
        elif inside and (found := re.match(r"  (\S.*?):(?: \{.*)?$", line)):
            yield found[1].strip("'\"")


def pnpm(text):
    version = re.search(r"^lockfileVersion: '?(\d+)", text, re.M)[1]
    for key in yaml_keys(text, "packages"):
        key = key.split("(")[0]
        if int(version) < 6:
            found = re.fullmatch(r"/(.+)/([^/_]+)(?:_.*)?", key)
        else:
            found = re.fullmatch(r"/?(.+)@([^@:]+)", key)
        if found:
            yield found[1], found[2]


def pubspec(text):
    for block in re.split(r"^  (?=\w)", text, flags=re.M)[1:]:
        version = re.search(r"^    version: \"?([^\"\n]+)", block, re.M)
        if version:
            yield block.split(":")[0], version[1]


def go_mod(text):
    text = re.sub(r"^(?!require)\w+ \(.*?^\)", "", text, flags=re.M | re.S)
    for name, version in re.findall(
            r"^(?:require )?\s*([^\s(/]\S*/\S+|[\w.-]+\.[\w.-]+\S*) (v\S+)",
            text, re.M):
        yield name, version


def gemfile(text):
    for name, version in re.findall(r"^    ([^\s(]+) \(([^)]*)\)$", text, re.M):
        yield name, version


def yarn(text):
    for block in re.split(r"\n(?=\S)", text):
        head = re.match(r'"?(@?[^@\n]+)@', block)
        version = re.search(r'^  version:? "?([^"\n]+)', block, re.M)
        if head and version and not block.startswith(("#", "__metadata")) \
                and "@workspace:" not in block.split("\n")[0]:
            yield head[1], version[1]


def dvc(text):
    for path, sum in re.findall(
            r"path: (\S+)\n(?:\s+(?:hash|cache|desc): .*\n)*\s+md5: ([0-9a-f]+)",
            text):
        yield path, sum[:10]


READERS = {
    "package-lock.json": package_lock, "npm-shrinkwrap.json": package_lock,
    "Pipfile.lock": pipfile, "composer.lock": composer, "deno.lock": deno,
    "uv.lock": toml("package", uv_own),
    "poetry.lock": toml("package", lambda one: False),
    "pdm.lock": toml("package", lambda one: False),
    "Cargo.lock": toml("package", lambda one: "source" not in one),
    "pnpm-lock.yaml": pnpm, "pubspec.lock": pubspec, "go.mod": go_mod,
    "Gemfile.lock": gemfile, "yarn.lock": yarn, "dvc.lock": dvc,
}


def versions(repo, commit, path, read):
    try:
        text = git(repo, "show", f"{commit}:{path}").decode()
    except subprocess.CalledProcessError:
        return {}
    found = {}
    for name, version in read(text):
        found.setdefault(name, set()).add(version)
    return found


def expected(before, after):
    """As git-retro(1) says: without what both have, unless one side would be
    empty by that."""
    changes = {}
    for name in before.keys() | after.keys():
        old, new = before.get(name, set()), after.get(name, set())
        if old == new:
            continue
        if old and new and (old <= new or new <= old):
            changes[name] = (old, new)
        else:
            changes[name] = (old - new, new - old)
    return changes


def choose(repo):
    tags = git(repo, "tag", "--sort=-creatordate").decode().split()
    for older in tags[12:13] + tags[20:21] + tags[1:]:
        names = git(repo, "diff", "--name-only", older, tags[0]).decode()
        if any(os.path.basename(name) in READERS
               for name in names.split("\n")):
            return older, tags[0]
    return None


def main():
    total = bad = 0
    for repo in sys.argv[1:]:
        ends = choose(repo)
        if not ends:
            print(f"{repo}: no two tags with a lock file between them")
            continue
        answer = json.loads(subprocess.run(
            [RETRO, "env", "--format=json", "..".join(ends)], cwd=repo,
            capture_output=True, check=True).stdout)
        files = changes = 0
        for file in answer["files"]:
            read = READERS.get(os.path.basename(file["path"]))
            if not read:
                continue
            files += 1
            try:
                want = expected(*(versions(repo, end, file["path"], read)
                                  for end in ends))
            except Exception as error:
                want = f"not read: {error!r}"
            got = {c["name"]: (set(c["before"]), set(c["after"]))
                   for c in file["changes"] if c["kind"] in ("library", "data")}
            if file["unread"] and isinstance(want, str):
                print(f"  {file['path']}: both: {file['unread']} | {want}")
                continue
            changes += len(got)
            if file["unread"] or got != want:
                bad += 1
                print(f"  {file['path']}: {file['unread'] or ''}")
                if not isinstance(want, str):
                    for name in sorted(got.keys() | want.keys()):
                        if got.get(name) != want.get(name):
                            print(f"    {name}: ours {got.get(name)} "
                                  f"theirs {want.get(name)}")
        total += changes
        print(f"{repo}: {'..'.join(ends)}: {files} files, {changes} changes")
    print(f"{total} changes, {bad} files that differ")
    return bad > 0


sys.exit(main())
