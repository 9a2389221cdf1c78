/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A fuzz target: one file in this folder with a function that takes any bytes
 * and must neither crash, leak nor hang, nor break what CHECK() says holds.
 * With libFuzzer (`make fuzz`) that finds the bytes; without it the main below
 * replays each file of the folders that are its arguments, in every run of the
 * tests.
 */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

#define CHECK(what)                                                            \
	do {                                                                   \
		if (!(what)) {                                                 \
			fprintf(stderr, "%s:%d: does not hold: %s\n",          \
				__FILE__, __LINE__, #what);                    \
			abort();                                               \
		}                                                              \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#ifndef LIBFUZZER

#include "base/file.h"
#include "base/mem.h"

static void replay(const char *path)
{
	struct buf file = BUF_INIT;
	struct err *e = file_read_named(&file, path, FILE_MAX);
	uint8_t *copy;

	if (e) {
		fprintf(stderr, "%s\n", e->text);
		exit(1);
	}
	/* Of its exact size, so that a read beyond it is seen. */
	copy = malloc(file.n ? file.n : 1);
	CHECK(copy);
	for (size_t i = 0; i < file.n; i++)
		copy[i] = (uint8_t)file.p[i];
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(copy, file.n);
	free(copy);
	buf_release(&file);
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	size_t nr = 0;

	for (int i = 1; i < argc; i++) {
		struct strs names = { 0 };
		struct err *e = file_list(&names, &a, argv[i]);

		if (e) {
			fprintf(stderr, "%s\n", e->text);
			return 1;
		}
		for (size_t j = 0; j < names.nr; j++, nr++)
			replay(path_join(&a, argv[i], names.at[j]));
	}
	printf("%zu files replayed\n", nr);
	arena_release(&a);
	return nr ? 0 : 1;
}

#endif
#endif
