/* SPDX-License-Identifier: GPL-2.0-only */
/* A template (up to the first NUL) filled with a value (what is behind it),
 * and the value as a YAML scalar, which must read back. */
#include <string.h>

#include "base/text.h"
#include "model/node.h"
#include "model/template.h"
#include "target.h"

static void scalar(struct arena *a, const char *value)
{
	struct diags diags = { .arena = a };
	struct buf out = BUF_INIT;
	const struct node *map;

	buf_addstr(&out, "k: ");
	yaml_scalar(&out, value);
	CHECK(!strchr(out.p, '\n'));
	buf_addstr(&out, " # ");
	yaml_comment(&out, value);
	CHECK(!strchr(out.p, '\n'));
	buf_addch(&out, '\n');
	map = node_parse(a, &diags, "x", out.p, 0, out.n);
	CHECK(map && !diags.nr && map->nr == 1);
	CHECK(map->pairs[0].value->kind == NODE_SCALAR);
	if (text_is_utf8(value, strlen(value), NULL))
		CHECK(!strcmp(map->pairs[0].value->text, value));
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	const char *value = strlen(text) < n ? text + strlen(text) + 1 : "";
	struct slot slots[] = { { "title", value }, { "empty", "" } };
	struct slots all = { slots, 2, 2 };

	template_fill(&out, text, strlen(text), &all);
	scalar(&a, value);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
