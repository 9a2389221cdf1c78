/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In which files git finds the functions of which language, where a project
 * does not say so in its .gitattributes: <common_dir>/retro/attributes, which
 * is disposable. With the C library alone.
 */
#ifndef FRONT_DRIVERS_H
#define FRONT_DRIVERS_H

/* git has no driver for JavaScript. */
#define DRIVERS_SCRIPT                                                         \
	"diff.git-retro-script.xfuncname="                                     \
	"!^[ \t]*(if|for|while|switch|catch|return|else|do)[ \t(]\n"           \
	"^[ \t]*((export|default|async|static|public|private|protected|get|"   \
	"set)[ \t]+)*(function[ \t*]+[A-Za-z0-9_$]+.*|"                        \
	"[A-Za-z_$#][A-Za-z0-9_$]*[ \t]*\\([^;]*\\)[^;=]*\\{[ \t]*)$\n"        \
	"^[ \t]*((export|const|let|var)[ \t]+)+([A-Za-z_$][A-Za-z0-9_$]*"      \
	"[ \t]*=[ \t]*(async[ \t]*)?(function.*|\\([^;]*\\)[^;]*=>.*))$"

/* The option of git (for -c) that names the file, which is written if it is
 * not there. To be freed; NULL without memory. */
char *drivers_option(const char *common_dir);

#endif
