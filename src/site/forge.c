/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <string.h>

#include "git/child.h"
#include "site/site.h"

/* Host and path of "https://host:8443/o/r.git", "git@host:o/r.git",
 * "ssh://git@host:22/o/r"; the port only where it is one of the web. False if
 * it is none such. */
static bool split_address(const char **host, const char **path, struct arena *a,
			  const char *address)
{
	const char *scheme = strstr(address, "://");
	const char *from = scheme ? scheme + 3 : address, *end, *at;
	size_t n;

	if (scheme && strncmp(address, "http", 4) != 0 &&
	    strncmp(address, "ssh", 3) != 0 && strncmp(address, "git", 3) != 0)
		return false;
	end = from + strcspn(from, scheme ? "/" : ":");
	if (!*end ||
	    (!scheme && strchr(address, '/') && strchr(address, '/') < end))
		return false;
	at = memchr(from, '@', (size_t)(end - from));
	from = at ? at + 1 : from;
	*host = arena_strndup(a, from, (size_t)(end - from));
	if (strncmp(address, "http", 4) != 0)
		*host = arena_strndup(a, *host, strcspn(*host, ":"));
	n = strlen(end + 1);
	while (n && end[n] == '/')
		n--;
	if (n > 4 && !memcmp(end + 1 + n - 4, ".git", 4))
		n -= 4;
	*path = arena_strndup(a, end + 1, n);
	return **host && **path;
}

/* Only what an address may have without being escaped, and a port. */
static bool is_plain_address(const char *text)
{
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && !strchr("-._~/:", *text))
			return false;
	return true;
}

/* The address of `origin` as git uses it (url.<base>.insteadOf); NULL. */
static const char *origin_address(struct arena *a, const struct config *config)
{
	static const char *const args[] = { "remote", "get-url", "origin",
					    NULL };
	const char *address = config_get(config, "remote.origin.url");
	struct buf out = BUF_INIT;
	struct err *e;

	if (!address)
		return NULL;
	e = child_run(&out, args, NULL);
	if (!e)
		address = arena_strndup(a, out.p, strcspn(out.p, "\n"));
	err_pass(e);
	buf_release(&out);
	return address;
}

const char *site_forge(struct arena *a, const struct config *config)
{
	const char *address = origin_address(a, config);
	const char *host, *path;

	if (!address || !split_address(&host, &path, a, address) ||
	    !is_plain_address(host) || !is_plain_address(path))
		return NULL;
	return arena_printf(a, "%s://%s/%s/%s",
			    strncmp(address, "http://", 7) ? "https" : "http",
			    host, path,
			    strstr(host, "gitlab") ? "-/commit/" : "commit/");
}
