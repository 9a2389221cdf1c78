/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/formats.h"

#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/i18n.h"

#define GLOBS(...) ((const char *const[]){ __VA_ARGS__, NULL })

const struct lock_format lock_formats[] = {
	{ "uv.lock", GLOBS("uv.lock"), uv_lock_read },
	{ "poetry.lock", GLOBS("poetry.lock"), poetry_lock_read },
	{ "pdm.lock", GLOBS("pdm.lock"), pdm_lock_read },
	{ "pylock.toml", GLOBS("pylock.toml", "pylock.*.toml"), pylock_read },
	{ "Pipfile.lock", GLOBS("Pipfile.lock"), pipfile_lock_read },
	{ "requirements.txt",
	  GLOBS("requirements*.txt", "requirements/*.txt",
		"*/requirements/*.txt", "constraints*.txt",
		"*-requirements.txt", "*_requirements.txt"),
	  requirements_read },
	{ "conda environment",
	  GLOBS("environment*.yml", "environment*.yaml", "conda_env*.yml",
		"conda-env*.yml"),
	  conda_env_read },
	{ "conda-lock", GLOBS("conda-lock.yml", "*.conda-lock.yml"),
	  conda_lock_read },
	{ "pixi.lock", GLOBS("pixi.lock"), pixi_lock_read },
	{ "package-lock.json",
	  GLOBS("package-lock.json", "npm-shrinkwrap.json"),
	  package_lock_read },
	{ "pnpm-lock.yaml", GLOBS("pnpm-lock.yaml"), pnpm_lock_read },
	{ "yarn.lock", GLOBS("yarn.lock"), yarn_lock_read },
	{ "deno.lock", GLOBS("deno.lock"), deno_lock_read },
	{ "go.mod", GLOBS("go.mod"), go_mod_read },
	{ "go.sum", GLOBS("go.sum"), go_sum_read },
	{ "Cargo.lock", GLOBS("Cargo.lock"), cargo_lock_read },
	{ "Gemfile.lock", GLOBS("Gemfile.lock"), gemfile_lock_read },
	{ "composer.lock", GLOBS("composer.lock"), composer_lock_read },
	{ "gradle.lockfile", GLOBS("gradle.lockfile", "*.lockfile"),
	  gradle_lock_read },
	{ "pubspec.lock", GLOBS("pubspec.lock"), pubspec_lock_read },
	{ "renv.lock", GLOBS("renv.lock"), renv_lock_read },
	{ "Dockerfile",
	  GLOBS("Dockerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile",
		"Containerfile"),
	  dockerfile_read },
	{ "compose file",
	  GLOBS("docker-compose*.yml", "docker-compose*.yaml", "compose.yml",
		"compose.yaml", "compose.*.yml", "compose.*.yaml"),
	  compose_read },
	{ "terraform lock", GLOBS(".terraform.lock.hcl"), terraform_lock_read },
	{ "dvc.lock", GLOBS("dvc.lock"), dvc_lock_read },
	{ "parameters", GLOBS("params.yaml", "params.yml"), params_yaml_read },
	{ "parameters", GLOBS("params.json"), params_json_read },
	{ "parameters", GLOBS("params.toml"), params_toml_read },
	{ ".dvc file", GLOBS("*.dvc"), dvc_file_read },
};
const size_t lock_format_count = ARRAY_SIZE(lock_formats);

static bool is_end_alike(char glob, char text)
{
	return glob == '*' || glob == text;
}

/* Whether the ends fit: most of thousands of files are told apart by that. */
static bool may_be_format(const char *glob, const char *text)
{
	return *text && is_end_alike(*glob, *text) &&
	       is_end_alike(glob[strlen(glob) - 1], text[strlen(text) - 1]);
}

const struct lock_format *lock_format_of(const char *path)
{
	const char *name = path_base(path);

	for (size_t i = 0; i < lock_format_count; i++)
		for (size_t j = 0; lock_formats[i].globs[j]; j++) {
			const char *glob = lock_formats[i].globs[j];
			const char *text = strchr(glob, '/') ? path : name;

			if (may_be_format(glob, text) && glob_name(glob, text))
				return &lock_formats[i];
		}
	return NULL;
}

struct err *format_unknown(const char *version)
{
	if (!version)
		return err_new(ERR_UNSUPPORTED,
			       _("it does not say the version of its format"));
	return err_new(ERR_UNSUPPORTED,
		       _("version %.40s of this format is not known"), version);
}

struct err *format_lacks(const char *what)
{
	return err_new(ERR_UNSUPPORTED, _("it has no %s"), what);
}
