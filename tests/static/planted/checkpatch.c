// SPDX-License-Identifier: GPL-2.0
int checkpatch(int a)
{
	if(a)
		return 1;
	return 0;
}
