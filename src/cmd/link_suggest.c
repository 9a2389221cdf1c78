/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/link_suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "corpus/corpus.h"
#include "git/lookup.h"
#include "git/rev.h"
#include "report/causes.h"
#include "report/suggest.h"
#include "view/record.h"
#include "view/suggest.h"

/* As it is written in the retro: perhaps abbreviated. */
static bool is_suggestion_linked(const struct strs *linked,
				 const struct oid *id)
{
	char hex[OID_HEX + 1];

	oid_hex(hex, id);
	for (size_t i = 0; i < linked->nr; i++)
		if (strlen(linked->at[i]) >= 7 &&
		    !strncasecmp(hex, linked->at[i], strlen(linked->at[i])))
			return true;
	return false;
}

/* What is asked about: a retro, one of its problems, or neither. */
struct subject {
	struct retro *retro;
	const char *number;
};

static struct err *add_causes(struct suggestions *out, struct env *env,
			      const struct subject *subject,
			      const struct oid *fix)
{
	const struct retro *retro = subject->retro;
	struct suggestions causes = { 0 };
	struct blame_work work;
	struct err *e = causes_find(&causes, &work, env->arena, env->repo, fix);

	if (!e && work.read < work.files)
		fprintf(stderr,
			_("git retro: there was only time to blame %zu of "
			  "%zu files\n"),
			work.read, work.files);
	for (size_t i = 0; !e && i < causes.nr; i++) {
		struct suggestion *cause = &causes.at[i];

		if (retro &&
		    is_suggestion_linked(&retro->commits.cause, &cause->commit))
			continue;
		cause->retro = retro;
		cause->pitfall = subject->number;
		vec_push(env->arena, out, *cause);
	}
	return e;
}

static struct err *for_fixes(struct suggestions *out, struct env *env,
			     const struct subject *subject,
			     const struct strs *fixes)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < fixes->nr; i++) {
		struct oid fix;

		e = err_hint(rev_commit(&fix, env->repo, fixes->at[i]),
			     _("name a commit that 'git log' shows"));
		if (!e)
			e = add_causes(out, env, subject, &fix);
	}
	return e;
}

/* Of a problem without a cause, the fixes that it names and that are here. */
static struct err *for_own_fixes(struct suggestions *out, struct env *env,
				 struct retro *retro,
				 const struct problem *problem)
{
	const struct subject subject = { retro, problem->pitfall };
	const struct strs *fixes = &problem->commits.fix;
	struct oid *ids =
		arena_alloc(env->arena, (fixes->nr + 1) * sizeof(*ids));
	struct err *e = lookup_ids(ids, env->repo, fixes);

	for (size_t i = 0; !e && i < fixes->nr; i++)
		if (!oid_is_zero(&ids[i]))
			e = add_causes(out, env, &subject, &ids[i]);
	return e;
}

/* Of one that is asked for by its number, that alone. */
static bool is_subject(const struct subject *subject, const char *pitfall)
{
	return !subject->number ||
	       (pitfall && !strcasecmp(pitfall, subject->number));
}

static struct err *for_retro(struct suggestions *out, struct env *env,
			     struct corpus *corpus,
			     const struct subject *subject)
{
	struct retro *retro = subject->retro;
	const struct retros one = { &retro, 1, 1 };
	struct suggestions all = { 0 };
	struct oids tips = { 0 };
	struct err *e = suggest_tips(&tips, corpus, env->config);

	if (!e)
		e = suggest_load(&all, corpus, &one, &tips);
	for (size_t i = 0; !e && i < all.nr; i++)
		if (is_subject(subject, all.at[i].pitfall))
			vec_push(env->arena, out, all.at[i]);
	for (size_t i = 0; !e && i < retro->problems.nr; i++) {
		const struct problem *problem = &retro->problems.at[i];

		if (!problem->commits.cause.nr &&
		    is_subject(subject, problem->pitfall))
			e = for_own_fixes(out, env, retro, problem);
	}
	return e;
}

static struct err *find_subject(struct subject *out, struct env *env,
				struct corpus *corpus)
{
	const char *name;
	struct err *e;

	problem_split(&name, &out->number, env->arena, env->rest.at[0]);
	e = corpus_begin(corpus, env->arena, env->repo, &env->policy, NULL);
	if (!e)
		e = corpus_find(&out->retro, corpus, name);
	if (!e && out->number && !retro_problem(out->retro, out->number))
		e = err_hint(err_new(ERR_NOT_FOUND, _("%s has no links of %s"),
				     out->retro->id, out->number),
			     _("'git retro show %s' lists its links"),
			     out->retro->id);
	return e;
}

static struct err *find_suggested(struct suggestions *out, struct env *env,
				  const struct strs *fixes)
{
	struct subject subject = { 0 };
	struct corpus corpus;
	struct err *e = NULL;

	if (env->rest.nr)
		e = find_subject(&subject, env, &corpus);
	if (!e && subject.retro)
		e = for_retro(out, env, &corpus, &subject);
	if (!e)
		e = for_fixes(out, env, &subject, fixes);
	return e;
}

struct err *link_suggest(struct env *env, const struct strs *fixes, int format)
{
	struct suggestions suggestions = { 0 };
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e;

	if (env->rest.nr > 1 || (!env->rest.nr && !fixes->nr))
		return err_hint(
			err_new(ERR_USAGE,
				_("--suggest needs one retro, or --fix")),
			"git retro link --suggest --fix HEAD");
	e = find_suggested(&suggestions, env, fixes);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	if (format == FORMAT_JSON)
		suggest_json(&out, &suggestions);
	else
		suggest_list(&out, &style, &suggestions);
	e = cmd_print(env, &out);
	buf_release(&out);
	if (!suggestions.nr) {
		fprintf(stderr, _("git retro: nothing to suggest\n"));
		env->status = EXIT_NEGATIVE;
	}
	return e;
}
