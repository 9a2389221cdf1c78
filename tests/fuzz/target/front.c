/* SPDX-License-Identifier: GPL-2.0-only */
/* The front matter: read, held to the rules, and written for programs. */
#include <string.h>

#include "model/check.h"
#include "model/read.h"
#include "model/retro.h"
#include "target.h"
#include "view/record.h"

static void check_diags(const struct diags *diags, size_t n)
{
	for (size_t i = 0; i < diags->nr; i++) {
		const struct diag *diag = &diags->at[i];

		CHECK(rule_find(diag->rule));
		CHECK(diag->pos.byte <= n);
		CHECK(!strpbrk(diag->text, "\n\r\033"));
	}
}

static void check_node(const struct node *node, size_t n, int depth)
{
	CHECK(depth <= NODE_MAX_DEPTH + 1);
	CHECK(node->start.byte <= node->end.byte && node->end.byte <= n);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->nr; i++)
		check_node(node->items[i], n, depth + 1);
	for (size_t i = 0; node->kind == NODE_MAP && i < node->nr; i++)
		check_node(node->pairs[i].value, n, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	struct diags diags = { .arena = &a };
	struct policy policy;
	struct retro *retro;
	struct retros all = { 0 };
	struct buf out = BUF_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);

	retro = read_retro(&a, &diags, "retros/2026-01-02-x.md", text, n);
	CHECK(retro->id && retro->title && retro->n == n);
	CHECK(retro->front.start <= retro->front.end);
	CHECK(retro->front.end <= retro->front.body && retro->front.body <= n);
	if (retro->map)
		check_node(retro->map, n, 0);
	policy_init(&policy, &a);
	check_retro(&(struct check_input){ &a, &diags, &policy, retro,
					   &(struct resolver){ 0 } });
	check_diags(&diags, n);
	vec_push(&a, &all, retro);
	record_json(&out, &a, &all, 0, NULL);
	record_tsv(&out, &a, &all, NULL);
	record_diags(&out, &diags);
	CHECK(!strchr(out.p, '\033'));
	buf_release(&out);
	arena_release(&a);
	return 0;
}
