/*
 * How the machine itself is: a power supply that is too weak, and heat. The
 * kernel knows both; without its sensors, as on a PC, all counts as well.
 *
 * Power: in0_lcrit_alarm of the hwmon device "rpi_volt", 1 while the firmware
 * sees less than 4.63 V (drivers/hwmon/raspberrypi-hwmon.c). Heat: zone 0 of
 * the thermal framework, in thousandths of a degree; a Pi slows down at 80 °C.
 */
#ifndef MIRROR_RENDER_MACHINE_H
#define MIRROR_RENDER_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define MACHINE_FOLDER "/sys/class"

enum {
    MACHINE_LOOK_MS = 30 * 1000,   /* how often to look */
    MACHINE_BLIND_MS = 600 * 1000, /* where there is nothing to be seen; a
                                      driver may come late */
    MACHINE_HOLD_MS = 60 * 1000,   /* a trouble is shown so long after its end:
                                    power fails for moments */
    MACHINE_HOT_C = 80,            /* from here on */
    MACHINE_COOL_C = 75,           /* and down to here */
};

struct machine_trouble {
    bool on;         /* shown, and logged */
    int64_t seen_ms; /* monotonic, when it was last so */
};

/* Zeroed but for `folder`: nothing is wrong so far. */
struct machine {
    const char *folder; /* borrowed; MACHINE_FOLDER, or a test's */
    struct machine_trouble low_power, hot;
    int64_t next_ms; /* monotonic, when to look again */
};

/* What the sensors say now. */
struct machine_reading {
    bool has_power, low_power;
    bool has_heat;
    int heat_c;
};

/* A sensor that is missing, or talks nonsense, is one there is not. */
struct machine_reading
machine_read(const char *folder);

/* Looks, and logs each trouble's begin and end; sets next_ms. Returns whether
 * low_power.on or hot.on changed. */
bool
machine_look(struct machine *machine, int64_t mono_ms);

#endif
