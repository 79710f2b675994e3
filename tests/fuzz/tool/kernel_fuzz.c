// SPDX-License-Identifier: GPL-2.0
/* Files of any format, with a kernel in them or not. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	if (!kernel.contents.size || kernel.memsz < kernel.contents.size ||
	    kernel.memsz > request.memory)
		abort();
	if (kernel.fixed && kernel.entry_pa - kernel.load_pa >= kernel.memsz)
		abort();
	kernel_release(&kernel, text, sizeof(text));
	kernel_describe(&kernel, text, sizeof(text));
	kernel_close(&kernel);
	return 0;
}
