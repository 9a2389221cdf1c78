#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What agents wait for, among COUNT retros (default 1,000), each with a fix of a
# file of its own, IN_FOLDER of them (all) in one, which git reads as a whole: the
# hook with nothing to say, where the file of a fix is edited
# elsewhere, and where it speaks, against `git rev-parse HEAD`; and the server: the
# first answer, the median of 100 calls of `context` after it, their processor
# time and that of a command for each call, and what the server holds in memory after CALLS (default 10,000)
# of `tools/list`. Milliseconds, of whole processes; processor time beside them,
# since a busy machine tells of nothing else. Needs perl.
set -eu
here=$(cd "${0%/*}" && pwd)
BUILD=${BUILD:-${here%/*/*}/build}
COUNT=${COUNT:-1000} IN_FOLDER=${IN_FOLDER:-$COUNT} CALLS=${CALLS:-10000}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/retro-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
PATH=$BUILD:$PATH HOME=$scratch GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=B GIT_AUTHOR_EMAIL=b@example.com
GIT_COMMITTER_NAME=B GIT_COMMITTER_EMAIL=b@example.com
export PATH HOME GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

git init -q clone && cd clone
seq "$COUNT" | awk -v in_folder="$IN_FOLDER" '
function file(i) { return "src/" int(i / in_folder) "/f" i ".c" }
function put(text) { printf "data %d\n%s\n", length(text), text }
BEGIN { print "commit refs/heads/main\ncommitter B <b@x> 1767600000 +0000"; put("base") }
{ all[NR] = $1; print "M 644 inline " file($1)
  put("int first_of_" $1 " = 1;\nint value_of_" $1 " = compute(1);\n") }
END {
	print "M 644 inline far.c"; put("int far;\n")
	for (i = 1; i <= NR; i++) {
		printf "commit refs/heads/main\ncommitter B <b@x> %d +0000\n", 1767600000 + i
		put("fix " i); print "M 644 inline " file(i)
		put("int first_of_" i " = 1;\nint value_of_" i " = compute(2);\n")
	}
}' | git fast-import --quiet --force
git symbolic-ref HEAD refs/heads/main && git reset -q --hard
mkdir retros && git rev-list --reverse HEAD | sed 1d | awk '{
	file = "retros/r-" NR ".md"
	printf "---\nid: r-%d\ntitle: T %d\ndate: 2026-01-05\nstatus: final\ncommits: [{pitfall: P1, fix: [%s]}]\n---\n\n## Pitfalls\n\n- P1: Mind the value of %d\n", NR, NR, $1, NR >file
	close(file)
}'
git add retros && git commit -q -m retros
git retro hook read-ahead </dev/null

# event <file> <old> <new>
event () {
	printf '{"session_id": "", "cwd": "%s", "hook_event_name": "PreToolUse", "tool_name": "Edit", "tool_input": {"file_path": "%s", "old_string": "%s", "new_string": "%s"}}' \
		"$PWD" "$1" "$2" "$3"
}
event far.c far near >../far.json
event src/0/f7.c 'first_of_7 = 1' 'first_of_7 = 3' >../same.json
event src/0/f7.c 'compute(2)' 'compute(1)' >../near.json
[ -z "$(git retro hook agent <../far.json)" ] && [ -n "$(git retro hook agent <../near.json)" ] ||
	{ echo 'bench: the hook does not say what it should' >&2; exit 1; }

exec perl - "$COUNT" "$CALLS" <<'END'
use strict;
use warnings;
use IPC::Open2;
use Time::HiRes qw(time);

my ($count, $calls) = @ARGV;
sub median { my @s = sort { $a <=> $b } @_; return $s[@s / 2] }

sub whole {
	my ($title, $in, @command) = @_;
	my (@wall, $cpu);
	my @before = times;
	for (1 .. 10) {
		my $from = time;
		my $pid = fork // die;
		if (!$pid) {
			open STDIN, '<', $in;
			open STDOUT, '>', '/dev/null';
			exec @command;
		}
		waitpid $pid, 0;
		push @wall, 1000 * (time - $from);
	}
	my @after = times;
	$cpu = 1000 * ($after[2] + $after[3] - $before[2] - $before[3]) / 10;
	printf "%-46s %8.2f %8.2f\n", $title, median(@wall), $cpu;
}

printf "%-46s %8s %8s\n", "$count retros and fixes (ms)", 'wall', 'cpu';
whole('git rev-parse HEAD', '/dev/null', qw(git rev-parse HEAD));
whole('the hook, nothing to say', '../far.json', qw(git-retro hook agent));
whole('the hook, the file of a fix, elsewhere', '../same.json', qw(git-retro hook agent));
whole('the hook, it speaks', '../near.json', qw(git-retro hook agent));
whole('git retro context', '/dev/null', qw(git-retro context --format=json src/0/f7.c));

my $meta = '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}';
my ($pid, $out, $in);
sub serve { $pid = open2($out, $in, 'git-retro', 'mcp') }
sub served { close $in; waitpid $pid, 0 }
sub used { my @t = times; return 1000 * ($t[2] + $t[3]) }
sub ask {
	my ($method, $params) = @_;
	my $from = time;
	print $in qq({"jsonrpc":"2.0","id":1,"method":"$method","params":{$params$meta}}\n);
	defined readline $out or die "no answer\n";
	return 1000 * (time - $from);
}
my $context = '"name":"context","arguments":{"paths":["src/0/f7.c"]},';
my $from = used();
system('git-retro context --format=json src/0/f7.c >/dev/null') for 1 .. 100;
my $commands = used() - $from;
$from += $commands;
serve();
ask('tools/call', $context) for 1 .. 100;
served();
my $server = used() - $from;
printf "%-46s %8s %8.2f\n", 'the command, each of 100', '', $commands / 100;
printf "%-46s %8s %8.2f, %.2f of the command\n", 'the server, with its start, each of 100', '',
	$server / 100, $server / $commands;
serve();
printf "%-46s %8.2f\n", 'the server, its first answer', ask('tools/call', $context);
printf "%-46s %8.2f\n", 'the server, median of 100 calls of context',
	median(map { ask('tools/call', $context) } 1 .. 100);
sub memory {
	open my $status, '<', "/proc/$pid/status" or die;
	my ($kb) = map { /^VmRSS:\s+(\d+)/ } <$status>;
	return $kb;
}
my $before = memory();
ask('tools/list', '') for 1 .. $calls;
printf "%-46s %8d kB, before %d kB\n", "the server's memory after $calls calls", memory(), $before;
served();
END
