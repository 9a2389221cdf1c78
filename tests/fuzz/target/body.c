/* SPDX-License-Identifier: GPL-2.0-only */
/* The body: Markdown, sections, pitfalls and actions, and each way in which it
 * is shown. */
#include <string.h>

#include "model/body.h"
#include "model/excerpt.h"
#include "model/policy.h"
#include "model/read.h"
#include "target.h"
#include "view/html.h"
#include "view/record.h"
#include "view/term.h"

/* Nothing that a terminal obeys, and no tag of the document's own. */
static void check_shown(struct buf *out)
{
	CHECK(strlen(out->p) == out->n);
	for (size_t i = 0; i < out->n; i++)
		CHECK((unsigned char)out->p[i] >= ' ' || out->p[i] == '\n' ||
		      out->p[i] == '\t');
	buf_reset(out);
}

static void show(struct buf *out, struct arena *a, const struct retro *retro,
		 const struct retros *all)
{
	const struct style wide = { .width = 80, .tty = true };
	const struct style narrow = { .width = 7 };

	term_show(out, &wide, retro, retro->body, "");
	check_shown(out);
	term_show(out, &narrow, retro, retro->body, "");
	check_shown(out);
	record_json(out, a, all, RECORD_BODY, NULL);
	check_shown(out);
	html_page(out, all);
	CHECK(!strstr(out->p, "<script"));
	CHECK(!strstr(out->p, "href=\"javascript:"));
	check_shown(out);
}

static void cut(struct arena *a, const struct retro *retro)
{
	struct strs names = { 0 }, missing = { 0 }, sources = { 0 };
	const struct body *body;

	vec_push(a, &names, "pitfalls");
	vec_push(a, &names, "Anything");
	body = excerpt_body(&missing, a, retro->body, &names);
	excerpt_sources(&sources, a, retro, &body->sections);
	CHECK(sources.nr == body->sections.nr);
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

	policy_init(&policy, &a);
	retro = read_retro(&a, &diags, "retros/x.md", text, n);
	vec_push(&a, &all, retro);
	body_read(retro, &a, &diags, &policy);
	CHECK(retro->body);
	show(&out, &a, retro, &all);
	cut(&a, retro);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
