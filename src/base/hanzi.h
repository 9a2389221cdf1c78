/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chinese is written in traditional and in simplified characters. The
 * pairs are those of OpenCC's dictionary, read once, when this is built
 * (hanzi.sh): its library would take as long to start as all of us.
 */
#ifndef BASE_HANZI_H
#define BASE_HANZI_H

/* The simplified form of a character; any other one as it is. */
int hanzi_simplified(int c);

#endif
