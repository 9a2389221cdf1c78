/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `gh issue list --json number,title,url,body,...` prints.
 */
#include <string.h>
#include <strings.h>

#include "exchange/import.h"

struct err *import_github(struct import *import, size_t place,
			  const struct node *object)
{
	static const char *const taken[] = {
		"title",  "url",       "body",   "createdAt", "state",
		"author", "assignees", "labels", "milestone", "comments",
		"number", "id",        "closed", "isPinned",  NULL,
	};
	struct arena *a = import->arena;
	const char *state = import_text(object, "state");
	struct import_item *item;
	struct err *e = import_object(&item, import, place, object, "body",
				      import_text(object, "url"), "url");

	if (e)
		return err_hint(e, "gh issue list --state all --limit 10000 "
				   "--json number,title,url,body,author,"
				   "assignees,labels,milestone,state,createdAt,"
				   "closedAt");
	import_set_date(item, a, "createdAt", import_text(object, "createdAt"));
	if (state)
		import_set(item, a, "status",
			   strcasecmp(state, "closed") ? "draft" : "final");
	import_set(item, a, "authors",
		   import_person(node_get(object, "author"), "login"));
	import_set(item, a, "owner",
		   import_people(a, node_get(object, "assignees"), "login"));
	import_labels(item, a, node_get(object, "labels"));
	import_set(item, a, "x-milestone",
		   import_text(node_get(object, "milestone"), "title"));
	import_object_comments(item, a, node_get(object, "comments"), "login",
			       "createdAt");
	import_rest(item, a, object, taken);
	return NULL;
}
