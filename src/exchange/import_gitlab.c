/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Issues as GitLab's interface and `glab issue list --output json` have them.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "exchange/import.h"
#include "model/retro.h"

/* Its address; in an export of a project, which has none, its number there. */
static const char *issue_source(struct arena *a, const struct node *issue)
{
	const char *url = import_text(issue, "web_url");
	const char *project = import_text(issue, "project_id");
	const char *number = import_text(issue, "iid");

	if (url)
		return url;
	return project && number
		       ? arena_printf(a, "gitlab:%s#%s", project, number)
		       : NULL;
}

/* S1 to S4, which GitLab shows by these words. */
static const char *severity_word(const char *word)
{
	static const char *const words[][2] = {
		{ "critical", "1" },
		{ "high", "2" },
		{ "medium", "3" },
		{ "low", "4" },
	};

	for (size_t i = 0; word && i < ARRAY_SIZE(words); i++)
		if (!strcasecmp(word, words[i][0]))
			return words[i][1];
	return NULL;
}

static void set_owner(struct import_item *item, struct arena *a,
		      const struct node *issue)
{
	const char *names =
		import_people(a, node_get(issue, "assignees"), "username");

	import_set(
		item, a, "owner",
		names ? names
		      : import_person(node_get(issue, "assignee"), "username"));
}

static void note_comments(struct import_item *item, struct arena *a,
			  const struct node *issue)
{
	const char *count = import_text(issue, "user_notes_count");
	unsigned long nr = count ? strtoul(count, NULL, 10) : 0;

	if (nr && !item->comments.nr)
		vec_push(a, &item->left,
			 arena_printf(a, Q_("%lu comment", "%lu comments", nr),
				      nr));
}

struct err *import_gitlab(struct import *import, size_t place,
			  const struct node *object)
{
	/* What is not named below is of this interface and says nothing of the
	 * issue. */
	static const char *const taken[] = {
		"title",
		"web_url",
		"description",
		"created_at",
		"state",
		"author",
		"author_id",
		"assignees",
		"assignee",
		"labels",
		"milestone",
		"user_notes_count",
		"notes",
		"severity",
		"type",
		"issue_type",
		"id",
		"iid",
		"project_id",
		"references",
		"_links",
		"time_stats",
		"task_completion_status",
		"has_tasks",
		"task_status",
		"merge_requests_count",
		"upvotes",
		"downvotes",
		"blocking_issues_count",
		"imported",
		"imported_from",
		"relative_position",
		NULL,
	};
	struct arena *a = import->arena;
	const char *state = import_text(object, "state");
	const char *type = import_text(object, "issue_type");
	struct import_item *item;
	struct err *e =
		import_object(&item, import, place, object, "description",
			      issue_source(a, object), "web_url");

	if (e)
		return e;
	import_set_date(item, a, "created_at",
			import_text(object, "created_at"));
	if (state)
		import_set(item, a, "status",
			   strcasecmp(state, "closed") ? "draft" : "final");
	if (type && !strcasecmp(type, "incident"))
		import_set(item, a, "kind", kind_name(KIND_INCIDENT));
	import_set(item, a, "severity",
		   severity_word(import_text(object, "severity")));
	import_labels(item, a, node_get(object, "labels"));
	import_set(item, a, "authors",
		   import_person(node_get(object, "author"), "username"));
	set_owner(item, a, object);
	import_set(item, a, "x-milestone",
		   import_text(node_get(object, "milestone"), "title"));
	import_object_comments(item, a, node_get(object, "notes"), "username",
			       "created_at");
	note_comments(item, a, object);
	import_rest(item, a, object, taken);
	return NULL;
}
