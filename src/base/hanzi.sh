#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# hanzi.sh: the C source of the table of base/hanzi.c, from the dictionary of OpenCC: for each
# character from U+4E00 to U+9FFF its simplified form. One that lies outside of
# these is left out.
set -eu
echo '/* written by base/hanzi.sh */'
echo '#include <stdint.h>'
echo 'extern const uint16_t hanzi_table[];'
echo 'const uint16_t hanzi_table[] = {'
perl -CO -e 'print chr, "\n" for 0x4e00 .. 0x9fff' |
opencc -c t2s.json |
perl -CI -ne '
	chomp;
	my ($from, $to) = (0x4e00 + $nr++, ord);
	$to = $from if length != 1 || $to < 0x4e00 || $to > 0x9fff;
	$differ += $to != $from;
	printf "%d,\n", $to;
	END { exit 1 if $nr != 0x5200 || $differ < 2000 }'
echo '};'
