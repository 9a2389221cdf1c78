/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run of an experiment, as trackers leave it: the numbers that came out and
 * the parameters that went in. Nothing of it is ever changed.
 *
 *	a folder of MLflow		metrics/, params/
 *	a database of MLflow		mlflow.db, mlflow.db#<run>
 *	a folder or file of W&B		wandb-summary.json, config.yaml
 *	any JSON, YAML or TOML file	its numbers
 */
#ifndef REPORT_RUN_H
#define REPORT_RUN_H

#include "base/arena.h"
#include "base/err.h"
#include "capture/values.h"

struct run {
	const char *name;                    /* as the person named it */
	struct packages metrics, parameters; /* sorted by name */
};

/* ERR_NOT_FOUND; ERR_UNSUPPORTED if there is no run in it, or it cannot be read
 * now. `*out` is zeros. */
MUST_USE struct err *run_read(struct run *out, struct arena *a,
			      const char *path);

/* Every number of `after`, and what it was in `before`, which may be empty. */
void run_compare(struct measures *out, struct arena *a,
		 const struct run *before, const struct run *after);

#endif
