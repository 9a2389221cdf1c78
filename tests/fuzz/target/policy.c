/* SPDX-License-Identifier: GPL-2.0-only */
/* `.retro.yml`: whatever it says, the policy holds only what it may. */
#include <string.h>

#include "model/policy.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	struct diags diags = { .arena = &a };
	struct policy policy;
	char *text = arena_strndup(&a, (const char *)bytes, n);

	policy_init(&policy, &a);
	policy_read(&policy, &a, &diags, POLICY_FILE, text, n);
	CHECK(policy.dir && *policy.dir != '/');
	CHECK(strcmp(policy.dir, "..") && strncmp(policy.dir, "../", 3));
	CHECK(!strstr(policy.dir, "/../"));
	CHECK(policy.due >= 0);
	for (size_t i = 0; i < policy_count; i++)
		CHECK(policy_text(&policy, &a, &policy_table[i]));
	for (size_t i = 0; i < diags.nr; i++)
		CHECK(diags.at[i].pos.byte <= n);
	arena_release(&a);
	return 0;
}
