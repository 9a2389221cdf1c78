/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/demand.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "capture/environment.h"

/* The least driver on Linux for each CUDA, as NVIDIA's release notes have it:
 * since 11, one serves all of a major version. */
static const struct {
	const char *cuda, *driver;
} drivers[] = {
	{ "13", "580" },      { "12", "525.60.13" }, { "11", "450.80.02" },
	{ "10.2", "440.33" }, { "10.1", "418.39" },  { "10.0", "410.48" },
	{ "9.2", "396.26" },  { "9.1", "390.46" },   { "9.0", "384.81" },
};

static void add_demand(struct demands *out, struct arena *a, const char *name,
		       const char *version, const char *path,
		       const char *because)
{
	vec_push(a, out, (struct demand){ name, version, path, because });
}

static bool is_cuda(const char *cuda, const char *row)
{
	size_t n = strlen(row);

	return !strncmp(cuda, row, n) && (!cuda[n] || cuda[n] == '.');
}

static void add_cuda(struct demands *out, struct arena *a, const char *cuda,
		     const char *path, const char *because)
{
	add_demand(out, a, "cuda", cuda, path, because);
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (is_cuda(cuda, drivers[i].cuda)) {
			add_demand(out, a, "driver", drivers[i].driver, path,
				   arena_printf(a, "cuda %s of %s", cuda,
						because));
			return;
		}
}

/* "+cu121" is 12.1, "+cu92" 9.2, "+cu130" 13.0; NULL if there is none. */
static const char *cuda_of_local(struct arena *a, const char *version)
{
	const char *at = strstr(version, "+cu");
	size_t digits = at ? strspn(at + 3, "0123456789") : 0;

	if (digits < 2 || digits > 3)
		return NULL;
	return arena_printf(a, "%.*s.%c", (int)digits - 1, at + 3,
			    at[2 + digits]);
}

/* The least version that a constraint lets in: of ">=1.20,<2" 1.20, of "1.2"
 * itself. NULL if it has no lower end. */
static const char *least(struct arena *a, const char *version)
{
	const char *s = strstr(version, ">=");
	size_t n;

	if (s)
		s += 2;
	else if (strpbrk(version, "<!>"))
		return NULL;
	else
		s = version + strspn(version, "^~=> v");
	s += strspn(s, " v");
	n = strcspn(s, ",; |*");
	return n && isdigit((unsigned char)*s) ? arena_strndup(a, s, n) : NULL;
}

static bool names_cuda(const struct package *package)
{
	static const char *const names[] = { "pytorch-cuda",
					     "cudatoolkit",
					     "cuda-version",
					     "nvidia-cuda-runtime-cu11",
					     "nvidia-cuda-runtime-cu12",
					     "nvidia-cuda-runtime" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (text_alike(package->name, names[i]))
			return true;
	return package->kind == PACKAGE_IMAGE &&
	       !strcmp(environment_short_name(package), "cuda");
}

void demands_of(struct demands *out, struct arena *a, const struct lock *lock)
{
	for (size_t i = 0; i < lock->packages.nr; i++) {
		const struct package *package = &lock->packages.at[i];
		const char *because = arena_printf(a, "%s %s", package->name,
						   package->version);
		const char *version = least(a, package->version);
		const char *cuda = names_cuda(package)
					   ? version
					   : cuda_of_local(a, package->version);

		if (cuda)
			add_cuda(out, a, cuda, lock->path, because);
		if (version && package->kind != PACKAGE_DATA &&
		    package->kind != PACKAGE_PARAMETER &&
		    !(cuda && package->kind == PACKAGE_IMAGE))
			add_demand(out, a, environment_short_name(package),
				   version, lock->path, because);
	}
}

bool demand_is_same(const struct demand *demand, const char *name)
{
	return text_alike(demand->name, name);
}

/* Number by number, as many as are offered. */
bool demand_exceeds(const struct demand *demand, const char *offered)
{
	const char *asked = demand->version;

	offered += strcspn(offered, "0123456789");
	while (isdigit((unsigned char)*offered) &&
	       isdigit((unsigned char)*asked)) {
		char *offer_end, *ask_end;
		unsigned long offer = strtoul(offered, &offer_end, 10);
		unsigned long ask = strtoul(asked, &ask_end, 10);

		if (ask != offer)
			return ask > offer;
		offered = offer_end + (*offer_end == '.');
		asked = ask_end + (*ask_end == '.');
		if (offered == offer_end || asked == ask_end)
			break;
	}
	return false;
}
