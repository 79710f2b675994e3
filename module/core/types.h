/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fixed-width types, errno numbers and static_assert() for the files of this folder.
 * They compile into the module, into host programs and into bare-metal programs; only
 * this header knows which.
 */
#ifndef FK_PURE_H
#define FK_PURE_H

#ifdef __KERNEL__
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#else
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef static_assert		/* C90, as kernels before 5.18 are built */
#define static_assert _Static_assert
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;
#endif

#endif /* FK_PURE_H */
