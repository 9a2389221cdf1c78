/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For LD_PRELOAD: a file system whose folders do not say what is in them, as
 * some of a network and old ones of the disk.
 */
#include <dirent.h>
#include <dlfcn.h>

struct dirent *readdir(DIR *dir)
{
	struct dirent *(*real)(DIR *);
	struct dirent *entry;

	*(void **)&real = dlsym(RTLD_NEXT, "readdir");
	entry = real(dir);
	if (entry)
		entry->d_type = DT_UNKNOWN;
	return entry;
}
