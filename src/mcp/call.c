/* SPDX-License-Identifier: GPL-2.0-only */
#include "mcp/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "corpus/corpus.h"
#include "mcp/answer.h"
#include "mcp/rpc.h"
#include "mcp/tools.h"
#include "model/rules.h"
#include "view/object.h"

#define SCHEME "retro:///"

enum {
	RESOURCES = 100, /* on a page */
	URI_MAX = 4096,
};

/* One that is answered. */
struct call {
	struct arena *a;
	const struct mcp_host *host;
	const struct message *request;
	bool latest;
	struct mcp_output output;
};

static bool fail_call(json_t **out, int code, const char *message)
{
	*out = rpc_failure(code, message);
	return false;
}

static struct err *run_words(struct call *call, const struct strs *words)
{
	if (call->host->unfit)
		return err_new(ERR_NOT_FOUND, "%s", call->host->unfit);
	return call->host->run(&call->output, call->host, call->a, words);
}

/* What the command passed over, which leaves open what else there is. */
static const char *why_incomplete(struct call *call)
{
	if (err_kept())
		return answer_clean(call->a, err_kept()->text);
	return call->output.unread
		       ? arena_printf(call->a,
				      "%zu error%s in the retros; to see %s: "
				      "git retro check",
				      call->output.unread,
				      call->output.unread == 1 ? "" : "s",
				      call->output.unread == 1 ? "it" : "them")
		       : NULL;
}

/* The JSON that a command printed, to be given back by the caller. */
static struct err *run_for_json(json_t **out, struct call *call,
				const struct strs *words)
{
	struct err *e = run_words(call, words);

	*out = e ? NULL
		 : json_loadb(call->output.text.p, call->output.text.n, 0,
			      NULL);
	if (!e && !*out)
		e = err_new(ERR_FAILED, "the command gave no answer");
	return e;
}

/* --- tools/call --- */

static json_t *make_content(const char *text)
{
	json_t *list = json_array(), *one = json_object();

	object_set_text(one, "type", "text");
	object_set_text(one, "text", text);
	json_array_append_new(list, one);
	return list;
}

/* What went wrong is told to the model, which can try otherwise. */
static json_t *tool_failure(struct call *call, const struct err *e)
{
	json_t *result = json_object();
	const char *text = e->hint ? arena_printf(call->a, "%s\nhint: %s",
						  e->text, e->hint)
				   : e->text;

	object_set(result, "content",
		   make_content(answer_clean(call->a, text)));
	object_set(result, "isError", json_true());
	return result;
}

static struct err *run_tool(json_t **out, struct call *call,
			    const struct tool *tool)
{
	const json_t *arguments =
		json_object_get(call->request->params, "arguments");
	struct answer_page page;
	struct strs words = { 0 };
	json_t *json;
	struct err *e = tool_words(&words, &page, call->a, tool, arguments);

	if (!e)
		e = run_for_json(&json, call, &words);
	if (e)
		return e;
	*out = answer_make(call->a, &call->output.place, json, &page);
	if (why_incomplete(call))
		object_set_text(*out, "incomplete", why_incomplete(call));
	json_decref(json);
	return NULL;
}

static bool call_tool(json_t **out, struct call *call)
{
	const char *name = message_text(call->request, "name");
	const json_t *arguments =
		json_object_get(call->request->params, "arguments");
	const struct tool *tool = tool_find(name);
	json_t *answer = NULL, *result;
	struct buf text = BUF_INIT;
	struct err *e;

	if (!tool)
		return fail_call(out, RPC_PARAMS, "there is no such tool");
	if (arguments && !json_is_object(arguments) && !json_is_null(arguments))
		return fail_call(out, RPC_PARAMS,
				 "the arguments are no object");
	e = run_tool(&answer, call, tool);
	if (e) {
		result = tool_failure(call, e);
		err_free(e);
	} else {
		result = json_object();
		object_dump(&text, json_incref(answer), JSON_COMPACT);
		buf_truncate(&text, text.n - 1);
		object_set(result, "content", make_content(text.p));
		object_set(result, "structuredContent", answer);
		object_set(result, "isError", json_false());
	}
	buf_release(&text);
	*out = rpc_complete(result, call->latest, RPC_UNCACHED);
	return true;
}

/* --- resources --- */

static bool is_plain_argument(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

static const char *uri_of(struct arena *a, const char *id)
{
	struct buf uri = BUF_INIT;
	const char *copy;

	buf_addstr(&uri, SCHEME);
	for (; *id; id++)
		if (is_plain_argument((unsigned char)*id))
			buf_addch(&uri, *id);
		else
			buf_addf(&uri, "%%%02X", (unsigned char)*id);
	copy = arena_strndup(a, uri.p, uri.n);
	buf_release(&uri);
	return copy;
}

/* The id in a URI of ours; NULL if it is none. */
static const char *id_in(struct arena *a, const char *uri)
{
	struct buf id = BUF_INIT;
	const char *copy;
	size_t n = strlen(SCHEME);

	if (!uri || strlen(uri) > URI_MAX || strncmp(uri, SCHEME, n) != 0 ||
	    !uri[n])
		return NULL;
	quote_uri_undo(&id, uri + n, strlen(uri + n));
	copy = arena_strndup(a, id.p, id.n);
	buf_release(&id);
	return copy;
}

static json_t *make_resource(struct call *call, const json_t *retro)
{
	const char *id = object_string_or_empty(retro, "id");
	const char *status = object_string(retro, "status");
	json_t *resource = json_object();

	object_set_text(resource, "uri", uri_of(call->a, id));
	object_set_text(resource, "name", answer_clean(call->a, id));
	object_set_text(
		resource, "title",
		answer_clean(call->a, object_string_or_empty(retro, "title")));
	object_set_text(resource, "description",
			status ? arena_printf(call->a, "a retro, %s", status)
			       : "a retro");
	object_set_text(resource, "mimeType", "text/markdown");
	return resource;
}

/* A cursor is the number of what is before it. */
static bool read_cursor(size_t *out, const struct message *request)
{
	const json_t *cursor = json_object_get(request->params, "cursor");
	const char *text = json_string_value(cursor);
	size_t n = text ? strspn(text, "0123456789") : 0;

	*out = 0;
	if (!cursor)
		return true;
	if (!n || n > 9 || text[n])
		return false;
	*out = strtoul(text, NULL, 10);
	return true;
}

/* A client that is told of none takes it for what is there. */
static bool fail_resources(json_t **out, struct call *call, struct err *e)
{
	fail_call(out, RPC_INTERNAL, answer_clean(call->a, e->text));
	err_free(e);
	return false;
}

static bool list_resources(json_t **out, struct call *call)
{
	static const char *const list[] = { "list", "--format=json", NULL };
	const struct strs words = { (const char **)list, 2, 2 };
	json_t *json, *retros, *result, *resources;
	size_t at, nr;
	struct err *e;

	if (!read_cursor(&at, call->request))
		return fail_call(out, RPC_PARAMS,
				 "that is not one of our cursors");
	e = run_for_json(&json, call, &words);
	if (e)
		return fail_resources(out, call, e);
	retros = json_object_get(json, "retros");
	resources = json_array();
	nr = json_array_size(retros);
	result = json_object();
	for (size_t i = at; i < nr && i < at + RESOURCES; i++)
		json_array_append_new(
			resources,
			make_resource(call, json_array_get(retros, i)));
	object_set(result, "resources", resources);
	if (nr > at + RESOURCES)
		object_set_text(result, "nextCursor",
				arena_printf(call->a, "%zu", at + RESOURCES));
	json_decref(json);
	*out = rpc_complete(result, call->latest, RPC_CHANGING);
	return true;
}

/* The first file or folder that could not be read; NULL if all were. */
static const char *unread_file(const struct corpus *corpus)
{
	const char *name = rule_table[RULE_FILE].name;

	for (size_t i = 0; i < corpus->diags.nr; i++)
		if (!strcmp(corpus->diags.at[i].rule, name))
			return arena_printf(corpus->arena, "%s: %s",
					    corpus->diags.at[i].path,
					    corpus->diags.at[i].text);
	return NULL;
}

/* Looks for a retro of exactly this id. NULL and !*has: there is none. An error
 * where that cannot be told, since a file cannot be read. */
static struct err *look_for_retro(bool *has, struct call *call, const char *id)
{
	struct corpus corpus;
	const char *unread;
	struct err *e = corpus_begin(&corpus, call->a, call->output.place.repo,
				     call->output.place.policy, NULL);

	if (!e)
		e = corpus_survey(&corpus);
	if (e)
		return e;
	*has = corpus_by_id(&corpus, id) != NULL;
	unread = *has ? NULL : unread_file(&corpus);
	return unread ? err_new(ERR_FAILED, "%s", unread) : NULL;
}

static bool no_resource(json_t **out, const struct call *call, const char *uri)
{
	json_t *data = json_object();

	*out = rpc_failure(call->latest ? RPC_PARAMS : RPC_NO_RESOURCE,
			   "there is no such resource");
	object_set_text(data, "uri", uri);
	object_set(*out, "data", data);
	return false;
}

/* The text of the retro of this id, if there is one. That the command fails
 * because there is none, or since it takes the id for a part of others, is no
 * error. */
static struct err *run_shown(bool *has, struct call *call,
			     const struct strs *words, const char *id)
{
	struct err *e = run_words(call, words), *unknown;

	if (!call->output.place.repo)
		return e;
	unknown = look_for_retro(has, call, id);
	if (*has)
		return e;
	err_free(e);
	return unknown;
}

static bool read_resource(json_t **out, struct call *call)
{
	const char *uri = message_text(call->request, "uri");
	const char *id = id_in(call->a, uri);
	const char *show[] = { "show", "--raw", "--", id, NULL };
	const struct strs words = { show, 4, 4 };
	json_t *result, *contents, *one;
	bool has = false;
	struct err *e;

	if (!uri)
		return fail_call(out, RPC_PARAMS, "'uri' is needed");
	if (!id)
		return no_resource(out, call, uri);
	e = run_shown(&has, call, &words, id);
	if (e)
		return fail_resources(out, call, e);
	if (!has)
		return no_resource(out, call, uri);
	one = json_object();
	object_set_text(one, "uri", uri);
	object_set_text(one, "mimeType", "text/markdown");
	object_set_text(one, "text",
			answer_clean(call->a, call->output.text.p));
	contents = json_array();
	json_array_append_new(contents, one);
	result = json_object();
	object_set(result, "contents", contents);
	*out = rpc_complete(result, call->latest, RPC_CHANGING);
	return true;
}

/* --- all --- */

static const struct {
	const char *method;
	bool (*answer)(json_t **out, struct call *call);
} methods[] = {
	{ "tools/call", call_tool },
	{ "resources/list", list_resources },
	{ "resources/read", read_resource },
};

bool call_is_asking(const char *method)
{
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++)
		if (!strcmp(methods[i].method, method))
			return true;
	return false;
}

bool call_answer(json_t **out, const struct mcp_host *host,
		 const struct message *request)
{
	struct arena arena = ARENA_INIT;
	struct call call = { .a = &arena,
			     .host = host,
			     .request = request,
			     .latest = request->version != NULL,
			     .output = { .text = BUF_INIT } };
	bool good = false;

	for (size_t i = 0; i < ARRAY_SIZE(methods); i++)
		if (!strcmp(methods[i].method, request->method))
			good = methods[i].answer(out, &call);
	repo_close(call.output.place.repo);
	buf_release(&call.output.text);
	arena_release(&arena);
	return good;
}
