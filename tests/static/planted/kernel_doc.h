/* SPDX-License-Identifier: GPL-2.0 */
/**
 * half() - a parameter is missing here
 * @a: one
 */
void half(int a, int b);

void none(int a);
