/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words that make the next kernel's start shorter.
 */
#ifndef FASTKEXEC_START_PROFILE_H
#define FASTKEXEC_START_PROFILE_H

/**
 * enum start_profile - how much of the next kernel's start may be left out
 * @START_NONE: nothing
 * @START_SAFE: what is only said: nothing that the kernel does
 * @START_FAST: what the kernel only tries out on itself, too
 */
enum start_profile {
	START_NONE,
	START_SAFE,
	START_FAST,
};

/**
 * start_profile_parse() - what --profile says
 * @text: "none", "safe" or "fast"
 * @profile: takes it
 *
 * Return: 0, or -1 if it is none of them
 */
int start_profile_parse(const char *text, enum start_profile *profile);

/**
 * start_profile_add() - give the next kernel the words of a profile
 * @line: its command line, to be freed by the caller; replaced by a longer one. A word that
 *	it has something about already is left as it is
 * @profile: which one
 *
 * Behind each word stands a second one by which start_profile_forget() knows it.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int start_profile_add(char **line, enum start_profile profile);

/**
 * start_profile_forget() - take out what start_profile_add() has put in
 * @line: edited where it stands
 */
void start_profile_forget(char *line);

#endif /* FASTKEXEC_START_PROFILE_H */
