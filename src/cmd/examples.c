/* SPDX-License-Identifier: GPL-2.0-only */
#include <stddef.h>
#include <string.h>

#include "base/attr.h"
#include "cmd/cmd.h"

/* One row a command; each line can be typed as it is. */
/* clang-format off */
static const struct {
	const char *name;
	const char *lines[4];
} examples[] = {
	{ "init", { "git retro init --dry-run",
		    "git retro init --language zh --ci github" } },
	{ "status", { "git retro status",
		      "git retro status --exit-code" } },
	{ "jot", { "git retro jot --pitfall \"Labels can be empty\"",
		   "git retro jot --solved \"Pinned the driver\"" } },
	{ "new", { "git retro new --release v1.4.0",
		   "git retro new --kind incident \"Login was down\"",
		   "git retro new --since v1.3.0 \"Sprint 12\"" } },
	{ "edit", { "git retro edit @",
		    "git retro edit v1.4.0" } },
	{ "skip", { "git retro skip v1.4.1 --reason \"only translations\"" } },
	{ "gate", { "git retro gate <refs" } },
	{ "list", { "git retro list --status draft",
		    "git retro list --since \"2 weeks ago\" --path src/",
		    "git retro list --sort -severity" } },
	{ "show", { "git retro show @",
		    "git retro show v1.4.0 --section pitfalls" } },
	{ "search", { "git retro search cuda version -docker",
		      "git retro search --kind incident timeout" } },
	{ "grep", { "git retro grep -n \"label.*empty\"",
		    "git retro grep --history \"feature flag\"" } },
	{ "pitfalls", { "git retro pitfalls --recurring",
			"git retro pitfalls --path src/loader.c" } },
	{ "mcp", { "git retro mcp",
		   "git retro mcp --repo ~/src/app" } },
	{ "context", { "git retro context src/loader.c",
		       "git retro context --staged" } },
	{ "trace", { "git retro trace @",
		     "git retro trace --cause 3f2c91b --fix 8a7d5c0" } },
	{ "audit", { "git retro audit",
		     "git retro audit release/1.0" } },
	{ "env", { "git retro env v1.4.0",
		   "git retro env v1.3.0..v1.4.0" } },
	{ "stats", { "git retro stats --since 2026-Q2",
		     "git retro stats --by label" } },
	{ "report", { "git retro report --me --since 2026-Q2",
		      "git retro report --release v1.4.0 --format markdown" } },
	{ "site", { "git retro site -o public",
		    "git retro site --one-file" } },
	{ "notify", { "git retro notify --format slack",
		      "git retro notify --format feishu --repos=/srv/git" } },
	{ "export", { "git retro export --to postgresql | psql retros",
		      "git retro export --to ndjson --repos=/srv/git" } },
	{ "import", { "git retro import --dry-run ../wiki/postmortems",
		      "gh issue list --json title,url,body,labels,createdAt | git retro import -",
		      "git retro import jira.csv" } },
	{ "trials", { "git retro trials --failed" } },
	{ "check", { "git retro check",
		     "git retro check --fix",
		     "git retro check --staged" } },
	{ "review", { "git retro review",
		      "git retro review main --format markdown" } },
	{ "actions", { "git retro actions --overdue",
		       "git retro actions done v1.4.0#A1",
		       "git retro actions push --to gh",
		       "git retro actions add @ \"Pin it @ann due:2026-12-01\"" } },
	{ "link", { "git retro link @ --fix HEAD",
		    "git retro link v1.4.0#P1 --cause 3f2c91b --fix 8a7d5c0",
		    "git retro link --suggest @" } },
	{ "unlink", { "git retro unlink @ --fix HEAD" } },
	{ "relink", { "git retro relink --dry-run" } },
	{ "hooks", { "git retro hooks status",
		     "git retro hooks install" } },
	{ "doctor", { "git retro doctor",
		      "git retro doctor --rebuild-index" } },
	{ "help", { "git retro help new" } },
};
/* clang-format on */

const char *const *cmd_examples(const struct cmd *cmd)
{
	static const char *const none[] = { NULL };

	for (size_t i = 0; i < ARRAY_SIZE(examples); i++)
		if (!strcmp(examples[i].name, cmd->name))
			return examples[i].lines;
	return none;
}
