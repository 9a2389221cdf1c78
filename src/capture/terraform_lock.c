/* SPDX-License-Identifier: GPL-2.0-only */
/* .terraform.lock.hcl: a block for each provider, with its version. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/formats.h"
#include "capture/lines.h"

/* The registry that all come from is not named. */
static const char *provider_name(const char *address)
{
	static const char usual[] = "registry.terraform.io/";
	size_t n = strlen(usual);

	return strncmp(address, usual, n) ? address : address + n;
}

struct err *terraform_lock_read(struct packages *out, struct arena *a,
				const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line, *provider = NULL;
	size_t len;

	while (next_line(&line, &len, &lines)) {
		text_trim(&line, &len);
		if (len > 9 && !memcmp(line, "provider ", 9)) {
			provider = quoted_text(a, line + 9, len - 9);
			if (!provider)
				return err_new(
					ERR_UNSUPPORTED,
					_("line %d does not name a provider"),
					lines.line);
		} else if (provider && len > 8 && !memcmp(line, "version", 7) &&
			   strchr(" \t=", line[7])) {
			const char *equals = memchr(line, '=', len);
			const char *value = equals ? equals + 1 : line + len;
			size_t left = (size_t)(line + len - value);

			text_trim(&value, &left);
			package_add(out, a, PACKAGE_LIBRARY,
				    provider_name(provider),
				    quoted_text(a, value, left));
			provider = NULL;
		}
	}
	return NULL;
}
