/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The readers of lock and manifest files, one file a format, and their table:
 * the only place that knows them all.
 */
#ifndef CAPTURE_FORMATS_H
#define CAPTURE_FORMATS_H

#include "base/arena.h"
#include "base/err.h"
#include "capture/package.h"

/* Appends what the bytes of a file name. ERR_UNSUPPORTED, in one line, if the
 * file is broken or of a version that is not known; what was appended counts
 * for nothing then. `a` holds the packages and all that was read on the way;
 * the bytes may go. */
typedef struct err *read_packages_fn(struct packages *out, struct arena *a,
				     const char *bytes, size_t n);

struct lock_format {
	const char *name;         /* of the file, as people call it */
	const char *const *globs; /* of the last part of a path, or of all of
				   * it where there is a slash; ends with NULL */
	read_packages_fn *read;
};

extern const struct lock_format lock_formats[];
extern const size_t lock_format_count;

/* The format of a file by its path; NULL if it is none that is read. */
const struct lock_format *lock_format_of(const char *path);

/* JSON */
read_packages_fn package_lock_read;
read_packages_fn pipfile_lock_read;
read_packages_fn composer_lock_read;
read_packages_fn renv_lock_read;
read_packages_fn deno_lock_read;
/* YAML */
read_packages_fn pnpm_lock_read;
read_packages_fn conda_env_read;
read_packages_fn conda_lock_read;
read_packages_fn pixi_lock_read;
read_packages_fn pubspec_lock_read;
read_packages_fn compose_read;
read_packages_fn dvc_lock_read;
read_packages_fn dvc_file_read;
/* lines */
read_packages_fn requirements_read;
read_packages_fn go_mod_read;
read_packages_fn go_sum_read;
read_packages_fn gemfile_lock_read;
read_packages_fn gradle_lock_read;
read_packages_fn dockerfile_read;
read_packages_fn terraform_lock_read;
read_packages_fn yarn_lock_read;
/* by name */
read_packages_fn params_yaml_read;
read_packages_fn params_json_read;
read_packages_fn params_toml_read;
/* TOML */
read_packages_fn uv_lock_read;
read_packages_fn poetry_lock_read;
read_packages_fn pdm_lock_read;
read_packages_fn cargo_lock_read;
read_packages_fn pylock_read;

/* One line of a requirements file or of a conda environment's pip list, its
 * comment taken away: a name with a version or a constraint. */
void requirement_add(struct packages *out, struct arena *a, const char *line,
		     size_t n);

/* ERR_UNSUPPORTED: "version <text> of this format is not known". NULL: "it does
 * not say the version of its format". */
MUST_USE struct err *format_unknown(const char *version);
/* ERR_UNSUPPORTED: "it has no <what>". */
MUST_USE struct err *format_lacks(const char *what);

#endif
