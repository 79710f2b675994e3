/* SPDX-License-Identifier: GPL-2.0 */
#define LOOSE	1

/**
 * struct loose - a name of nobody
 * @where: physical address of it
 */
struct loose {
	u64 where;
};

int bare(u64 page_addr);

typedef int (*handler)(int a, int *b);
typedef int (*fk_names_handler)(int a, int *b);
