/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/metric.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

static bool read_any_number(double *out, const char *text)
{
	char *end;

	if (!text || !*text || isspace((unsigned char)*text))
		return false;
	*out = strtod(text, &end);
	return end > text && (!*end || !strcmp(end, "%"));
}

bool metric_is_number(const char *text)
{
	double any;

	return read_any_number(&any, text);
}

/* False for what is not a finite number. */
static bool read_metric_number(double *out, const char *text)
{
	return read_any_number(out, text) && isfinite(*out);
}

static bool read_step(double *before, double *after,
		      const struct metric *metric)
{
	return read_metric_number(before, metric->before) &&
	       read_metric_number(after, metric->after);
}

/* Digits behind the point; of a number with an exponent as many as it takes. */
static int decimals(const char *text)
{
	const char *point = strchr(text, '.');

	if (strpbrk(text, "eE"))
		return 6;
	return point ? (int)strspn(point + 1, "0123456789") : 0;
}

const char *metric_change(struct arena *a, const struct metric *metric)
{
	double before, after;
	int digits;

	if (!read_step(&before, &after, metric))
		return "";
	digits = decimals(metric->before);
	if (decimals(metric->after) > digits)
		digits = decimals(metric->after);
	return arena_printf(a, "%+.*f", digits > 6 ? 6 : digits,
			    after - before);
}

const char *metric_percent(struct arena *a, const struct metric *metric)
{
	double before, after;

	if (!read_step(&before, &after, metric) || before == 0)
		return "";
	return arena_printf(a, "%+.1f %%",
			    (after - before) / fabs(before) * 100);
}

int metric_verdict(const struct metric *metric)
{
	double before, after;
	bool higher = metric->better && !strcmp(metric->better, "higher");

	if (!metric->better || !read_step(&before, &after, metric) ||
	    before == after ||
	    (!higher && strcmp(metric->better, "lower") != 0))
		return 0;
	return (after > before) == higher ? 1 : -1;
}

/* Whether one of the words of a name, parted by signs, is this. */
static bool has_metric_word(const char *name, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = name; (s = strcasestr(s, word)); s++)
		if ((s == name || !isalpha((unsigned char)s[-1])) &&
		    !isalpha((unsigned char)s[n]))
			return true;
	return false;
}

const char *metric_better(const char *name)
{
	static const char *const lower[] = {
		"loss",       "error", "err",  "latency", "wer",  "cer",
		"perplexity", "ppl",   "rmse", "mse",     "mae",  "fpr",
		"fnr",        "fid",   "ece",  "eer",     "time", "memory",
		"cost",       "brier", "mape",
	};
	static const char *const higher[] = {
		"accuracy",  "acc",    "auc", "auroc", "roc_auc", "f1",
		"precision", "recall", "map", "ap",    "bleu",    "rouge",
		"iou",       "dice",   "r2",  "kappa", "ndcg",    "throughput",
		"avg_prec",  "mrr",    "tpr", "qps",   "psnr",    "ssim",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lower); i++)
		if (has_metric_word(name, lower[i]))
			return "lower";
	for (size_t i = 0; i < ARRAY_SIZE(higher); i++)
		if (has_metric_word(name, higher[i]))
			return "higher";
	return NULL;
}

const char *metric_unit(const char *name)
{
	static const struct {
		const char *end, *unit;
	} units[] = {
		{ "_ms", "ms" },     { "_seconds", "s" }, { "_sec", "s" },
		{ "_percent", "%" }, { "_pct", "%" },     { "_mb", "MB" },
		{ "_gb", "GB" },     { "_bytes", "B" },
	};
	size_t n = strlen(name);

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		size_t len = strlen(units[i].end);

		if (n > len && !strcasecmp(name + n - len, units[i].end))
			return units[i].unit;
	}
	return NULL;
}
