/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/pushed.h"

#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "git/rev.h"
#include "hook/input.h"
#include "lineage/release.h"
#include "report/audit.h"
#include "view/audit.h"

#define TAGS  "refs/tags/"
#define HEADS "refs/heads/"

/* Known pitfalls that are named, a line each. */
#define TOLD_MAX 5

static bool ref_starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool pushed_is_branch(const char *ref)
{
	return ref_starts(ref, HEADS);
}

/* What leads to a commit: anything else carries nothing. */
static bool read_target(struct ref *ref, struct hook_env *env, const char *id)
{
	struct err *e;

	if (input_is_zero(id) || !oid_parse(&ref->target, id))
		return false;
	e = rev_commit(&ref->commit, env->repo,
		       arena_printf(env->arena, "%s^{commit}", id));
	ref->has_commit = !e;
	err_pass(e);
	return true;
}

static void add_pushed_line(struct pushed *out, struct hook_env *env,
			    enum ref_type type, const char *name,
			    const struct ref *ref)
{
	if (ref->has_commit)
		vec_push(env->arena, &out->lines,
			 (struct release_line){ type, name, ref->commit, 0 });
}

void pushed_add(struct pushed *out, struct hook_env *env, const char *to,
		const char *id, bool fresh)
{
	struct ref ref = { .type = REF_TAG };

	if (!read_target(&ref, env, id))
		return;
	if (ref.has_commit && fresh)
		vec_push(env->arena, &out->commits, ref.commit);
	if (ref_starts(to, HEADS) &&
	    release_line_is_branch(env->policy, to + strlen(HEADS)))
		add_pushed_line(out, env, REF_BRANCH, to + strlen(HEADS), &ref);
	if (!ref_starts(to, TAGS))
		return;
	ref.name = to + strlen(TAGS);
	vec_push(env->arena, &out->tags, ref);
}

struct err *pushed_finish(struct pushed *out, struct hook_env *env)
{
	struct releases releases = { 0 }, news = { 0 };
	struct err *e = release_among(&releases, env->arena, env->repo,
				      env->policy, &out->tags);

	if (!e)
		e = release_since(&news, env->arena, env->repo, env->policy,
				  &releases);
	for (size_t i = 0; !e && i < news.nr; i++)
		add_pushed_line(out, env, REF_TAG, news.at[i].tag.name,
				&news.at[i].tag);
	return e;
}

/* The findings of a state, `nr` of them. */
static void name_findings(struct hook_env *env, const struct audit *audit,
			  enum trace_state state, size_t nr)
{
	size_t told = 0;

	for (size_t i = 0; i < audit->findings.nr && told < TOLD_MAX; i++) {
		const struct audit_finding *finding = &audit->findings.at[i];
		struct buf text = BUF_INIT;

		if (finding->cell->state != state)
			continue;
		audit_line_text(&text, finding);
		hook_say(env, "%s", text.p);
		buf_release(&text);
		told++;
	}
	if (nr > told)
		hook_say(env, _("%zu more; to see them: git retro audit %s"),
			 nr - told,
			 quote_word(env->arena,
				    audit->findings.at[0].line->name));
}

static void name_unread(struct hook_env *env, const struct audit *audit)
{
	struct buf text = BUF_INIT;

	if (audit->unread) {
		audit_unread_text(&text, audit);
		hook_say(env, "%s", text.p);
	}
	buf_release(&text);
}

struct err *pushed_audit(bool *bad, struct hook_env *env,
			 const struct oids *arriving,
			 const struct release_lines *lines)
{
	struct corpus corpus;
	struct audit audit = { 0 };
	struct err *e = NULL;

	if (lines->nr)
		e = corpus_open_all(&corpus, env->arena, env->repo,
				    env->policy);
	corpus.arriving = arriving;
	if (!e && lines->nr)
		e = audit_run(&audit, &corpus, lines);
	if (e)
		return e;
	name_findings(env, &audit, TRACE_EXPOSED, audit.exposed);
	if (env->policy->on_push == ON_PUSH_BLOCK)
		name_findings(env, &audit, TRACE_UNKNOWN, audit.unknown);
	name_unread(env, &audit);
	*bad = audit.exposed ||
	       (env->policy->on_push == ON_PUSH_BLOCK && audit.unknown);
	return NULL;
}
