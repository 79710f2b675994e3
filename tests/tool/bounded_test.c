// SPDX-License-Identifier: GPL-2.0
/*
 * Work that ends, and work that does not.
 */
#include "fake_device.h"

#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "bounded.h"

static atomic_int done;
static int gate[2];

static void quick(void)
{
	done++;
}

static void stuck(void)
{
	char byte;

	if (read(gate[0], &byte, 1) == 1)
		done++;
}

TOOL_TEST("work that ends is seen to end")
{
	static struct bounded bounded;

	done = 0;
	bounded_begin(&bounded, quick);
	assert_true(bounded_wait(&bounded, 60000));
	assert_int_equal(done, 1);
	bounded_end(&bounded);
}

TOOL_TEST("work that does not end is not waited for, and may end later")
{
	static struct bounded bounded;

	done = 0;
	assert_int_equal(pipe(gate), 0);
	bounded_begin(&bounded, stuck);
	assert_false(bounded_wait(&bounded, 50));
	assert_int_equal(done, 0);
	assert_int_equal(write(gate[1], "x", 1), 1);
	assert_true(bounded_wait(&bounded, 60000));
	assert_int_equal(done, 1);
	bounded_end(&bounded);
	close(gate[0]);
	close(gate[1]);
}
