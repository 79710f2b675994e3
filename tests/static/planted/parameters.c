// SPDX-License-Identifier: GPL-2.0
int few(int a, int b, int c, int d, int e, int (*f)(int g, int h));
int declared(int a, int b, int c, int d,
	     int e, int f, int g);

int many(int a, int b, int c, int d, int e,
	 int f, int g)
{
	return few(a, b, c, d, e, 0) + f + g;
}
