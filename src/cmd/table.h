/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every command, one row a line, in the order of the help and under its titles;
 * the last ones are not in it. `GROUP` and `ROW` are macros that say what
 * becomes of a title and of a name.
 */
#ifndef CMD_TABLE_H
#define CMD_TABLE_H

/* clang-format off */
#define CMD_TABLE(GROUP, ROW) \
	GROUP(N_("set up")) \
	ROW(init) \
	ROW(hooks) \
	ROW(gate) \
	ROW(mcp) \
	ROW(doctor) \
	GROUP(N_("write")) \
	ROW(jot) \
	ROW(new) \
	ROW(import) \
	ROW(edit) \
	ROW(skip) \
	ROW(actions) \
	GROUP(N_("find")) \
	ROW(search) \
	ROW(grep) \
	ROW(list) \
	ROW(show) \
	ROW(pitfalls) \
	ROW(trials) \
	ROW(context) \
	GROUP(N_("link and trace")) \
	ROW(link) \
	ROW(unlink) \
	ROW(relink) \
	ROW(trace) \
	ROW(audit) \
	ROW(env) \
	GROUP(N_("check and report")) \
	ROW(status) \
	ROW(check) \
	ROW(review) \
	ROW(stats) \
	ROW(report) \
	ROW(site) \
	ROW(export) \
	ROW(notify) \
	GROUP(N_("help")) \
	ROW(help) \
	GROUP(NULL) \
	ROW(hook) \
	ROW(merge_file) \
	ROW(twins) \
	ROW(completion)
/* clang-format on */

#endif
