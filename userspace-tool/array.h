/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FASTKEXEC_ARRAY_H
#define FASTKEXEC_ARRAY_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#endif /* FASTKEXEC_ARRAY_H */
