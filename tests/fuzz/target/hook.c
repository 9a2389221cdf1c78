/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the hook program reads before anything else: the lines of git on its
 * stdin, packed-refs, and the command line of a process; and the same lines as
 * git-retro then reads them. The parts end with a NUL each.
 */
#include <string.h>

int front_main(int argc, char **argv);
#define main front_main
#include "front/front.c" /* its insides are what is fed */
#undef main
#include "front/command.c" /* and of what reads a command line */
#include "hook/input.h"
#include "target.h"

static void read_lines(const char *text)
{
	struct arena a = ARENA_INIT;
	struct input_line line;

	while (input_next(&line, &a, &text)) {
		CHECK(line.nr <= INPUT_WORDS);
		for (size_t i = 0; i < line.nr; i++)
			CHECK(!strpbrk(line.words[i], " \n"));
	}
	arena_release(&a);
}

static void search_packed(const char *packed, const struct bytes *lines)
{
	const char *at = lines->n ? lines->p : "", *end = at + lines->n;
	struct line line;

	while (take_input_line(&line, &at, end))
		is_packed(packed, packed + strlen(packed), &line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct bytes in = { 0 }, lines = { 0 };
	const char *packed, *rest;

	bytes_add(&in, (const char *)bytes, n);
	bytes_add(&in, "\0\0", 3);
	packed = in.p + strlen(in.p) + 1;
	rest = packed + strlen(packed) + 1;
	read_lines(in.p);
	in.n = strlen(in.p);
	keep_releases(&lines, NULL, &in);
	CHECK(lines.n <= in.n && !lines.failed);
	search_packed(packed, &lines);
	if (*rest) {
		struct bytes cmdline = { 0 };

		bytes_add(&cmdline, rest, n + 3 - (size_t)(rest - in.p));
		git_command(&cmdline);
		free(cmdline.p);
	}
	free(lines.p);
	free(in.p);
	return 0;
}
