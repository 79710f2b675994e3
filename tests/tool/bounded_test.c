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

static unsigned int quick(void)
{
	done++;
	return 7;
}

static unsigned int stuck(void)
{
	char byte;

	if (read(gate[0], &byte, 1) == 1)
		done++;
	return 0;
}

TOOL_TEST("work that ends is seen to end")
{
	const unsigned int descriptors = fake_descriptors();
	static struct bounded bounded;

	done = 0;
	assert_int_equal(bounded_begin(&bounded, quick), 0);
	assert_true(bounded_wait(&bounded, 60000));
	assert_int_equal(bounded.result, 7);
	assert_int_equal(done, 1);
	bounded_end(&bounded);
	/* The thread closes its own when it has told the result. */
	fake_wait_for_descriptors(descriptors);
}

TOOL_TEST("without a thread a child does it")
{
	const unsigned int descriptors = fake_descriptors();
	static struct bounded bounded;

	done = 0;
	fake.no_threads = true;
	assert_int_equal(bounded_begin(&bounded, quick), 0);
	assert_true(bounded_wait(&bounded, 60000));
	assert_int_equal(bounded.result, 7);
	assert_int_equal(done, 0);
	bounded_end(&bounded);
	assert_int_equal(fake_descriptors(), descriptors);

	assert_int_equal(pipe(gate), 0);
	assert_int_equal(bounded_begin(&bounded, stuck), 0);
	assert_false(bounded_wait(&bounded, 50));
	bounded_end(&bounded);
	assert_int_equal(write(gate[1], "x", 1), 1);
	close(gate[0]);
	close(gate[1]);
	assert_int_equal(fake_descriptors(), descriptors);
}

TOOL_TEST("without a child either the caller is told")
{
	const unsigned int descriptors = fake_descriptors();
	static struct bounded bounded;

	fake.no_threads = true;
	fake.no_children = true;
	assert_int_equal(bounded_begin(&bounded, quick), -1);
	assert_false(bounded_wait(&bounded, 50));
	bounded_end(&bounded);
	assert_int_equal(fake_descriptors(), descriptors);
}

TOOL_TEST("work that does not end is not waited for, and may end later")
{
	const unsigned int descriptors = fake_descriptors();
	static struct bounded bounded;

	done = 0;
	assert_int_equal(pipe(gate), 0);
	assert_int_equal(bounded_begin(&bounded, stuck), 0);
	assert_false(bounded_wait(&bounded, 50));
	assert_int_equal(done, 0);
	assert_int_equal(write(gate[1], "x", 1), 1);
	assert_true(bounded_wait(&bounded, 60000));
	assert_int_equal(done, 1);
	bounded_end(&bounded);
	close(gate[0]);
	close(gate[1]);
	fake_wait_for_descriptors(descriptors);
}

TOOL_TEST("work may end when nobody waits for it any more")
{
	const unsigned int descriptors = fake_descriptors();
	static struct bounded bounded;

	done = 0;
	assert_int_equal(pipe(gate), 0);
	assert_int_equal(bounded_begin(&bounded, stuck), 0);
	bounded_end(&bounded);
	assert_int_equal(write(gate[1], "x", 1), 1);
	/* The thread closes its own when it has tried to tell the result. */
	fake_wait_for_descriptors(descriptors + 2);
	assert_int_equal(done, 1);
	close(gate[0]);
	close(gate[1]);
}
