// SPDX-License-Identifier: GPL-2.0
/* Files of any format, with a kernel in them or not. */
#include <string.h>

#include "../input.h"
#include "kernel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct kernel_request request = { .path = "input", .memory = 4 << 20 };
	struct kernel kernel;
	struct blob contents;
	char text[128];

	if (!size)
		return 0;
	blob_alloc(&contents, size, "input");
	memcpy(contents.data, data, size);
	if (kernel_read(&kernel, &request, &contents))
		return 0;
	CHECK(kernel.contents.size && kernel.memsz >= kernel.contents.size);
	CHECK(kernel.memsz <= request.memory);
	CHECK(!kernel.fixed || kernel.entry_pa - kernel.load_pa < kernel.memsz);
	kernel_release(&kernel, text, sizeof(text));
	kernel_describe(&kernel, text, sizeof(text));
	kernel_close(&kernel);
	return 0;
}
