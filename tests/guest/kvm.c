// SPDX-License-Identifier: GPL-2.0
/*
 * usage: kvm           run a guest of two instructions; exit status 0 if it ran
 *        kvm --spin    run a guest that never leaves, until killed
 *
 * The first guest stores to an address without memory; KVM must hand that store to
 * this program. The second guest keeps a virtual CPU loaded at EL2.
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define GUEST_RAM	0x40000000UL
#define GUEST_SIZE	0x10000UL
#define GUEST_MMIO	0x10000000UL

#define CORE_REG(offset) (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | \
			  ((offset) / sizeof(uint32_t)))
#define REG_X1		CORE_REG(8UL)
#define REG_PC		CORE_REG(256UL)

static const uint32_t store_code[] = {
	0xb9000020,	/* str w0, [x1] */
	0x14000000,	/* b . */
};

static const uint32_t spin_code[] = {
	0x14000000,	/* b . */
};

static int set_register(int vcpu, uint64_t id, uint64_t value)
{
	struct kvm_one_reg reg = { .id = id, .addr = (uintptr_t)&value };

	return ioctl(vcpu, KVM_SET_ONE_REG, &reg);
}

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	int spin = argc > 1 && !strcmp(argv[1], "--spin");
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = GUEST_RAM,
		.memory_size = GUEST_SIZE,
	};
	struct kvm_vcpu_init target;
	struct kvm_run *run;
	void *ram;
	int kvm, vm, vcpu, size;

	kvm = open("/dev/kvm", O_RDWR);
	if (kvm < 0)
		return fail("/dev/kvm");
	vm = ioctl(kvm, KVM_CREATE_VM, 0);
	if (vm < 0)
		return fail("KVM_CREATE_VM");
	ram = mmap(NULL, GUEST_SIZE, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (ram == MAP_FAILED)
		return fail("mmap");
	if (spin)
		memcpy(ram, spin_code, sizeof(spin_code));
	else
		memcpy(ram, store_code, sizeof(store_code));
	__builtin___clear_cache(ram, (char *)ram + GUEST_SIZE);
	region.userspace_addr = (uintptr_t)ram;
	if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region))
		return fail("KVM_SET_USER_MEMORY_REGION");
	vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (vcpu < 0)
		return fail("KVM_CREATE_VCPU");
	if (ioctl(vm, KVM_ARM_PREFERRED_TARGET, &target))
		return fail("KVM_ARM_PREFERRED_TARGET");
	if (ioctl(vcpu, KVM_ARM_VCPU_INIT, &target))
		return fail("KVM_ARM_VCPU_INIT");
	if (set_register(vcpu, REG_PC, GUEST_RAM) || set_register(vcpu, REG_X1, GUEST_MMIO))
		return fail("KVM_SET_ONE_REG");
	size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
	if (run == MAP_FAILED)
		return fail("mmap of the vcpu");
	if (ioctl(vcpu, KVM_RUN, 0))
		return fail("KVM_RUN");
	return !(run->exit_reason == KVM_EXIT_MMIO && run->mmio.is_write &&
		 run->mmio.phys_addr == GUEST_MMIO);
}
