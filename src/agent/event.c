/* SPDX-License-Identifier: GPL-2.0-only */
#include "agent/event.h"

#include <stdlib.h>
#include <string.h>

#include "agent/patch.h"
#include "base/opener.h"
#include "index/work_tree.h"
#include "view/object.h"

enum {
	EVENT_MAX = 8 << 20, /* bytes of an event that is read */
	FILES_MAX = 25,      /* of a patch; more is a sweep */
	TEXT_MAX = 2 << 20,  /* of a file that is compared */
	MADE_MAX = 64 << 20, /* of all texts that are made on the way */
};

/* What is read, and where it goes. */
struct reading {
	struct arena *a;
	struct repo *repo;
	const char *cwd; /* of the agent, or NULL */
	bool done;       /* it was written already */
	size_t made;     /* bytes of texts so far */
	struct edits *edits;
};

/* --- places --- */

/* The folder of a path with every link followed, which may be named in another
 * way than the work tree; NULL if it is not there. */
static const char *real_place(struct arena *a, const char *path)
{
	const char *base = path_base(path);
	char *dir = opener_real(arena_strndup(a, path, (size_t)(base - path)));
	const char *real = dir ? path_join(a, dir, base) : NULL;

	free(dir);
	return real;
}

/* As seen from the top of the work tree; NULL if it is not in there. */
static const char *place_in_tree(struct reading *r, const char *path)
{
	const char *top = repo_work_tree(r->repo);

	if (*path != '/')
		path = path_join(r->a, r->cwd && *r->cwd == '/' ? r->cwd : top,
				 path);
	path = path_normal(r->a, path);
	if (!path_is_inside(path, top))
		path = real_place(r->a, path);
	if (!path || !path_is_inside(path, top) || !path[strlen(top)])
		return NULL;
	return path + strlen(top) + 1;
}

/* --- edits --- */

/* What is on disk; "" if there is nothing; NULL if that is nothing to read. */
static const char *text_on_disk(struct reading *r, const char *path)
{
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, r->a, r->repo, path);
	const char *copy = NULL;

	if (!e ? text.n <= TEXT_MAX && strlen(text.p) == text.n
	       : e->code == ERR_NOT_FOUND)
		copy = arena_strndup(r->a, text.p, text.n);
	err_free(e);
	buf_release(&text);
	return copy;
}

static const char *replace_text(struct reading *r, const char *text,
				const char *old, const char *new, bool all)
{
	struct buf out = BUF_INIT;
	const char *found, *after = NULL;
	size_t nr = 0;

	if (!*old)
		return *text ? NULL : new;
	for (; (found = strstr(text, old)) && (all || !nr); nr++) {
		buf_add(&out, text, (size_t)(found - text));
		buf_addstr(&out, new);
		text = found + strlen(old);
		if (out.n > TEXT_MAX)
			break;
	}
	buf_addstr(&out, text);
	r->made += out.n;
	if (nr && out.n <= TEXT_MAX && r->made <= MADE_MAX)
		after = arena_strndup(r->a, out.p, out.n);
	buf_release(&out);
	return after;
}

/* One replacement; NULL if it does not fit, which the agent is told by its own
 * tool, or if it makes more than is looked at. */
static const char *replace_in(struct reading *r, const char *text,
			      const json_t *edit)
{
	const char *old = object_string(edit, "old_string");
	const char *new = object_string(edit, "new_string");

	if (!text || !old || !new)
		return NULL;
	return replace_text(r, text, old, new,
			    json_is_true(json_object_get(edit, "replace_all")));
}

/* What a tool is about to make of a file. */
static const char *text_after(struct reading *r, const json_t *input,
			      const char *before)
{
	const json_t *list = json_object_get(input, "edits"), *edit;
	const char *text = object_string(input, "content");
	size_t i;

	if (text)
		return text;
	if (!json_is_array(list))
		return replace_in(r, before, input);
	text = before;
	json_array_foreach(list, i, edit) text = replace_in(r, text, edit);
	return text;
}

static void add_edit(struct reading *r, const char *path, const char *before,
		     const char *after)
{
	vec_push(r->a, r->edits,
		 (struct edit){ path, before,
				after ? arena_strdup(r->a, after) : NULL });
}

static void read_file_edit(struct reading *r, const json_t *input,
			   const char *name)
{
	const char *path = place_in_tree(r, name), *before, *after;

	if (!path)
		return;
	if (r->done) {
		add_edit(r, path, NULL, NULL);
		return;
	}
	before = text_on_disk(r, path);
	after = before ? text_after(r, input, before) : NULL;
	if (after && strlen(after) <= TEXT_MAX)
		add_edit(r, path, before, after);
}

static void read_patch_file(struct reading *r, const struct patch_file *file)
{
	const char *path = place_in_tree(r, file->path), *before, *after;

	if (!path || edit_find(r->edits, path))
		return;
	if (r->done) {
		add_edit(r, path, NULL, NULL);
		return;
	}
	before = text_on_disk(r, path);
	if (!before)
		return;
	after = patch_apply(r->a, file, before);
	if (after || (file->kind == PATCH_DELETE && *before))
		add_edit(r, path, before, after);
}

static void read_patch_edits(struct reading *r, const char *text)
{
	const char *at = patch_find(text);
	struct patch_file file;

	while (at && r->edits->nr <= FILES_MAX && patch_next(&file, r->a, &at))
		read_patch_file(r, &file);
}

/* --- the event --- */

/* The patch of a tool that takes one: "command" is also that of a shell, and
 * with some a list of words. */
static const char *patch_of(const json_t *input)
{
	static const char *const keys[] = { "command", "patch", "input" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const json_t *value = json_object_get(input, keys[i]);
		const char *text = json_string_value(value);

		for (size_t j = json_array_size(value); !text && j--;)
			text = json_string_value(json_array_get(value, j));
		if (text && patch_find(text))
			return text;
	}
	return NULL;
}

static void read_tool(struct reading *r, const json_t *input)
{
	const char *name = object_string(input, "file_path");
	const char *patch = patch_of(input);

	if (!name)
		name = object_string(input, "path");
	if (patch)
		read_patch_edits(r, patch);
	else if (name && *name)
		read_file_edit(r, input, name);
}

/* Tools that only look have a file, too. */
static bool is_editing(const json_t *event)
{
	static const char *const tools[] = { "Edit",        "Write",
					     "MultiEdit",   "StrReplace",
					     "apply_patch", "Bash",
					     "Shell",       "Delete" };
	const char *name = object_string(event, "tool_name");

	for (size_t i = 0; name && i < ARRAY_SIZE(tools); i++)
		if (!strcmp(name, tools[i]))
			return true;
	return false;
}

static bool read_event(struct agent_event *out, struct reading *r,
		       const json_t *event)
{
	static const char *const sessions[] = { "session_id",
						"conversation_id" };
	const char *name = object_string(event, "hook_event_name");
	json_t *input, *packed = NULL;

	if (!name || !is_editing(event))
		return false;
	r->done = strcmp(name, "PreToolUse") != 0;
	if (r->done && strcmp(name, "PostToolUse") != 0 &&
	    strcmp(name, "postToolUse") != 0)
		return false;
	out->name = arena_strdup(r->a, name);
	out->session = "";
	for (size_t i = 0; i < ARRAY_SIZE(sessions) && !*out->session; i++)
		if (object_string(event, sessions[i]))
			out->session = arena_strdup(
				r->a, object_string(event, sessions[i]));
	r->cwd = object_string(event, "cwd");
	input = json_object_get(event, "tool_input");
	/* Some hand it on as the text that the model wrote. */
	if (json_is_string(input))
		input = packed = json_loads(json_string_value(input), 0, NULL);
	read_tool(r, input);
	json_decref(packed);
	return out->edits.nr && out->edits.nr <= FILES_MAX;
}

bool agent_event_read(struct agent_event *out, struct arena *a,
		      struct repo *repo, const struct buf *in)
{
	struct reading r = { .a = a, .repo = repo, .edits = &out->edits };
	json_t *event;
	bool edits;

	*out = (struct agent_event){ 0 };
	if (!repo_work_tree(repo) || in->n > EVENT_MAX)
		return false;
	event = json_loadb(in->p, in->n, 0, NULL);
	edits = read_event(out, &r, event);
	json_decref(event);
	return edits;
}

void agent_event_answer(struct buf *out, const struct agent_event *event,
			const char *text)
{
	json_t *answer = json_object(), *own;

	if (!strcmp(event->name, "postToolUse")) {
		object_set_text(answer, "additional_context", text);
	} else {
		own = json_object();
		object_set_text(own, "hookEventName", event->name);
		object_set_text(own, "additionalContext", text);
		object_set(answer, "hookSpecificOutput", own);
	}
	object_dump(out, answer, JSON_COMPACT);
}
