// SPDX-License-Identifier: GPL-2.0
/*
 * The tool as a program of this host, for tests that run it.
 */
#include "wrapped_calls.h"

int main(int argc, char **argv)
{
	return fastkexec_main(argc, argv);
}
