/* SPDX-License-Identifier: GPL-2.0-only */
/* A message of the Model Context Protocol, and the arguments of a tool. */
#include <string.h>

#include "mcp/answer.h"
#include "mcp/message.h"
#include "mcp/prompts.h"
#include "mcp/tools.h"
#include "target.h"

static void call(struct arena *a, const struct message *message)
{
	const struct tool *tool = tool_find(message_text(message, "name"));
	const json_t *arguments = json_object_get(message->params, "arguments");
	struct answer_page page;
	struct strs words = { 0 };
	json_t *json;
	bool behind = false;

	prompt_get(&json, message);
	json_decref(json);
	if (!tool || (arguments && !json_is_object(arguments)))
		return;
	err_free(tool_words(&words, &page, a, tool, arguments));
	for (size_t i = 1; i < words.nr; i++) {
		CHECK(behind || words.at[i][0] == '-');
		behind |= !strcmp(words.at[i], "--");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	struct message message;
	json_t *answer;

	message_read(&message, (const char *)bytes, n);
	CHECK((message.kind == MESSAGE_BROKEN) == (message.code != 0));
	if (message.kind == MESSAGE_REQUEST) {
		CHECK(message.id && message.method);
		call(&a, &message);
	}
	if (message.whole) {
		answer = answer_make(&a, &(struct answer_place){ 0 },
				     message.whole,
				     &(struct answer_page){ .limit = 3 });
		json_decref(answer);
	}
	message_release(&message);
	arena_release(&a);
	return 0;
}
