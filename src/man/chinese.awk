# SPDX-License-Identifier: GPL-2.0-only
#
# LC_ALL=C awk -f chinese.awk page: makes a page of Chinese fit for roff, which
# breaks lines at spaces only and puts a space where the source has a new line.
# Here no space comes between two Chinese characters nor beside a full-width
# mark, and \: allows a break after each character where there may be one.

function starts_wide(text) { return text ~ "^" WIDE }
function ends_wide(text) { return text ~ WIDE "$" }
function ends_mark(text) { return text ~ "(" OPEN "|" CLOSE ")$" }
function is_macro(line) { return line ~ /^\./ }
# A macro that puts quotes around its line gets an end of its own.
function closed(line) {
	if (line ~ /^\.(Ql|Sq) /)
		return ".So" substr(line, 4) " Sc"
	if (line ~ /^\.Dq /)
		return ".Do" substr(line, 4) " Dc"
	return line
}

# The mark after a macro's arguments belongs to the last of them.
function with_mark(line,   mark) {
	if (!match(line, " " CLOSE "+$"))
		return line
	mark = substr(line, RSTART + 1)
	return closed(substr(line, 1, RSTART - 1)) " Ns " mark
}

# Text goes on without a space behind a mark, where it begins with one, and
# between Chinese characters.
function with_text(line, text,   word) {
	word = text
	sub(" .*", "", word)
	if (!ends_mark(line)) {
		if (text !~ "^" OPEN && !(ends_wide(line) && starts_wide(text)))
			return line
		line = closed(line) " Ns "
	}
	held = substr(text, length(word) + 2)
	return line word
}

function breakable(line,   out, mark, rest) {
	out = ""
	while (match(line, WIDE)) {
		mark = substr(line, RSTART, RLENGTH)
		rest = substr(line, RSTART + RLENGTH)
		out = out substr(line, 1, RSTART + RLENGTH - 1)
		if (mark !~ OPEN && rest !~ "^" CLOSE && (starts_wide(rest) ||
		    mark ~ CLOSE && rest ~ /^[A-Za-z0-9]/))
			out = out "\\:"
		line = rest
	}
	return out line
}

function put(line) { out[++put_nr] = line }

# An inline macro behind a mark goes on the same line, without a space.
function put_inline(line,   last, word) {
	last = out[put_nr]
	if (!put_nr || fixed[put_nr] || last ~ /^\.(It|Bl|El|Pp)/ ||
	    !(ends_mark(last) || line ~ /^\.D[oq] / && ends_wide(last))) {
		put(line)
		return
	}
	if (!is_macro(last)) {
		word = last
		sub(".* ", "", word)
		if (word == last)
			put_nr--
		else
			out[put_nr] = substr(last, 1, length(last) - length(word) - 1)
		put(".No " word)
	}
	out[put_nr] = out[put_nr] (last ~ CLOSE "$" ? "\\: Ns " : " Ns ") \
		substr(line, 2)
}

# No hyphens in lists of names, and lines that end where they end: of the few
# spaces none is to become a gap. The mdoc of groff 1.24 takes each byte of a
# heading for a letter, and learns the name of .Nm in the section NAME alone.
function put_settings() {
	print ".nr doc-hyphen-flags 0"
	print ".ds AD l\n.ad l"
	print ".de doc-prepare-section-heading\n.ds doc-sec-head \"\\\\$*\n.."
	print ".ds doc-section-name 名称"
}

BEGIN {
	WIDE = "([\343-\351][\200-\277][\200-\277]|" \
		"\357[\274\275][\200-\277]|\342\200[\230-\235])"
	# ，。；：、）！？”’》」
	CLOSE = "(\357\274[\214\233\232\211\201\237]|" \
		"\343\200[\202\201\213\215]|\342\200[\235\231])"
	# （“‘《「
	OPEN = "(\357\274\210|\342\200[\234\230]|\343\200[\212\214])"
}
/^\.Bd/ { literal = 1 }
{
	if (nr && !is_macro($0) && !is_macro(lines[nr]) && !literal &&
	    (ends_mark(lines[nr]) || ends_wide(lines[nr]) && starts_wide($0))) {
		lines[nr] = lines[nr] $0
	} else {
		lines[++nr] = $0
		kept[nr] = literal || /^\.(Sh|Ss|Nd|\\"|Dt|Dd|Os)/
	}
}
/^\.Ed/ { literal = 0 }
END {
	for (i = 1; i <= nr; i++) {
		line = lines[i]
		if (kept[i] || line ~ /^\.(It|Bl|El|Pp|Op|Xo|Xc)/) {
			put(line)
			fixed[put_nr] = kept[i]
		} else if (!is_macro(line)) {
			put(line)
		} else {
			held = ""
			text = i < nr && !kept[i + 1] && !is_macro(lines[i + 1])
			line = with_mark(line)
			if (text) {
				held = lines[i + 1]
				line = with_text(line, held)
			}
			put_inline(line)
			if (text && held == "")
				i++
			else if (text)
				lines[i + 1] = held
		}
	}
	for (i = 1; i <= put_nr; i++) {
		print fixed[i] ? out[i] : breakable(out[i])
		if (out[i] == ".Os")
			put_settings()
	}
}
