// SPDX-License-Identifier: GPL-2.0
int planted(int a, int b);

int planted(int a, int b)
{
	return a & !b;
}
