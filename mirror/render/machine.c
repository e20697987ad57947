#include "render/machine.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/str.h"

enum {
    SENSORS_MAX = 16, /* hwmon devices to look through */
    WORD_MAX = 32,
    LEAST_C = -60, /* no sensor of a machine that runs is outside of these */
    MOST_C = 150,
};

/* One line of a file of the kernel's. */
static bool
read_word(const char *path, char word[WORD_MAX]) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t size;

    if (fd < 0) {
        return false;
    }
    size = read(fd, word, WORD_MAX - 1);
    close(fd);
    if (size <= 0) {
        return false;
    }
    word[size] = '\0';
    word[strcspn(word, "\n")] = '\0';
    return true;
}

static bool
read_number(const char *path, long *ret_number) {
    char word[WORD_MAX];

    return read_word(path, word) && str_to_long(word, ret_number);
}

static void
read_power(const char *folder, struct machine_reading *reading) {
    char path[PATH_MAX], name[WORD_MAX];
    long alarm;

    for (int i = 0; i < SENSORS_MAX; i++) {
        snprintf(path, sizeof path, "%s/hwmon/hwmon%d/name", folder, i);
        if (!read_word(path, name) || strcmp(name, "rpi_volt") != 0) {
            continue;
        }
        snprintf(path, sizeof path, "%s/hwmon/hwmon%d/in0_lcrit_alarm", folder,
                 i);
        if (read_number(path, &alarm) && (alarm == 0 || alarm == 1)) {
            reading->has_power = true;
            reading->low_power = alarm == 1;
            return;
        }
    }
}

static void
read_heat(const char *folder, struct machine_reading *reading) {
    char path[PATH_MAX];
    long heat_mc;

    snprintf(path, sizeof path, "%s/thermal/thermal_zone0/temp", folder);
    if (read_number(path, &heat_mc) && heat_mc >= LEAST_C * 1000L &&
        heat_mc <= MOST_C * 1000L) {
        reading->has_heat = true;
        reading->heat_c = (int)(heat_mc / 1000);
    }
}

struct machine_reading
machine_read(const char *folder) {
    struct machine_reading reading = {0};

    read_power(folder, &reading);
    read_heat(folder, &reading);
    return reading;
}

/* Returns whether it came or went. */
static bool
follow(struct machine_trouble *trouble, bool now, int64_t mono_ms) {
    bool was = trouble->on;

    if (now) {
        trouble->seen_ms = mono_ms;
        trouble->on = true;
    } else if (trouble->on && mono_ms - trouble->seen_ms >= MACHINE_HOLD_MS) {
        trouble->on = false;
    }
    return trouble->on != was;
}

bool
machine_look(struct machine *machine, int64_t mono_ms) {
    struct machine_reading now = machine_read(machine->folder);
    int limit_c = machine->hot.on ? MACHINE_COOL_C + 1 : MACHINE_HOT_C;
    bool power = follow(&machine->low_power, now.low_power, mono_ms);
    bool heat =
        follow(&machine->hot, now.has_heat && now.heat_c >= limit_c, mono_ms);

    machine->next_ms =
        mono_ms +
        (now.has_power || now.has_heat ? MACHINE_LOOK_MS : MACHINE_BLIND_MS);
    if (power && machine->low_power.on) {
        log_warning("machine: low power: the supply or its cable is too weak");
    } else if (power) {
        log_info("machine: enough power again");
    }
    if (heat && machine->hot.on) {
        log_warning("machine: hot: %d degrees", now.heat_c);
    } else if (heat) {
        log_info("machine: no longer hot");
    }
    return power || heat;
}
