/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lines still carry, for a person and for programs.
 */
#ifndef VIEW_AUDIT_H
#define VIEW_AUDIT_H

#include "base/buf.h"
#include "git/walk.h"
#include "report/audit.h"
#include "view/style.h"

/* Line by line, each finding with its pitfall and the commit to pick; where
 * there is none, that in one line. */
void audit_text(struct buf *out, const struct style *style,
		const struct release_lines *lines, const struct audit *audit);

/* "release/1.3 still carries 2026-02-27-loader: Rows were dropped; git
 * cherry-pick -x b0dd790f44": one finding, without an end. */
void audit_line_text(struct buf *out, const struct audit_finding *finding);
/* Appends how many retros cannot be read, likewise. */
void audit_unread_text(struct buf *out, const struct audit *audit);

/* {"version":1,"exposed":n,"unknown":n,"problems":n,"unread":n,"findings":[{
 * "line","type","retro","problem","path","title","severity","state","why",
 * "pitfall","cause":["<oid>"],"fix":["<oid>"],"backport":["<oid>"],"pick"}],
 * "unguarded":[{"line","type","retro","problem","path","pitfall","missing":[
 * "<path>"],"unknown"}]}; `problems` counts those that were looked for,
 * `unread` the retros that nobody could read. */
void audit_json(struct buf *out, const struct audit *audit);
void audit_tsv(struct buf *out, const struct audit *audit);
/* A section a line, for the notes of a release. */
void audit_markdown(struct buf *out, struct arena *a,
		    const struct release_lines *lines,
		    const struct audit *audit);
/* Annotations of a GitHub workflow. */
void audit_github(struct buf *out, struct arena *a, const struct audit *audit);

#endif
