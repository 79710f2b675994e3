// SPDX-License-Identifier: GPL-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>

#include "unit.h"

#define MAX_TESTS	256

static struct CMUnitTest tests[MAX_TESTS];
static size_t nr_tests;

void unit_add(const char *words, CMUnitTestFunction run, CMFixtureFunction teardown,
	      void *state)
{
	if (nr_tests == MAX_TESTS)
		abort();
	tests[nr_tests++] = (struct CMUnitTest){
		.name = words,
		.test_func = run,
		.teardown_func = teardown,
		.initial_state = state,
	};
}

int main(void)
{
	if (!nr_tests) {
		fprintf(stderr, "%s has no test\n", program_invocation_short_name);
		return 1;
	}
	return _cmocka_run_group_tests(program_invocation_short_name, tests, nr_tests, NULL,
				       NULL);
}
