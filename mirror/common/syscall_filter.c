#include "common/syscall_filter.h"

#include <errno.h>

static int
add_rule(scmp_filter_ctx filter, uint32_t action,
         const struct syscall_rule *rule) {
    struct scmp_arg_cmp when[SYSCALL_ARGS_MAX];
    unsigned count = 0;

    while (count < SYSCALL_ARGS_MAX && rule->when[count].mask != 0) {
        const struct syscall_arg *arg = &rule->when[count];

        when[count++] = (struct scmp_arg_cmp){
            .arg = arg->arg,
            .op = SCMP_CMP_MASKED_EQ,
            .datum_a = arg->mask,
            .datum_b = arg->value,
        };
    }
    return seccomp_rule_add_array(filter, action, rule->call, count, when);
}

static int
add_rules(scmp_filter_ctx filter, const struct syscall_rules *table) {
    int error = 0;

    for (size_t i = 0; error == 0 && i < table->call_count; i++) {
        error = seccomp_rule_add_array(filter, table->action, table->calls[i],
                                       0, NULL);
    }
    for (size_t i = 0; error == 0 && i < table->rule_count; i++) {
        error = add_rule(filter, table->action, &table->rules[i]);
    }
    return error;
}

int
syscall_filter_apply(uint32_t otherwise, const struct syscall_rules *tables,
                     size_t count) {
    scmp_filter_ctx filter = seccomp_init(otherwise);
    int error;

    if (filter == NULL) {
        return ENOMEM;
    }
    error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    for (size_t i = 0; error == 0 && i < count; i++) {
        error = add_rules(filter, &tables[i]);
    }
    if (error == 0) {
        error = seccomp_load(filter);
    }
    seccomp_release(filter);
    return -error;
}
