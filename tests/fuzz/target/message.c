/* SPDX-License-Identifier: GPL-2.0-only */
/* What a commit message says: trailers, mentions, causes, requests, people. */
#include <string.h>

#include "git/mentions.h"
#include "git/message.h"
#include "git/title.h"
#include "git/trailer_lines.h"
#include "target.h"

static void check_id(const char *id)
{
	size_t n = strspn(id, "0123456789abcdef");

	if (*id == '#' || *id == '!')
		return; /* a request */
	CHECK(!id[n] && n >= 7 && n <= 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const keys[] = { "Retro", "Retro-Fix", NULL };
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	struct trailers trailers = { 0 };
	struct mentions mentions = { 0 };
	struct blame_mentions causes = { 0 };
	struct strs people = { 0 };
	const char *number, *title;

	message_trailers(&trailers, &a, text);
	for (size_t i = 0; i < trailers.nr; i++)
		CHECK(*trailers.at[i].key &&
		      !strchr(trailers.at[i].value, '\n'));
	trailers = (struct trailers){ 0 };
	trailer_lines(&trailers, &a, text, keys);
	CHECK(trailers.nr <= 1000);
	for (size_t i = 0; i < trailers.nr; i++)
		CHECK(*trailers.at[i].value &&
		      !strpbrk(trailers.at[i].value, "\n ,"));
	message_mentions(&mentions, &a, text);
	CHECK(mentions.nr <= 1000);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].id)
			check_id(mentions.at[i].id);
	message_causes(&causes, &a, text);
	CHECK(causes.nr <= 3000);
	for (size_t i = 0; i < causes.nr; i++)
		check_id(causes.at[i].id);
	title_read(text);
	if (message_request(&number, &title, &a, text))
		CHECK(*number == '#' || *number == '!');
	message_co_authors(&people, &a, text);
	CHECK(people.nr <= 1000);
	arena_release(&a);
	return 0;
}
