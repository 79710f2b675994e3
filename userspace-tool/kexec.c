// SPDX-License-Identifier: GPL-2.0
#include "kexec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "calls.h"
#include "cmd_exec.h"
#include "cmd_load.h"
#include "kexec_native.h"
#include "kexec_options.h"
#include "loaded.h"
#include "kexec_stock.h"
#include "origin.h"
#include "out.h"

/* Is one of ours loaded? -1 after having said what was wrong. */
static int ours_loaded(void)
{
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;
	int fd, ret;

	if (!calls_has_module())
		return 0;
	fd = calls_open();
	if (fd < 0)
		return -1;
	ret = calls_status(fd, &status, segments);
	close(fd);
	return ret ? -1 : status.loaded != 0;
}

static int unload_ours(void)
{
	const int loaded = ours_loaded();
	int fd, ret;

	if (loaded <= 0)
		return loaded;
	fd = calls_open();
	if (fd < 0)
		return -1;
	ret = origin_unload(fd);
	close(fd);
	return ret;
}

static int unload_which(enum kexec_native which)
{
	int ret = which == KEXEC_NATIVE_NEXT ? unload_ours() : 0;

	if (kexec_native_loaded(which) == 1 && kexec_native_unload(which)) {
		fprintf(stderr, "kexec unload failed: %s\n", strerror(errno));
		ret = -1;
	}
	return ret ? KEXEC_FAILED : KEXEC_DONE;
}

static int tell_status(const struct kexec_request *request)
{
	uint64_t number;
	int loaded;

	if (request->crash || !request->next) {
		loaded = kexec_native_loaded(KEXEC_NATIVE_CRASH);
		return loaded < 0 ? KEXEC_FAILED : loaded;
	}
	if (kexec_native_loaded(KEXEC_NATIVE_NEXT) == 1)
		return 1;
	if (loaded_ask(&number))
		return number != 0;
	loaded = ours_loaded();
	return loaded < 0 ? KEXEC_FAILED : loaded;
}

/* The types of kexec-tools, and the formats that they are here. */
static const struct {
	const char *type;
	const char *format;
} types[] = {
	{ "vmlinux", "ELF" },
	{ "Image", "arm64 Image" },
	{ "uImage", "uImage" },
	{ "zImage", NULL },
	{ "vmlinuz", "EFI zboot" },
	{ "uki", "unified kernel image" },
};

static int settle_type(struct load_options *options, const char *type)
{
	size_t i;

	if (!type)
		return 0;
	for (i = 0; i < ARRAY_SIZE(types) && strcmp(type, types[i].type); i++)
		;
	if (i == ARRAY_SIZE(types)) {
		fprintf(stderr, "Unsupported kernel type %s\n", type);
		return -1;
	}
	options->format = types[i].format;
	return 0;
}

/* Scripts know the status of a file that is not there. */
static int can_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		fprintf(stderr, "Cannot open `%s': %s\n", path, strerror(errno));
		return -1;
	}
	close(fd);
	return 0;
}

/* kexec-tools leaves the running kernel's command line in the tree, and takes any kernel. */
static void settle_options(struct load_options *options, const char *kernel)
{
	options->kernel = kernel;
	options->alone = true;
	options->reuse_by_default = !options->dtb;
}

static int load_kernel(const struct kexec_request *request)
{
	struct load_options options = request->options;

	if (!request->kernel) {
		fprintf(stderr, "No kernel specified\n");
		kexec_options_help();
		return KEXEC_FAILED;
	}
	if (settle_type(&options, request->type))
		return KEXEC_FAILED;
	if (can_open(request->kernel))
		return KEXEC_WRONG;
	settle_options(&options, request->kernel);
	if (!cmd_load_run(&options))
		return KEXEC_DONE;
	fprintf(stderr, "Cannot load %s\n", request->kernel);
	return KEXEC_FAILED;
}

static int shut_down(void)
{
	static const char *const places[] = {
		"/sbin/shutdown", "/etc/shutdown", "/bin/shutdown",
	};
	static const char *const argv[] = { "shutdown", "-r", "now", NULL };
	size_t i;

	fflush(stdout);
	/* execv() leaves the strings as they are, and its declaration cannot say so. */
	for (i = 0; i < ARRAY_SIZE(places); i++)
		execv(places[i], (char **)argv);
	fprintf(stderr, "shutdown: %s\n", strerror(errno));
	return KEXEC_FAILED;
}

/* With the kernel's own kexec it is for the stock kexec to do. */
static int start_kernel(const struct kexec_request *request, char **original)
{
	const int loaded = ours_loaded();

	if (loaded < 0)
		return KEXEC_FAILED;
	if (!loaded && kexec_native_loaded(KEXEC_NATIVE_NEXT) != 1) {
		fprintf(stderr, "Nothing has been loaded!\n");
		return KEXEC_WRONG;
	}
	if (!loaded) {
		kexec_stock_run(original);
		out_fail("the running kernel's own kexec has a kernel loaded, and there is no kexec of kexec-tools to start it");
		return KEXEC_FAILED;
	}
	if (request->shutdown)
		return shut_down();
	cmd_exec_leave(&request->leave);
	return KEXEC_FAILED;
}

/* What the stock kexec alone can do, as an option for a message; NULL: nothing. */
static const char *needs_stock(const struct kexec_request *request)
{
	if (request->stock)
		return request->stock;
	if (request->crash)
		return "load-panic";
	if (!request->load)
		return NULL;
	return request->is_signed ? "kexec-file-syscall" : request->stock_load;
}

/* There is no stock kexec: what it would say, and its status. */
static int refuse(const struct kexec_request *request, const char *option)
{
	out_fail("--%s needs the kexec of kexec-tools, which is not installed", option);
	if (request->stock)
		return KEXEC_WRONG;
	if (request->crash) {
		fprintf(stderr, "Memory for crashkernel is not reserved\n");
		return KEXEC_WRONG;
	}
	if (!request->is_signed)
		return KEXEC_WRONG;
	fprintf(stderr, "syscall kexec_file_load not available.\n");
	return KEXEC_NO_FILE_LOAD;
}

/* Without the module, what it does is left to the stock kexec, if there is one. */
static void do_without_module(char **original)
{
	out_step("the module fastkexec is not there");
	kexec_stock_run(original);
}

static int load_and_start(const struct kexec_request *request, char **original)
{
	int status = KEXEC_DONE;

	if (request->load && !calls_has_module())
		do_without_module(original);
	if (request->load)
		status = load_kernel(request);
	if (!status && (request->exec || request->shutdown))
		status = start_kernel(request, original);
	return status;
}

static int obey(const struct kexec_request *request, char **original)
{
	const char *option = needs_stock(request);
	int status = KEXEC_DONE;

	if (request->status)
		return tell_status(request);
	if (option) {
		kexec_stock_run(original);
		if (request->load || !request->unload)
			return refuse(request, option);
	}
	if (request->unload)
		status = unload_which(request->crash ? KEXEC_NATIVE_CRASH : KEXEC_NATIVE_NEXT);
	return status ? status : load_and_start(request, original);
}

/* getopt_long() moves the arguments, and the stock kexec is given them as they were. */
static char **copy_of(int argc, char **argv)
{
	char **copy = calloc(argc + 1, sizeof(*copy));

	if (copy)
		memcpy(copy, argv, argc * sizeof(*copy));
	return copy;
}

static int run(int argc, char **argv, char **original)
{
	struct kexec_request request;

	kexec_options_parse(&request, argc, argv);
	if (request.version) {
		kexec_options_version();
		return out_finish();
	}
	if (request.help || request.wrong) {
		kexec_options_help();
		return request.wrong ? KEXEC_WRONG : out_finish();
	}
	out_quiet(true);
	return obey(&request, original);
}

bool kexec_is_called(const char *name)
{
	const char *slash = strrchr(name, '/');

	return !strcmp(slash ? slash + 1 : name, "kexec");
}

int kexec_run(int argc, char **argv)
{
	char **original = copy_of(argc, argv);
	int status;

	if (!original) {
		out_fail("out of memory");
		return KEXEC_FAILED;
	}
	status = run(argc, argv, original);
	free(original);
	return status;
}
