// SPDX-License-Identifier: GPL-2.0
#include "next/vars.h"

#include <string.h>

struct var *vars_find(const struct vars *vars, const char *name)
{
	struct var *var = vars->first;

	while (var && strcmp(var->name, name))
		var = var->next;
	return var;
}

static struct var *add(struct vars *vars, const char *name)
{
	struct var *var = pool_alloc(vars->pool, sizeof(*var));

	if (!var)
		return NULL;
	var->name = pool_text(vars->pool, name, strlen(name));
	var->value = "";
	var->next = vars->first;
	vars->first = var;
	return var;
}

struct var *vars_set(struct vars *vars, const char *name, const char *value)
{
	struct var *var = vars_find(vars, name);

	if (!var)
		var = add(vars, name);
	if (!var)
		return NULL;
	var->value = pool_text(vars->pool, value, strlen(value));
	var->unknown = false;
	return var;
}

const char *vars_value(const struct vars *vars, const char *name)
{
	const struct var *var = vars_find(vars, name);

	return var && !var->unknown ? var->value : "";
}

struct vars vars_copy(const struct vars *vars, bool exported)
{
	struct vars copies = { .pool = vars->pool };
	const struct var *var;
	struct var *copy;

	for (var = vars->first; var; var = var->next) {
		if (exported && !var->exported)
			continue;
		copy = pool_alloc(vars->pool, sizeof(*copy));
		if (!copy)
			break;
		*copy = *var;
		copy->next = copies.first;
		copies.first = copy;
	}
	return copies;
}
