/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems as a GitLab code quality report: an array of objects with
 * description, check_name, fingerprint, severity and location.
 */
#ifndef VIEW_GITLAB_H
#define VIEW_GITLAB_H

#include "base/buf.h"
#include "model/diag.h"

/* Paths are from the root of the repository. A fingerprint is of rule, path,
 * text and the count of the same before it, so it stays when lines move. */
void gitlab_diags(struct buf *out, const struct diags *diags);

#endif
