/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of metrics and parameters: every value by the path that leads to it,
 * "train.auc", as DVC has them. JSON, YAML or TOML, by the file's name.
 */
#ifndef CAPTURE_VALUES_H
#define CAPTURE_VALUES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "capture/lock_changes.h"
#include "git/walk.h"

struct repo;

/* Appends the leaves of a file's bytes; a list is one value. With `numbers`
 * only numbers, NaN and Infinity among them. ERR_UNSUPPORTED. */
MUST_USE struct err *values_read(struct packages *out, struct arena *a,
				 const char *path, const char *bytes, size_t n,
				 bool numbers);

/* A number that changed; `before` or `after` is NULL where there is none. */
struct metric_step {
	const char *name, *before, *after;
	const char *path;
};
struct measures {
	struct metric_step *at;
	size_t nr, cap;
	struct strs unread; /* "metrics.json: not read: ...", or that it is
			     * gone */
};

/* Those of the metrics files among `paths`: metrics.json, metrics.yaml,
 * wandb-summary.json, and what dvc.yaml calls metrics. */
MUST_USE struct err *measures_of_range(struct measures *out, struct arena *a,
				       struct repo *repo,
				       const struct range *range,
				       const struct strs *paths);

#endif
