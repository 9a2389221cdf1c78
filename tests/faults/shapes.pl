#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# shapes.pl: prints the names of the shapes.
# shapes.pl <name> <bytes>: makes what has about so many bytes of that shape in
# the repository of the current folder: a retro, many of them, the settings,
# tags, commits, or files that are about to be committed. What is left staged is
# a change of it.
use strict;
use warnings;

my %shapes;
my @names;
my $size;

sub shape {
	my ($name, $make) = @_;
	push @names, $name;
	$shapes{$name} = $make;
}

# As often as fits into the size; a function gets the number.
sub often {
	my ($what, $share) = @_;
	my $left = $size * ($share // 1);
	return $what x ($left / length $what) unless ref $what;
	my $all = '';
	for (my $i = 0; length $all < $left; $i++) {
		$all .= $what->($i);
	}
	return $all;
}

sub write_file {
	my ($path, $text) = @_;
	my @parts = split '/', $path;
	my $dir = '';
	for (@parts[0 .. $#parts - 1]) {
		$dir .= "$_/";
		mkdir $dir;
	}
	open my $out, '>:raw', $path or die "$path: $!";
	print $out $text;
	close $out or die;
}

sub front {
	my ($more) = @_;
	return "---\nid: big\ntitle: Big\ndate: 2026-01-05\nstatus: draft\n"
		. ($more // '') . "---\n\n# Big\n\n";
}

sub hash { return sprintf '%040x', $_[0] * 2654435761 + 1 }

# A retro with that body; with that front matter.
sub body {
	my ($name, $make) = @_;
	shape $name, sub { write_file 'retros/big.md', front() . $make->() };
}

sub yaml {
	my ($name, $make) = @_;
	shape $name, sub {
		write_file 'retros/big.md',
			front($make->()) . "## Pitfalls\n\n- P1: It fell\n";
	};
}

sub policy {
	my ($name, $make) = @_;
	shape $name, sub { write_file '.retro.yml', "version: 1\n" . $make->() };
}

# --- a body: lines and blocks
body 'line' => sub { often('x') . "\n" };
body 'words' => sub { often('word ') . "\n" };
body 'different-words' => sub { often(sub { "w$_[0] " }) . "\n" };
body 'lines' => sub { often("a line\n") };
body 'empty-lines' => sub { often("\n") };
body 'blanks' => sub { often("a   \n") };
body 'one-blank' => sub { 'a' . often(' ') . "b\n" };
body 'tabs' => sub { often("\t- a\n") };
body 'headings' => sub { often("# a\n") };
body 'different-headings' => sub { often(sub { "## h$_[0]\n\nx\n" }) };
body 'same-sections' => sub { often("## Pitfalls\n\n- It fell\n\n") };
body 'all-sections' => sub {
	my @all = ('Summary', 'Timeline', 'What was hard', 'Root cause', '教训',
		'Actions', '行动项', 'What went well of the fix (Impact)');
	often(sub { '#' x (1 + $_[0] % 6) . " $all[$_[0] % 8]\n\n- a\n\n" });
};
body 'long-heading' => sub { '## ' . often('Pitfalls and ') . "\n\n- a\n" };
body 'underlined' => sub { often("a\n===\n") };
body 'rules' => sub { often("---\n") };
body 'items' => sub { "## Pitfalls\n\n" . often("- a\n") };
body 'loose-items' => sub { "## Pitfalls\n\n" . often("- a\n\n") };
body 'pitfalls' => sub {
	"## Pitfalls\n\n" . often(sub { "- P$_[0]: It fell: `src/f$_[0].c`\n" });
};
body 'same-pitfalls' => sub { "## Pitfalls\n\n" . often("- P1: It fell\n") };
body 'pitfalls-of-code' => sub {
	"## Pitfalls\n\n" . often(sub { "- `f$_[0]()` and `a.m$_[0]`\n" });
};
body 'one-pitfall' => sub {
	"## Pitfalls\n\n- P1: " . often(sub { "`src/f$_[0].c` " }) . "\n";
};
body 'alerts' => sub { "## Pitfalls\n\n" . often("> [!WARNING]\n> It fell\n\n") };
body 'actions' => sub {
	"## Actions\n\n" . often(sub {
		"- [ ] A$_[0]: Do it \@ann due:2026-01-01 !high\n" });
};
body 'same-actions' => sub { "## Actions\n\n" . often("- [ ] A1: Do it\n") };
body 'done-actions' => sub {
	"## Actions\n\n" . often(sub {
		"- [x] A$_[0]: Do it done:" . hash($_[0]) . "\n" });
};
body 'plain-actions' => sub {
	"## Actions\n\n" . often("- Do it (Owner: Ann, due date: May 6th, 2026)\n");
};
body 'owners' => sub { "## Actions\n\n- [ ] A1: Do it " . often('@ann ') . "\n" };
body 'ordered' => sub { often(sub { "$_[0]. a\n" }) };
body 'nested-items' => sub {
	my $n = int sqrt $size;
	join '', map { ' ' x (2 * $_) . "- a\n" } 0 .. $n;
};
body 'items-in-a-line' => sub { often('- ') . "a\n" };
body 'quotes-in-a-line' => sub { often('> ') . "a\n" };
body 'quotes' => sub { often("> a\n") };
body 'lazy-quotes' => sub { '> ' x 500 . "a\n" . often("a\n") };
body 'items-and-quotes' => sub { often("- > 1. ") . "a\n" };
body 'wide-table' => sub {
	"## Actions\n\n" . often('| a ', 0.5) . "|\n" . often('|---', 0.5) . "|\n"
		. '| b ' x 100 . "|\n";
};
body 'long-table' => sub {
	"## Actions\n\n| Action | Owner | Due |\n|---|---|---|\n"
		. often("| Do it | Ann | 2026-05-30 |\n");
};
body 'wide-and-long-table' => sub {
	my $n = int sqrt($size / 4);
	"## Pitfalls\n\n" . ('| a ' x $n . "|\n") . ('|---' x $n . "|\n")
		. (('| b ' x $n . "|\n") x $n);
};
body 'ragged-table' => sub {
	"## Pitfalls\n\n| a |\n|---|\n" . often(sub { '|' x (1 + $_[0] % 90) . "\n" });
};
body 'tables' => sub { "## Actions\n\n" . often("| Action |\n|---|\n| a |\n\n") };
body 'escaped-pipes' => sub {
	"## Pitfalls\n\n| a | b |\n|---|---|\n| " . often('\\|') . " |\n";
};
body 'fields' => sub { often("**Date**: 2024-05-06\n") };
body 'nested-quotes' => sub {
	my $n = int sqrt $size;
	join '', map { '>' x $_ . " a\n" } 0 .. $n;
};
body 'steps-of-items' => sub {
	my $once = join '', map { ' ' x (2 * $_) . "- a\n" } 0 .. 60;
	"## Pitfalls\n\n" . often($once);
};
body 'pitfalls-in-a-table' => sub {
	"## Pitfalls\n\n| Pitfall |\n|---|\n"
		. often(sub { "| P$_[0]: It fell: `src/f$_[0].c` |\n" });
};
body 'pitfalls-as-headings' => sub {
	"## Pitfalls\n\n" . often(sub { "### P$_[0]: It fell\n\nSo.\n\n" });
};
body 'reminders' => sub {
	"## Actions\n\nEarlier:\n\n" . often(sub { "- [ ] `good#A$_[0]` Do it\n" });
};
body 'times' => sub {
	"## Timeline\n\n" . often("- 2026-01-05T10:00:00+01:00: it fell\n");
};
body 'what-was-tried' => sub {
	"## What was tried\n\n| Tried | Result |\n|---|---|\n"
		. often(sub { "| way $_[0] | no better |\n" });
};

# --- a body: within a line
body 'links' => sub { often('[a](b) ') . "\n" };
body 'link-lines' => sub { often("[a](b)\n") };
body 'different-links' => sub { often(sub { "[a](f$_[0].md)\n\n" }) };
body 'references' => sub { often(sub { "[x$_[0]]: u\n" }) };
body 'uses' => sub { "[x]: u\n\n" . often("[x] ") . "\n" };
body 'long-uses' => sub { "[x]: " . often('u', 0.5) . "\n\n" . often('[x]', 0.5) };
body 'unknown-uses' => sub { often(sub { "[x$_[0]] " }) . "\n" };
body 'footnotes' => sub {
	often(sub { "[^$_[0]] " }, 0.4) . "\n\n"
		. often(sub { "[^$_[0]]: a\n" }, 0.6);
};
body 'images' => sub { often('![[]()') . "\n" };
body 'image-lines' => sub { often("![[]()\n\n") };
body 'brackets' => sub { often('[') . "\n" };
body 'closing' => sub { often(']') . "\n" };
body 'bracket-lines' => sub { often("[[[[[[[[\n\n") };
body 'half-links' => sub { often('[a](') . "\n" };
body 'angle-links' => sub { often('[a](<') . "\n" };
body 'titles' => sub { often('[a](b "') . "\n" };
body 'ticks' => sub { often(sub { '`' x $_[0] . 'x' }) . "\n" };
body 'tick-words' => sub { '`' . often('a ') . "\n" };
body 'code-spans' => sub { often('`a` ') . "\n" };
body 'open-comments' => sub { often('a<!--') . "\n" };
body 'comments' => sub { often('a <!-- b --> ') . "\n" };
body 'comment-lines' => sub { often("<!-- a -->\n\n") };
body 'open-excuses' => sub { often("<!-- retro: allow blame\n") };
body 'excuses' => sub { often("<!-- retro: allow blame: x -->\n") };
body 'instructions' => sub { often('a<?') . "\n" };
body 'declarations' => sub { often('a<!A ') . "\n" };
body 'cdata' => sub { often('a<![CDATA[') . "\n" };
body 'tags-open' => sub { often('<a ') . "\n" };
body 'attributes' => sub { 'x <a ' . often('b="c" ') . "\n" };
body 'tags' => sub { often('x<b>') . "\n" };
body 'angles' => sub { often('<') . "\n" };
body 'addresses' => sub { often('<http://a.b/> ') . "\n" };
body 'bare-addresses' => sub { often('http://a.b/c#1 @ann !2 ') . "\n" };
body 'entities' => sub { often('&amp;') . "\n" };
body 'half-entities' => sub { often('&') . "\n" };
body 'numbers' => sub { often('&#x41;&#0;') . "\n" };
body 'stars' => sub { often('*', 0.5) . 'a' . often('*', 0.5) . "\n" };
body 'emphasis' => sub { often('*a ') . "\n" };
body 'strong' => sub { often('**a** ') . "\n" };
body 'strong-half' => sub { often('a**b') . "\n" };
body 'mixed-emphasis' => sub { often('*_a__**_') . "\n" };
body 'nested-emphasis' => sub {
	often('*a **b ', 0.5) . often('c** d* ', 0.5) . "\n";
};
body 'backslashes' => sub { often('\\') . "\n" };
body 'escapes' => sub { often('\\*') . "\n" };
body 'hard-breaks' => sub { often("a\\\n") };
body 'long-path' => sub {
	"## Pitfalls\n\n- It fell: `" . often('a/') . "b.c`\n";
};
body 'identifiers' => sub { often(sub { "aB$_[0]Cd_" }) . "\n" };
body 'fences' => sub { often("```\na\n```\n") };
body 'open-fence' => sub { "```\n" . often("a ```\n") };
body 'fences-in-items' => sub { often("- ```\n") };
body 'indented' => sub { often("    a\n\n") };
body 'html-blocks' => sub { often("<div>\n\n") };

# --- a body: characters
body 'nul' => sub { often("\0") . "\n" };
body 'nul-lines' => sub { often("a\0\n") };
body 'returns' => sub { often("a\r") . "\n" };
body 'line-ends' => sub { often("- a\r\n- b\n- c\r") };
body 'conflicts' => sub { often("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n") };
body 'open-conflicts' => sub { often("<<<<<<< a\n") };
body 'conflict-ends' => sub { "<<<<<<< a\n" . often("||||||| b\n=======\n") };
body 'chinese' => sub { often('复盘踩坑') . "\n" };
body 'chinese-lines' => sub { often("部署失败。\n") };
body 'traditional' => sub { often('開發環境') . "\n" };
body 'marks' => sub { 'a' . often("\xcc\x81") . "\n" };
body 'letters-with-marks' => sub { often("a\xcc\x81\xcc\xa3") . "\n" };
body 'joined-emoji' => sub { often("\xf0\x9f\x91\xa9\xe2\x80\x8d") . "\n" };
body 'hangul' => sub { often("\xe1\x84\x80\xe1\x85\xa1") . "\n" };
body 'ligatures' => sub { often("\xef\xb7\xba") . "\n" };
body 'invisible' => sub { often("a\xe2\x80\x8b\xe2\x80\xae") . "\n" };
body 'wide' => sub { often("\xef\xbc\xa1") . "\n" };
body 'directions' => sub { often("\xe2\x81\xa7a\xd7\x90") . "\n" };
body 'flags' => sub {
	often("\xf0\x9f\x87\xa8\xf0\x9f\x87\xb3\xef\xb8\x8f") . "\n";
};
body 'no-utf8' => sub { often("\xff\xfe") . "\n" };
body 'controls' => sub { often("\e[31m") . "\n" };
body 'secrets' => sub { often(sub { 'token ghp_' . substr(hash($_[0]), 4) . "\n" }) };
body 'half-secrets' => sub { often('password=') . "\n" };
body 'base64' => sub { often('eyJhbGciOi.') . "\n" };
body 'blame' => sub { often("Ann should have known, it is her fault.\n") };
body 'blame-line' => sub { often('human error ') . "\n" };
body 'dates' => sub { often('2026-01-05 May 6th, 2024 5月6日 ') . "\n" };
body 'hashes' => sub { often(sub { hash($_[0]) . "\n" }) };
body 'versions' => sub { often(sub { "v1.$_[0].0 " }) . "\n" };

# --- front matter
yaml 'title' => sub { 'summary: ' . often('x') . "\n" };
yaml 'keys' => sub { often(sub { "k$_[0]: v\n" }) };
yaml 'same-keys' => sub { often("title: v\n") };
yaml 'near-keys' => sub { often(sub { "statu$_[0]: v\n" }) };
yaml 'labels' => sub { 'labels: [' . often(sub { "l$_[0], " }) . "]\n" };
yaml 'label-lines' => sub { "labels:\n" . often(sub { "  - l$_[0]\n" }) };
yaml 'same-labels' => sub { 'labels: [' . often('a, ') . "]\n" };
yaml 'paths' => sub { 'paths: [' . often(sub { "src/f$_[0].c, " }) . "]\n" };
yaml 'globs' => sub { 'paths: [' . often(sub { "'src/**/*$_[0]*.c', " }) . "]\n" };
yaml 'stars-in-globs' => sub { "paths: ['" . often('*a') . "']\n" };
yaml 'deep-globs' => sub { "paths: ['" . often('**/') . "']\n" };
yaml 'brackets-in-globs' => sub { "paths: ['" . often('[a') . "']\n" };
yaml 'causes' => sub {
	"commits:\n  cause: [" . often(sub { hash($_[0]) . ', ' }) . "]\n";
};
yaml 'short-causes' => sub {
	"commits:\n  cause: [" . often(sub { substr(hash($_[0]), 30) . ', ' }) . "]\n";
};
yaml 'same-causes' => sub {
	"commits:\n  cause: [" . often(hash(1) . ', ') . "]\n";
};
yaml 'problems' => sub {
	"commits:\n" . often(sub { "  - pitfall: P$_[0]\n    cause: ["
		. hash($_[0]) . "]\n    fix: [" . hash($_[0] + 1) . "]\n" });
};
yaml 'guards' => sub {
	"commits:\n  guard: [" . often(sub { "'t/*$_[0]*', " }) . "]\n";
};
yaml 'releases' => sub { 'releases: [' . often(sub { "v1.$_[0].0, " }) . "]\n" };
yaml 'branches' => sub { 'branches: [' . often(sub { "b$_[0], " }) . "]\n" };
yaml 'related' => sub { 'related: [' . often(sub { "r$_[0], " }) . "]\n" };
yaml 'seen-before' => sub {
	'seen-before: [' . often(sub { "r$_[0]#P1, " }) . "]\n";
};
yaml 'seen-itself' => sub { 'seen-before: [' . often('big#P1, ') . "]\n" };
yaml 'authors' => sub { 'authors: [' . often(sub { "A$_[0] <a$_[0]\@b>, " }) . "]\n" };
yaml 'metrics' => sub {
	"metrics:\n" . often(sub { "  - {name: m$_[0], before: 1, after: 2}\n" });
};
yaml 'environment' => sub { "environment:\n" . often(sub { "  k$_[0]: v\n" }) };
yaml 'environments' => sub {
	"environment:\n" . often(sub { "  e$_[0]: {cuda: '1', driver: '2'}\n" });
};
yaml 'drift' => sub {
	"drift:\n" . often(sub {
		"  - {feature: f$_[0], statistic: PSI, value: 0.3, window: 7d}\n" });
};
yaml 'roles' => sub { "roles:\n" . often(sub { "  r$_[0]: A <a\@b>\n" }) };
shape 'retired' => sub {
	write_file 'retros/big.md', front('retired: ['
		. often(sub { "P$_[0], " }, 0.4) . "]\n") . "## Pitfalls\n\n"
		. often(sub { "- P$_[0]: It fell\n" }, 0.6);
};
yaml 'flow-depth' => sub { 'x: ' . often('[') . "\n" };
yaml 'closed-flow-depth' => sub { 'x: ' . often('[', 0.5) . often(']', 0.5) . "\n" };
yaml 'map-depth' => sub { 'x: ' . often('{a: ') . "\n" };
yaml 'block-depth' => sub {
	my $n = int sqrt $size;
	join '', map { ' ' x $_ . "a:\n" } 0 .. $n;
};
yaml 'dashes' => sub { 'x: ' . "\n  " . often('- ') . "a\n" };
yaml 'questions' => sub { often("? a\n") };
yaml 'anchors' => sub { "x:\n" . often(sub { "  - &a$_[0] b\n" }) };
yaml 'aliases' => sub { "x: &a b\ny:\n" . often("  - *a\n") };
yaml 'same-anchor' => sub { "x:\n" . often("  - &a b\n") };
yaml 'chained-aliases' => sub {
	"x:\n  - &a0 a\n" . often(sub { "  - &a" . ($_[0] + 1) . " [*a$_[0]]\n" });
};
yaml 'merged-keys' => sub { "x: &a {b: c}\ny:\n" . often("  <<: *a\n") };
yaml 'aliased-list' => sub {
	'labels: &a [' . often(sub { "l$_[0], " }, 0.5) . "]\nx: ["
		. often('*a, ', 0.5) . "]\n";
};
yaml 'yaml-tags' => sub { "x:\n" . often("  - !a!b c\n") };
yaml 'quoted' => sub { 'summary: "' . often('\\x41') . "\"\n" };
yaml 'quoted-lines' => sub { "summary: 'a\n" . often("  b\n") . "  '\n" };
yaml 'plain-lines' => sub { "summary: a\n" . often("  b\n") };
yaml 'literal' => sub { "summary: |\n" . often("  a\n") };
yaml 'folded' => sub { "summary: >\n" . often("  a\n\n") };
yaml 'open-quote' => sub { 'summary: "' . often("a\n") };
yaml 'remarks' => sub { often("# a\n") };
yaml 'remark-line' => sub { '# ' . often('a') . "\n" };
yaml 'colons' => sub { 'x: ' . often('a: ') . "\n" };
yaml 'documents' => sub { often("%YAML 1.1\n") };
yaml 'byte-marks' => sub { often("\xef\xbb\xbf") . "\n" };
yaml 'marks-in-title' => sub { 'summary: a' . often("\xcc\x81") . "\n" };
shape 'json' => sub {
	write_file 'retros/big.md', '{"id": "big", "title": "T", "labels": ['
		. often(sub { "\"l$_[0]\"," }) . "\"z\"]}\n\n# T\n";
};
shape 'no-front' => sub { write_file 'retros/big.md', often("Date: 2024-05-06\n") };
shape 'open-front' => sub { write_file 'retros/big.md', "---\n" . often("a: b\n") };
shape 'remark-front' => sub {
	write_file 'retros/big.md', often("<!-- a -->\n") . front();
};

# --- many retros
sub many {
	my ($each, $make) = @_;
	for my $i (0 .. $size / $each - 1) {
		write_file sprintf('retros/%03d/r%d.md', $i / 500, $i), $make->($i);
	}
}
sub small {
	my ($i, $more, $body) = @_;
	return "---\nid: r$i\ntitle: T$i\ndate: 2026-01-05\nstatus: final\n"
		. ($more // '') . "---\n" . ($body // '');
}
shape 'retros' => sub { many 100, sub { small $_[0] } };
shape 'one-id' => sub { many 100, sub { small 1 } };
shape 'chain' => sub {
	many 120, sub {
		small($_[0], $_[0] ? 'seen-before: [r' . ($_[0] - 1) . "#P1]\n" : '',
			"\n## Pitfalls\n\n- P1: It fell\n");
	};
};
shape 'ring' => sub {
	many 120, sub {
		small($_[0], 'supersedes: [r' . ($_[0] + 1) . "]\nseen-before: [r0]\n",
			"\n## Pitfalls\n\n- P1: It fell\n");
	};
};
shape 'star' => sub {
	my $n = int sqrt($size / 10);
	for my $i (0 .. $n) {
		write_file "retros/r$i.md", small($i, 'seen-before: ['
			. join(', ', map { "r$_#P1" } 0 .. $n) . "]\n",
			"\n## Pitfalls\n\n- P1: It fell\n");
	}
};
shape 'web' => sub {
	my $n = int sqrt($size / 6);
	for my $i (0 .. $n) {
		write_file "retros/r$i.md", small($i, 'related: ['
			. join(', ', map { "r$_" } 0 .. $n) . "]\n");
	}
};
shape 'alike' => sub {
	many 2000, sub {
		small($_[0], '', "\n## Pitfalls\n\n- P1: " . join(' ',
			map { "w$_" } 0 .. 350) . "\n");
	};
};
shape 'groups' => sub {
	many 1000, sub {
		my $i = shift;
		small($i, join '', map {
			my $key = $_;
			"$key: [" . join(', ', map { "$key$i-$_" } 0 .. 19) . "]\n"
		} 'labels', 'paths', 'releases');
	};
};
shape 'notes' => sub {
	for my $i (0 .. $size / 100) {
		write_file "retros/.notes/n$i.md",
			"---\nkind: pitfall\npaths: [src/a.c]\n---\nnote $i\n";
	}
};
shape 'long-note' => sub {
	write_file 'retros/.notes/n.md', "---\nkind: pitfall\n---\n" . often("a b\n");
};
shape 'same-cause' => sub {
	my $head = qx(git rev-parse HEAD);
	chomp $head;
	many 180, sub {
		small($_[0], "commits: {cause: [$head]}\npaths: [src]\n",
			"\n## Pitfalls\n\n- It fell: `src/a.c`\n");
	};
};
shape 'same-release' => sub { many 100, sub { small $_[0], "releases: [v1.0.0]\n" } };
shape 'ranges' => sub { many 100, sub { small $_[0], "range: v1.0.0..v1.1.0\n" } };
shape 'folders' => sub {
	for my $i (0 .. $size / 100) {
		write_file "retros/d$i/README.md", "# T\n";
	}
};
shape 'deep-folder' => sub {
	write_file 'retros/' . 'd/' x 500 . 'r.md', small 1;
};
shape 'links-among-retros' => sub {
	my $n = int sqrt($size / 15);
	for my $i (0 .. $n) {
		write_file "retros/r$i.md", small($i, '',
			join '', map { "[a](r$_.md#x)\n" } 0 .. $n);
	}
};

# What is tried, and its result in a cell of many words.
body 'trials' => sub {
	"## What we tried\n\n| Tried | What it did | Kept |\n|---|---|---|\n"
		. often(sub { "| way $_[0] | loss 0.$_[0], *no* better | no |\n" });
};
body 'tables-of-trials' => sub {
	often("## What we tried\n\n| Tried | Kept |\n|---|---|\n| a | no |\n\n");
};
# Each pitfall with causes and fixes of its own.
shape 'problems-and-pitfalls' => sub {
	write_file 'retros/big.md', front("commits:\n" . often(sub {
		"  - pitfall: P$_[0]\n    cause: [" . hash($_[0]) . "]\n" }, 0.5))
		. "## Pitfalls\n\n" . often(sub { "- P$_[0]: It fell\n" }, 0.5);
};
shape 'metrics-of-many' => sub {
	many 500, sub {
		small($_[0], "metrics:\n" . join '', map {
			"  - {name: m$_, before: 1, after: $_}\n" } 0 .. 12);
	};
};

# --- settings, templates
policy 'section-names' => sub {
	write_file 'retros/big.md', front() . often("## Gotcha\n", 0.5);
	"sections:\n  pitfalls: [" . often(sub { "n$_[0], " }, 0.5) . "]\n";
};
policy 'long-section-names' => sub {
	write_file 'retros/big.md', front() . '## ' . often('n ', 0.5) . "\n";
	"sections:\n  pitfalls: [" . often(sub { 'n ' x 50 . "$_[0], " }, 0.5) . "]\n";
};
policy 'synonyms' => sub { "synonyms:\n" . often(sub { "  - [a$_[0], b$_[0]]\n" }) };
policy 'one-synonym' => sub { 'synonyms: [[' . often(sub { "a$_[0], " }) . "]]\n" };
policy 'synonyms-and-words' => sub {
	write_file 'retros/big.md', front() . often(sub { "a$_[0] " }, 0.5) . "\n";
	"synonyms:\n" . often(sub { "  - [a$_[0], word, b$_[0]]\n" }, 0.5);
};
policy 'chained-synonyms' => sub {
	"synonyms:\n" . often(sub { "  - [release$_[0], release]\n" });
};
policy 'tag-patterns' => sub {
	refs('tags', 0.5);
	"releases:\n  tags: [" . often(sub { "'v*$_[0]*', " }, 0.5) . "]\n";
};
policy 'branch-patterns' => sub {
	refs('heads', 0.5);
	"releases:\n  branches: [" . often(sub { "'r*$_[0]*', " }, 0.5) . "]\n";
};
policy 'release-paths' => sub {
	"releases:\n  paths:\n" . often(sub { "    'v$_[0]*': [src/]\n" });
};
policy 'folders-of-retros' => sub { 'dir: [' . often(sub { "d$_[0], " }) . "]\n" };
policy 'folder-patterns' => sub { 'dir: [' . often(sub { "'*/d$_[0]*', " }) . "]\n" };
policy 'folder-pattern' => sub { "dir: '" . often('*/') . "x'\n" };
policy 'required' => sub { 'required: {final: [' . often('summary, ') . "]}\n" };
policy 'rules-of-check' => sub { "rules:\n" . often(sub { "  r$_[0]: off\n" }) };
policy 'unknown-settings' => sub { often(sub { "relase$_[0]: x\n" }) };
policy 'setting-depth' => sub { 'dir: ' . often('[') . "\n" };
shape 'template' => sub {
	write_file 'retros/.templates/release.md', often("{{title}} {{facts}}\n");
};
shape 'template-names' => sub {
	write_file 'retros/.templates/release.md', often(sub { "{{x$_[0]}}" });
};
shape 'templates' => sub {
	write_file "retros/.templates/t$_.md", "x\n" for 0 .. $size / 100;
};

# --- git's own things
sub refs {
	my ($kind, $share) = @_;
	my $head = qx(git rev-parse HEAD);
	chomp $head;
	my @git = ('git', '-c', 'core.hooksPath=/dev/null');
	open my $git, '|-', @git, 'update-ref', '--stdin' or die;
	for my $i (2 .. $size * $share / 45) {
		my $name = $kind eq 'tags' ? "v1.$i.0" : "release/1.$i";
		print $git "create refs/$kind/$name $head\n";
	}
	close $git or die;
	system @git, 'pack-refs', '--all';
}
shape 'release-tags' => sub { refs 'tags', 1 };
shape 'release-branches' => sub { refs 'heads', 1 };
shape 'releases-and-tags' => sub {
	refs 'tags', 0.7;
	for my $r (0 .. 9) {
		write_file "retros/r$r.md", small($r, 'releases: ['
			. often(sub { "v1.$_[0].0, " }, 0.03) . "]\n");
	}
};
shape 'globs-and-files' => sub {
	write_file 'retros/big.md', front('paths: ['
		. often(sub { "'src/**/*$_[0]*.c', " }, 0.3) . "]\n");
	files(0.7);
};
shape 'guards-and-files' => sub {
	write_file 'retros/big.md', front("commits:\n  guard: ["
		. often(sub { "'src/**/*$_[0]*.c', " }, 0.3) . "]\n");
	files(0.7);
};
shape 'paths-and-files' => sub {
	write_file 'retros/big.md', front() . "## Pitfalls\n\n"
		. often(sub { "- `f$_[0].c`\n" }, 0.3);
	files(0.7);
};
sub files {
	my ($share) = @_;
	my $blob = qx(git hash-object -w retros/good.md);
	chomp $blob;
	open my $git, '|-', 'git', 'update-index', '--add', '--index-info' or die;
	printf $git "100644 %s\tsrc/d%d/f%d.c\n", $blob, $_ % 50, $_
		for 0 .. $size * $share / 60;
	close $git or die;
}
sub history {
	my ($message, $share) = @_;
	open my $git, '|-', 'git', 'fast-import', '--quiet' or die;
	print $git "reset refs/heads/main\nfrom refs/heads/main^0\n\n";
	my $left = $size * ($share // 1);
	for (my $i = 0; $left > 0; $i++) {
		my $text = $message->($i);
		my $at = 1767700000 + $i;
		printf $git "commit refs/heads/main\ncommitter A <a\@b> %d +0000\n"
			. "data %d\n%s\nM 100644 inline src/a%d.c\ndata 4\na%02d\n\n",
			$at, length $text, $text, $i % 10, $i % 100;
		$left -= length($text) + 60;
	}
	close $git or die;
	system 'git', 'read-tree', '-u', '--reset', 'HEAD';
}
shape 'commits' => sub { history sub { "m$_[0]\n" } };
shape 'message' => sub { history sub { often('word ') . "\n" } };
shape 'listed-commits' => sub {
	history sub { "m$_[0]\n" }, 0.5;
	my $all = join ', ', split /\n/, qx(git rev-list HEAD);
	write_file 'retros/big.md', front("commits: {cause: [$all]}\n");
};
# A tag and a branch at each; the retro's cause is the first.
shape 'commits-and-refs' => sub {
	history sub { "m$_[0]\n" }, 0.1;
	my @all = split /\n/, qx(git rev-list --reverse HEAD);
	open my $git, '|-', 'git', '-c', 'core.hooksPath=/dev/null',
		'update-ref', '--stdin' or die;
	for my $i (2 .. $#all) {
		print $git "create refs/tags/v1.$i.0 $all[$i]\n"
			. "create refs/heads/release/1.$i $all[$i]\n";
	}
	close $git or die;
	system 'git', 'pack-refs', '--all';
	write_file 'retros/big.md', front("commits: {cause: [$all[0]]}\n");
};
# Each commit merges the two before it.
shape 'merges' => sub {
	open my $git, '|-', 'git', 'fast-import', '--quiet' or die;
	for my $i (1 .. $size / 100) {
		printf $git "commit refs/heads/main\nmark :%d\ncommitter A <a\@b> "
			. "%d +0000\ndata 2\nm\n%s%sM 100644 inline f%d\n"
			. "data 2\na\n\n", $i, 1767700000 + $i,
			'from ' . ($i > 1 ? ':' . ($i - 1) : 'refs/heads/main^0')
				. "\n",
			$i > 2 ? 'merge :' . ($i - 2) . "\n" : '', $i % 10;
	}
	close $git or die;
	system 'git', 'read-tree', '-u', '--reset', 'HEAD';
};
shape 'renames' => sub {
	open my $git, '|-', 'git', 'fast-import', '--quiet' or die;
	for my $i (1 .. $size / 200) {
		printf $git "commit refs/heads/main\ncommitter A <a\@b> %d +0000\n"
			. "data 2\nm\n%sR %s retros/r%d.md\n\n", 1767700000 + $i,
			$i > 1 ? '' : "from refs/heads/main^0\n",
			$i > 1 ? 'retros/r' . ($i - 1) . '.md' : 'retros/good.md',
			$i;
	}
	close $git or die;
	system 'git', 'read-tree', '-u', '--reset', 'HEAD';
};
shape 'trailers' => sub {
	history sub { "m\n\n" . often("Retro-Fix: good#P1\n", 0.9) . "\n" };
};
shape 'different-trailers' => sub {
	history sub { "m\n\n" . often(sub { "Retro-Cause: r$_[0]#P1\n" }) };
};
shape 'long-trailer' => sub {
	history sub { "m\n\nRetro-Action: " . often(sub { "good#A$_[0], " }) . "\n" };
};
shape 'trailing-commits' => sub {
	history sub { "m$_[0]\n\nRetro-Fix: good#P1\nRetro-Action: good#A1\n" };
};
shape 'noted-commits' => sub {
	history sub { "m$_[0]\n\nRetro-Note: pitfall: It fell $_[0] times\n" };
};
shape 'many-notes-of-a-commit' => sub {
	history sub { "m\n\n" . often(sub { "Retro-Note: It fell $_[0]\n" }) };
};
shape 'reverts' => sub {
	history sub { "Revert \"m$_[0]\"\n\nThis reverts commit "
		. hash($_[0]) . ".\n" };
};
shape 'mentions' => sub { history sub { often(sub { 'fixes ' . hash($_[0]) . ' ' }) } };
shape 'picks' => sub {
	history sub { "m\n\n(cherry picked from commit " . hash($_[0]) . ")\n" };
};
shape 'subjects' => sub { history sub { often('Revert "') } };
shape 'change-ids' => sub {
	history sub { "m$_[0]\n\nChange-Id: I" . hash($_[0] % 50) . "\n" };
};
shape 'people' => sub {
	write_file '.mailmap', often(sub { "A$_[0] <a$_[0]\@b> <c$_[0]\@d>\n" });
};
shape 'attributes-file' => sub {
	write_file '.gitattributes', often(sub { "*$_[0]* diff=retro\n" });
};
shape 'ignored' => sub { write_file '.gitignore', often(sub { "*$_[0]*\n" }) };
shape 'change' => sub { write_file 'src/a.c', often("int a;\n") };
shape 'change-line' => sub { write_file 'src/a.c', often('f(') . "\n" };
shape 'change-words' => sub { write_file 'src/a.c', often(sub { "f$_[0](); " }) };
shape 'changes' => sub {
	write_file "src/f$_.c", "int a;\n" for 0 .. $size / 200;
};
# What a fix made of each line goes back.
shape 'taken-back' => sub {
	my $before = often(sub {
		"int value_$_[0] = compute_$_[0](base, offset);\n" });
	my @git = ('git', '-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-a');
	write_file 'src/a.c', $before;
	system @git, '-m', 'base';
	write_file 'src/a.c', $before =~ s/compute/derive/gr;
	system @git, '-m', 'fix';
	my $fix = qx(git rev-parse HEAD);
	chomp $fix;
	write_file 'retros/big.md', front("commits: {fix: [$fix]}\n")
		. "## Pitfalls\n\n- P1: It fell: `src/a.c`\n";
	write_file 'src/a.c', $before;
};
shape 'lock-file' => sub {
	write_file 'package-lock.json', '{"packages": {' . join(',',
		map { "\"node_modules/p$_\": {\"version\": \"1\"}" }
			0 .. $size / 45) . "}}\n";
};
shape 'requirements' => sub {
	write_file 'requirements.txt', often(sub { "p$_[0]==1.$_[0]\n" });
};
shape 'image' => sub {
	write_file 'Dockerfile', "FROM a:1\n" . often(sub { "ARG V$_[0]=\$V1\n" });
};
shape 'stages' => sub {
	write_file 'Dockerfile', often(sub { "FROM a:$_[0] AS s$_[0]\n" });
};
shape 'here-texts' => sub {
	write_file 'Dockerfile', often(sub { "RUN <<E$_[0]\n" });
};
shape 'parameters' => sub {
	write_file 'params.yaml', often(sub { "p$_[0]: {a: 1, b: [2]}\n" });
};
shape 'numbers-of-a-run' => sub {
	write_file 'metrics.json', '{' . often(sub { "\"m$_[0]\": 0.5, " })
		. "\"z\": 1}\n";
};
shape 'document' => sub {
	write_file 'README.md', often(sub { "# Outage $_[0]\n\nIt fell\n\n" });
};
shape 'settings-file' => sub {
	write_file 'config.yml', often(sub { "key$_[0]: v\n" });
};
shape 'hooks-in-way' => sub {
	write_file '.git/hooks/pre-push', "#!/bin/sh\n" . often("# a\n");
	chmod 0755, '.git/hooks/pre-push';
};
shape 'ledger' => sub {
	write_file '.git/retro/rewrites', often(sub {
		hash($_[0]) . ' ' . hash($_[0] + 1) . "\n" });
	write_file '.git/retro/asked', often("x\n");
};
shape 'lefthook' => sub {
	write_file 'lefthook.yml', "pre-push:\n" . often(sub { "  c$_[0]:\n" });
};

if (!@ARGV) {
	print "$_\n" for @names;
	exit;
}
(my $name, $size) = @ARGV;
die "no shape $name\n" unless $shapes{$name};
$shapes{$name}->();
