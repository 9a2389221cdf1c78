/* SPDX-License-Identifier: GPL-2.0-only */
/* A file of parameters: every value by the path that leads to it. */
#include "capture/formats.h"
#include "capture/values.h"

struct err *params_yaml_read(struct packages *out, struct arena *a,
			     const char *bytes, size_t n)
{
	return values_read(out, a, "params.yaml", bytes, n, false);
}

struct err *params_json_read(struct packages *out, struct arena *a,
			     const char *bytes, size_t n)
{
	return values_read(out, a, "params.json", bytes, n, false);
}

struct err *params_toml_read(struct packages *out, struct arena *a,
			     const char *bytes, size_t n)
{
	return values_read(out, a, "params.toml", bytes, n, false);
}
