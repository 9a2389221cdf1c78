/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules that a retro is held to, as data: name, levels, reason and way
 * out. Those about reading itself (yaml, encoding, ...) are reported by the
 * reader, the others by check.c.
 */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

enum diag_level {
	DIAG_OFF, /* not reported */
	DIAG_NOTE,
	DIAG_WARNING,
	DIAG_ERROR,
};

/* In the order of the manual. */
enum rule_id {
	RULE_FILE,
	RULE_ENCODING,
	RULE_FRONT_MATTER,
	RULE_CONFLICT,
	RULE_YAML,
	RULE_YAML_LIMIT,
	RULE_DUPLICATE_KEY,
	RULE_BODY_LIMIT,
	RULE_REQUIRED_FIELD,
	RULE_UNKNOWN_KEY,
	RULE_OWN_KEY,
	RULE_ID,
	RULE_TYPE,
	RULE_STATUS,
	RULE_KIND,
	RULE_SEVERITY,
	RULE_DATE,
	RULE_TIME,
	RULE_TIME_ORDER,
	RULE_RANGE,
	RULE_RANGE_UNRESOLVED,
	RULE_TIME_ZONE,
	RULE_METRIC,
	RULE_WAIVER_REASON,
	RULE_COMMIT_ID,
	RULE_COMMIT_UNRESOLVED,
	RULE_CAUSE_AND_FIX,
	RULE_CAUSE_MISSING,
	RULE_RELEASE_UNRESOLVED,
	RULE_LINK_UNRESOLVED,
	RULE_REQUIRED_SECTION,
	RULE_EMPTY_SECTION,
	RULE_PITFALL,
	RULE_PITFALL_NUMBER,
	RULE_PITFALL_NAME,
	RULE_UNREAD,
	RULE_ACTION,
	RULE_ACTION_NUMBER,
	RULE_ACTION_FORM,
	RULE_ACTION_OWNER,
	RULE_ACTION_DUE,
	RULE_FILE_LINK,
	RULE_BLAME,
	RULE_SECRET,
	RULE_INSTRUCTION,
	RULE_ALLOW,
	RULE_DUPLICATE_ID,
	RULE_POLICY,
	RULE_SETUP,
	RULE_COUNT,
};

/* How far a retro has come, which decides a rule's level. */
enum rule_stage {
	STAGE_NOTE,  /* a file without `id:` */
	STAGE_DRAFT, /* status draft */
	STAGE_FINAL, /* every other status */
};

enum {
	RULE_EXCUSABLE = 1, /* a line can be excused from it (allow.h) */
	RULE_OPTIONAL =
		2, /* too often wrong to be on unless a team asks for it */
};

struct rule {
	const char *name;                   /* "required-field" */
	enum diag_level note, draft, final; /* by stage */
	const char *reason;                 /* why it matters, one line */
	const char *hint; /* the way out, one line; NULL: each problem has
			     * its own */
	unsigned flags;
};

extern const struct rule rule_table[RULE_COUNT]; /* by enum rule_id */

const struct rule *rule_find(const char *name); /* NULL if unknown */

#endif
