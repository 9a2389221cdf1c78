/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/drivers.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "front/state.h"

#define PLACE "attributes"

static const char attributes[] =
	"*.ad[abs] diff=ada\n"
	"*.sh diff=bash\n*.bash diff=bash\n"
	"*.c diff=cpp\n*.h diff=cpp\n*.cc diff=cpp\n*.hh diff=cpp\n"
	"*.cpp diff=cpp\n*.hpp diff=cpp\n*.cxx diff=cpp\n*.cu diff=cpp\n"
	"*.cs diff=csharp\n"
	"*.ex diff=elixir\n*.exs diff=elixir\n"
	"*.f diff=fortran\n*.f90 diff=fortran\n"
	"*.go diff=golang\n"
	"*.java diff=java\n"
	"*.kt diff=kotlin\n*.kts diff=kotlin\n"
	"*.m diff=objc\n*.mm diff=objc\n"
	"*.pas diff=pascal\n"
	"*.pl diff=perl\n*.pm diff=perl\n*.t diff=perl\n"
	"*.php diff=php\n"
	"*.py diff=python\n*.pyi diff=python\n"
	"*.rb diff=ruby\n*.rake diff=ruby\n"
	"*.rs diff=rust\n"
	"*.scm diff=scheme\n"
	"*.js diff=git-retro-script\n*.jsx diff=git-retro-script\n"
	"*.mjs diff=git-retro-script\n*.cjs diff=git-retro-script\n"
	"*.ts diff=git-retro-script\n*.tsx diff=git-retro-script\n";

static bool is_written(int dir)
{
	char have[sizeof(attributes)];
	int fd = state_open(dir, PLACE, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, have, sizeof(have));

	if (fd >= 0)
		close(fd);
	return n == (ssize_t)sizeof(attributes) - 1 &&
	       !memcmp(have, attributes, (size_t)n);
}

char *drivers_option(const char *common_dir)
{
	int dir = state_folder(common_dir);
	char *option;

	if (dir >= 0 && !is_written(dir))
		state_replace(dir, PLACE, attributes, sizeof(attributes) - 1);
	if (dir >= 0)
		close(dir);
	if (asprintf(&option, "core.attributesFile=%s/retro/" PLACE,
		     common_dir) < 0)
		return NULL;
	return option;
}
