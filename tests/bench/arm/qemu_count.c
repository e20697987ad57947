/*
 * A plugin of qemu-user: counts what the emulated program does between two
 * calls of sched_yield(), which bench_count makes around what is counted. Its
 * argument is the number of that system call on the emulated processor:
 *
 *   qemu-aarch64 -d plugin -plugin libcount.so,call=124 PROGRAM
 *
 * The declarations are those of QEMU's plugin interface, version 1
 * (include/qemu/qemu-plugin.h), for which Debian has no package.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;

void
qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id,
                                      void (*fn)(uint64_t id,
                                                 struct qemu_plugin_tb *tb));
void
qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb,
                                     void (*fn)(unsigned cpu, void *arg),
                                     int flags, void *arg);
void
qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn,
                                 void (*fn)(unsigned cpu, uint32_t info,
                                            uint64_t address, void *arg),
                                 int flags, int access, void *arg);
void
qemu_plugin_register_vcpu_syscall_cb(
    uint64_t id,
    void (*fn)(uint64_t id, unsigned cpu, int64_t number, uint64_t, uint64_t,
               uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t));
void
qemu_plugin_register_atexit_cb(uint64_t id, void (*fn)(uint64_t id, void *arg),
                               void *arg);
size_t
qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
unsigned
qemu_plugin_mem_size_shift(uint32_t info);
bool
qemu_plugin_mem_is_store(uint32_t info);
void
qemu_plugin_outs(const char *text);
int
qemu_plugin_install(uint64_t id, const void *info, int count, char **words);

extern int qemu_plugin_version;

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { NO_REGISTERS = 0, READ_AND_WRITE = 3 };

/* The interface gives callbacks no state of their own but for one pointer. */
static struct {
    int64_t call;
    bool on;
    uint64_t instructions, loaded, stored; /* bytes, both */
} count;

static void
on_block(unsigned cpu, void *arg) {
    (void)cpu;
    if (count.on) {
        count.instructions += (uintptr_t)arg;
    }
}

static void
on_access(unsigned cpu, uint32_t info, uint64_t address, void *arg) {
    uint64_t size = UINT64_C(1) << qemu_plugin_mem_size_shift(info);

    (void)cpu;
    (void)address;
    (void)arg;
    if (!count.on) {
        return;
    }
    if (qemu_plugin_mem_is_store(info)) {
        count.stored += size;
    } else {
        count.loaded += size;
    }
}

static void
on_translated(uint64_t id, struct qemu_plugin_tb *tb) {
    size_t length = qemu_plugin_tb_n_insns(tb);

    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, NO_REGISTERS,
                                         (void *)(uintptr_t)length);
    for (size_t i = 0; i < length; i++) {
        qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(tb, i),
                                         on_access, NO_REGISTERS,
                                         READ_AND_WRITE, NULL);
    }
}

static void
on_call(uint64_t id, unsigned cpu, int64_t number, uint64_t a, uint64_t b,
        uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g,
        uint64_t h) {
    (void)id, (void)cpu;
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    if (number == count.call) {
        count.on = !count.on;
    }
}

static void
at_end(uint64_t id, void *arg) {
    char line[160];

    (void)id;
    (void)arg;
    snprintf(line, sizeof line,
             "counted %" PRIu64 " instructions, %" PRIu64
             " bytes loaded, %" PRIu64 " bytes stored\n",
             count.instructions, count.loaded, count.stored);
    qemu_plugin_outs(line);
}

__attribute__((visibility("default"))) int
qemu_plugin_install(uint64_t id, const void *info, int words, char **word) {
    (void)info;
    if (words != 1 || strncmp(word[0], "call=", 5) != 0) {
        return 1;
    }
    count.call = strtoll(word[0] + 5, NULL, 10);
    qemu_plugin_register_vcpu_syscall_cb(id, on_call);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translated);
    qemu_plugin_register_atexit_cb(id, at_end, NULL);
    return 0;
}
