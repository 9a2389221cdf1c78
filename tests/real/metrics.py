#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""metrics.py <repository>...

Holds the metrics of drafts to `dvc metrics diff --json`, in repositories of DVC
that you have: between neighbours of the commits that touched metrics.json on
any branch, the newest twenty. Where `dvc` is not installed, to what it does:
the leaves of both files that differ, a path of keys each. Exits 1 if something
differs. BUILD names the folder with the programs.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

RETRO = os.path.abspath(os.path.join(os.environ.get("BUILD", "build"),
                                     "git-retro"))
DVC = shutil.which("dvc")
ITEM = re.compile(r"^  - \{(.*)\}$")


def run(cwd, *args, check=True):
    return subprocess.run(args, cwd=cwd, capture_output=True, text=True,
                          check=check).stdout


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, path + (key,))
    elif not isinstance(value, (str, list, bool)) and value is not None:
        yield ".".join(path), value


def read(repo, commit, path):
    text = run(repo, "git", "show", f"{commit}:{path}", check=False)
    return dict(leaves(json.loads(text))) if text else {}


def with_dvc(repo, before, after):
    diff = json.loads(run(repo, DVC, "metrics", "diff", "--json", before,
                          after))
    return {(path, name): (one.get("old"), one.get("new"))
            for path, names in diff.get("metrics", diff).items()
            if path != "errors" for name, one in names.items()}


def by_hand(repo, before, after):
    names = run(repo, "git", "diff", "--name-only", before, after).split()
    found = {}
    for path in names:
        if path.endswith("metrics.json"):
            old, new = read(repo, before, path), read(repo, after, path)
            for name in old.keys() | new.keys():
                if old.get(name) != new.get(name) and new:
                    found[path, name] = (old.get(name), new.get(name))
    return found


def number(text):
    return None if text is None else float(text.strip('"'))


def ours(repo, before, after):
    path = run(repo, RETRO, "new", "--no-edit", "--range",
               f"{before}..{after}", "x").strip()
    with open(os.path.join(repo, path), encoding="utf-8") as file:
        text = file.read()
    os.remove(os.path.join(repo, path))
    found = {}
    for line in text.split("\n"):
        if item := ITEM.match(line):
            fields = dict(re.findall(r'(\w+): ("[^"]*"|[^,]+)', item[1]))
            found[fields["from"].strip('"'), fields["name"].strip('"')] = (
                number(fields.get("before")), number(fields.get("after")))
    return found


def main():
    bad = total = pairs = 0
    for source in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            repo = os.path.join(folder, "repo")
            run(folder, "git", "clone", "-q", source, repo)
            run(repo, "git", "fetch", "-q", source, "+refs/*:refs/x/*",
                check=False)
            commits = run(repo, "git", "log", "--all", "--format=%H", "--",
                          "metrics.json", "*/metrics.json").split()[:21]
            for after, before in zip(commits, commits[1:]):
                if subprocess.run(["git", "diff", "--numstat", before, after],
                                  cwd=repo, capture_output=True).returncode:
                    continue  # blobs that this copy has not got
                want = (with_dvc if DVC else by_hand)(repo, before, after)
                got = ours(repo, before, after)
                pairs += 1
                total += len(want)
                if len(want) <= 20 and got != want:
                    bad += 1
                    print(f"{source} {before[:7]}..{after[:7]}:")
                    for key in sorted(got.keys() | want.keys()):
                        if got.get(key) != want.get(key):
                            print(f"  {key}: {got.get(key)} {want.get(key)}")
    print(f"{pairs} pairs, {total} metrics, {bad} differ"
          f" ({'dvc' if DVC else 'by hand'})")
    return bad > 0


sys.exit(main())
