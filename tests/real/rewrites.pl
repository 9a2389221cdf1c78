#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/rewrites.pl [<count> [<seed>]]: rewrites history at random, has
# `git retro relink` mend the ties, and holds every one of them to what it must
# be. BUILD names the folder with the programs.
#
# Each commit of a branch adds a line that no other has (its mark), so where a
# commit went is no matter of opinion: a tie may only ever lead to commits that
# add the mark of the commit which it was made to. A tie that is left alone is
# never wrong; how many of those whose mark is still on a branch were mended is
# counted.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

my ($count, $seed) = ($ARGV[0] // 200, $ARGV[1] // 1);
my $top = abs_path(dirname($0) . '/../..');
my $build = $ENV{BUILD} // "$top/build";
$ENV{PATH} = abs_path($build) . ":$ENV{PATH}";
srand($seed);

my $scratch = tempdir('retro-rewrites.XXXXXX', TMPDIR => 1, CLEANUP => !$ENV{KEEP});
$ENV{HOME} = $scratch;
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
$ENV{GIT_EDITOR} = ':';
$ENV{FILTER_BRANCH_SQUELCH_WARNING} = 1;
delete @ENV{qw(GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_RETRO)};
my $clock = 1767607200;

sub pick { $_[rand @_] }
sub chance { rand() < $_[0] }

sub git_ok {
	return system("git @_ >>'$scratch/log' 2>&1 </dev/null") == 0;
}
sub git_do {
	git_ok(@_) or die "git @_ failed, see above: " . `tail -5 '$scratch/log'`;
}
sub git_out {
	my $out = `git @_ 2>>'$scratch/log'`;
	chomp $out;
	return $out;
}

# Half of the commits follow within the second in which the last one was made,
# as those of scripts do.
sub tick {
	$clock += 60 if chance(0.5);
	$ENV{GIT_AUTHOR_DATE} = $ENV{GIT_COMMITTER_DATE} = "$clock +0000";
}
sub untick { delete @ENV{qw(GIT_AUTHOR_DATE)} }

sub author {
	my $who = pick('Ann', 'Ann', 'Bo');
	$ENV{GIT_AUTHOR_NAME} = $ENV{GIT_COMMITTER_NAME} = $who;
	$ENV{GIT_AUTHOR_EMAIL} = $ENV{GIT_COMMITTER_EMAIL} = "\L$who\@example.com";
}
sub no_author { delete @ENV{qw(GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL)} }

sub append {
	my ($file, @lines) = @_;
	open my $out, '>>', $file or die "$file: $!";
	print $out "$_\n" for @lines;
	close $out;
}

# A commit that adds its mark to one file or two, at the end, where others add
# theirs: that is what conflicts are made of. Lines that every commit adds
# alike, and subjects that repeat, are there to mislead.
my $marks = 0;
sub commit_mark {
	my $mark = 'mark-' . ++$marks;
	my @files = chance(0.3) ? ('a.c', 'b.c') : pick('a.c', 'b.c', 'c.c', "new-$marks.c");
	author();
	tick();
	append($_, "$mark $_", chance(0.5) ? 'return 0;' : ()) for @files;
	git_do("add @files");
	git_do('commit -q -m "' . pick("Fix the $mark", 'wip', 'Fix it') . '"');
	untick();
	no_author();
	return { mark => $mark, id => git_out('rev-parse HEAD') };
}

# --- rewrites: each leaves the branch topic in a new shape, or gone ---

# In the middle of a rebase that stopped: drop the commit, or keep all lines of
# both sides and go on.
sub carry_on {
	for (1 .. 40) {
		return unless -d '.git/rebase-merge' || -d '.git/rebase-apply';
		if (chance(0.4)) {
			git_ok('rebase --skip');
			next;
		}
		for my $file (split /\n/, git_out('diff --name-only --diff-filter=U')) {
			if (!open my $in, '<', $file) {
				git_ok("rm -q '$file'");
				next;
			} else {
				my @lines = grep { !/^(<{7}|={7}|>{7}|\|{7})/ } <$in>;
				close $in;
				open my $out, '>', $file or die;
				print $out @lines;
				close $out;
			}
			git_ok("add '$file'");
		}
		git_ok('rebase --continue') or git_ok('rebase --skip');
	}
	git_ok('rebase --abort');
}

sub rebase {
	my $backend = pick('--merge', '--apply');
	git_ok("rebase $backend " . pick('', '--reapply-cherry-picks') . ' main');
	carry_on();
	return "rebase $backend";
}

sub interactive {
	my @verbs = ('pick', 'pick', 'pick', 'reword', 'fixup', 'squash', 'drop');
	my $script = "$scratch/todo.pl";
	my $wish = join ',', map { pick(@verbs) } 1 .. 12;
	my $swap = chance(0.4) ? 1 : 0;
	open my $out, '>', $script or die;
	print $out <<"PERL";
my \@wish = split /,/, '$wish';
open my \$in, '<', \$ARGV[0]; my \@all = <\$in>; close \$in;
my \@todo = grep { /^pick/ } \@all;
\@todo[0, 1] = \@todo[1, 0] if $swap && \@todo > 1;
for my \$i (0 .. \$#todo) {
	my \$verb = \$wish[\$i % \@wish];
	\$verb = 'pick' if !\$i && \$verb =~ /fixup|squash/;
	\$todo[\$i] =~ s/^pick/\$verb/;
}
for my \$i (1 .. \$#todo) {
	\$todo[\$i] =~ s/^(fixup|squash)/pick/ unless grep { /^(pick|reword)/ } \@todo[0 .. \$i - 1];
}
open my \$out, '>', \$ARGV[0]; print \$out \@todo; close \$out;
PERL
	close $out;
	$ENV{GIT_SEQUENCE_EDITOR} = "perl $script";
	$ENV{GIT_EDITOR} = chance(0.3) ? "sed -i '1s/\$/ (again)/'" : ':';
	git_ok('rebase -i ' . pick('main', git_out('merge-base main HEAD')));
	carry_on();
	$ENV{GIT_EDITOR} = ':';
	delete $ENV{GIT_SEQUENCE_EDITOR};
	return 'rebase -i';
}

sub amend {
	my $how = pick('', '--reset-author', '-m "Another subject"');
	append('amended.c', 'more ' . ++$marks);
	git_do('add amended.c');
	author();
	git_do("commit -q --amend --no-edit $how") unless $how =~ /^-m/;
	git_do("commit -q --amend $how") if $how =~ /^-m/;
	no_author();
	return 'commit --amend';
}

# One commit becomes two, a file each.
sub split_one {
	my @files = split /\n/, git_out('diff-tree --no-commit-id --name-only -r HEAD');
	my $base = git_out('rev-parse HEAD^');
	return amend() if @files < 2;
	$ENV{GIT_SEQUENCE_EDITOR} = "sed -i 's/^pick/edit/'";
	git_ok("rebase -i $base");
	delete $ENV{GIT_SEQUENCE_EDITOR};
	git_do('reset -q HEAD^');
	author();
	for my $file (@files) {
		tick();
		git_do("add '$file'");
		git_do("commit -q -m 'One part: $file'");
		untick();
	}
	no_author();
	git_do('rebase --continue');
	return 'split';
}

sub filter_branch {
	my $how = pick("--msg-filter 'sed \"1s/\$/ (filtered)/\"'",
		"--env-filter 'GIT_COMMITTER_NAME=New'",
		"--tree-filter 'echo x >>filtered.c'");
	git_ok("filter-branch -f $how main..topic");
	return 'filter-branch';
}

# As a forge does it: one commit on main, by the author of the request, now.
sub server_squash {
	git_do('checkout -q main');
	tick();
	author();
	if (git_ok('merge -q --squash topic')) {
		git_do('commit -q -m "The topic (#7)"') unless git_ok('diff --cached --quiet');
	} else {
		git_do('reset -q --hard');
	}
	untick();
	no_author();
	git_do('branch -D topic');
	return 'squash merge';
}

sub soft_reset {
	my $n = git_out('rev-list --count main..topic');
	return amend() if $n < 2;
	git_do('reset -q --soft HEAD~2');
	author();
	tick();
	git_do('commit -q -m "Two in one"');
	untick();
	no_author();
	return 'reset --soft';
}

# A rebase by hand, which nobody notes.
sub picks {
	my $base = git_out('merge-base main topic');
	git_do('checkout -q -B topic-2 main');
	for my $id (split /\n/, git_out("rev-list --reverse $base..topic")) {
		git_ok('cherry-pick ' . pick('', '-x') . " $id") or git_ok('cherry-pick --abort');
	}
	git_do('branch -f topic topic-2');
	git_do('checkout -q topic');
	git_do('branch -D topic-2');
	return 'cherry-pick';
}

# --- one round ---

sub write_retros {
	my (@commits) = @_;
	mkdir 'retros';
	for my $c (@commits) {
		open my $out, '>', "retros/$c->{mark}.md" or die;
		print $out "---\nid: $c->{mark}\ntitle: T\ndate: 2026-01-05\nstatus: draft\n";
		print $out "commits:\n  " . pick('cause', 'fix') . ": [$c->{id}]\n---\n";
		close $out;
	}
}

sub ties_of {
	my ($mark) = @_;
	open my $in, '<', "retros/$mark.md" or die;
	my ($line) = grep { /^\s+(cause|fix):/ } <$in>;
	return $line =~ /\b([0-9a-f]{40})\b/g;
}

sub adds_mark {
	my ($id, $mark) = @_;
	return git_out("show --format= -m --first-parent $id") =~ /^\+\Q$mark\E /m;
}

my %total = (ties => 0, moved => 0, wrong => 0, findable => 0, found => 0);
my %by;
for my $round (1 .. $count) {
	my $dir = "$scratch/r$round";
	unlink "$scratch/log";
	git_do("init -q -b main $dir");
	chdir $dir or die;
	git_do('config user.name Cas');
	git_do('config user.email cas@example.com');
	my $hooked = chance(0.6);
	git_do('retro hooks install') if $hooked;
	append('.gitignore', 'retros/');
	append($_, 'base') for 'a.c', 'b.c', 'c.c';
	git_do('add -A');
	tick();
	git_do('commit -q -m base');
	git_do('checkout -q -b topic');
	my @commits = map { commit_mark() } 1 .. 2 + int rand 5;
	git_do('checkout -q main');
	commit_mark() for 1 .. int rand 3;
	git_do('checkout -q topic');
	write_retros(@commits);
	my @done;
	for (1 .. 1 + int rand 3) {
		my $n = git_out('rev-list --count main..topic');
		last if !$n || git_out('symbolic-ref --short HEAD') ne 'topic';
		my $do = pick(\&rebase, \&rebase, \&interactive, \&interactive,
			\&amend, \&split_one, \&filter_branch, \&server_squash,
			\&soft_reset, \&picks);
		push @done, $do->();
	}
	my $pruned = chance(0.1);
	if ($pruned) {
		git_do('for-each-ref --format="delete %(refname)" refs/original | git update-ref --stdin');
		git_do('reflog expire --expire=now --all');
		git_do('gc -q --prune=now');
	}
	my $what = join ', ', ($hooked ? 'hook' : 'no hook'), @done, $pruned ? 'gc' : ();
	my $status = system("git retro relink >'$scratch/out' 2>'$scratch/err' </dev/null") >> 8;
	die "round $round ($what): relink: " . `cat $scratch/err` if $status > 1;
	my @alive = split /\n/, git_out('rev-list --branches HEAD');
	my %alive = map { $_ => 1 } @alive;
	for my $c (@commits) {
		my @now = ties_of($c->{mark});
		my $moved = "@now" ne $c->{id};
		my $lost = !$alive{$c->{id}};
		my @heirs = grep { adds_mark($_, $c->{mark}) } @alive;
		$total{ties}++;
		$total{moved}++ if $moved;
		if ($lost && @heirs) {
			$total{findable}++;
			$total{found}++ if $moved;
			$by{$_}[0]++ for $done[-1];
			$by{$_}[1] += $moved for $done[-1];
			print "left: round $round ($what): $c->{mark}\n" if !$moved && $ENV{VERBOSE};
		}
		for my $id ($moved ? @now : ()) {
			next if $alive{$id} && adds_mark($id, $c->{mark});
			$total{wrong}++;
			print "WRONG: round $round ($what): $c->{mark} moved to $id\n";
			print "  in $dir: ", git_out("show -s --format=%s $id"), "\n";
		}
	}
	chdir $scratch;
	system("rm -rf '$dir'") unless $ENV{KEEP};
}
printf "%d rewrites, seed %d: %d ties, %d moved, %d of them to a wrong commit; "
	. "of %d whose change is still on a branch %d mended\n",
	$count, $seed, @total{qw(ties moved wrong findable found)};
printf "  last %-16s %3d of %3d mended\n", $_, $by{$_}[1], $by{$_}[0] for sort keys %by;
exit($total{wrong} != 0);
