/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The version of the tool. tool.mk passes on what the file VERSION says; an analyser
 * that compiles a file on its own gets a word in its place.
 */
#ifndef FASTKEXEC_VERSION_H
#define FASTKEXEC_VERSION_H

#ifndef FASTKEXEC_VERSION
#define FASTKEXEC_VERSION	"unversioned"
#endif

#endif /* FASTKEXEC_VERSION_H */
