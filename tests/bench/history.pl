#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# history.pl <folder> <commits> [<seed>]: for `git fast-import`, a history of the
# retros in <folder> (corpus.pl makes them): they come a hundred a commit, then
# that many commits each edit twenty of them, and now and then rename or delete
# one, on main and on side branches that are merged, left open or lost to all
# but a tag. The same seed gives the same ids.
use strict;
use warnings;

my ($folder, $commits, $seed) = @ARGV;
die "usage: history.pl <folder> <commits> [<seed>]\n" unless defined $commits;
srand($seed // 1);

my $clock = 1_600_000_000;
my $mark = 0;
my (%text, @names); # of main

sub data { return 'data ' . length($_[0]) . "\n$_[0]\n" }

# commit <branch> <subject> <changes> [<from>] [<merged>]: its mark.
sub commit {
	my ($branch, $subject, $changes, $from, $merged) = @_;
	$clock += 600;
	$mark++;
	print "commit refs/heads/$branch\nmark :$mark\n",
		"author Ann <ann\@example.com> $clock +0800\n",
		"committer Ann <ann\@example.com> $clock +0800\n",
		data($subject), $from ? "from :$from\n" : '',
		$merged ? "merge :$merged\n" : '', $changes, "\n";
	return $mark;
}

sub put { return "M 100644 inline retros/$_[0]\n" . data($_[1]) }

sub edited {
	my @lines = split /\n/, $_[0], -1;
	my $at = 12 + int rand(@lines - 12);
	$lines[$at] = join ' ', reverse split / /, $lines[$at];
	splice @lines, $at, 0, "Edit $mark at $clock: label drift in version $at";
	return join "\n", @lines;
}

opendir my $dir, $folder or die "$folder: $!\n";
for my $name (sort grep { /\.md$/ } readdir $dir) {
	open my $fh, '<', "$folder/$name" or die "$name: $!\n";
	local $/;
	$text{$name} = <$fh>;
	push @names, $name;
}
my $main;
for (my $i = 0; $i < @names; $i += 100) {
	my $last = $i + 99 < $#names ? $i + 99 : $#names;
	$main = commit('main', "Add retros from $i",
		join('', map { put($_, $text{$_}) } @names[$i .. $last]), $main);
}
my ($side, $side_nr) = (undef, 0);
for my $i (1 .. $commits) {
	my $r = rand;
	if ($r < 0.02 && $side) {
		$main = commit('main', "Merge side$side_nr", '', $main, $side)
			if $r < 0.01;
		print "reset refs/heads/side$side_nr\n\n",
			"tag side-$side_nr\nfrom :$side\n",
			"tagger Ann <ann\@example.com> $clock +0800\n",
			data("side $side_nr") if $r > 0.015;
		undef $side;
		next;
	}
	if ($r < 0.1) { # a draft that lives on a branch of its own
		$side_nr++ unless $side;
		$side = commit("side$side_nr", "Draft $i",
			put("draft-$side_nr-" . int(rand 3) . '.md',
				edited($text{$names[rand @names]})),
			$side // $main);
		next;
	}
	my $changes = '';
	for (1 .. 20) {
		my $name = $names[rand @names];
		$text{$name} = edited($text{$name});
		$changes .= put($name, $text{$name});
	}
	if (rand() < 0.2) {
		my $at = int rand @names;
		my $old = $names[$at];
		$names[$at] = "renamed-$i.md";
		$text{$names[$at]} = delete $text{$old};
		$changes .= "R retros/$old retros/$names[$at]\n";
	}
	if (rand() < 0.1 && @names > 10) {
		my ($old) = splice @names, rand @names, 1;
		delete $text{$old};
		$changes .= "D retros/$old\n";
	}
	$main = commit('main', "Edit $i", $changes, $main);
}
print "done\n";
