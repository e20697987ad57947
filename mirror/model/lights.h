/* The lamps of the house, room by room. */
#ifndef MIRROR_MODEL_LIGHTS_H
#define MIRROR_MODEL_LIGHTS_H

#include "model/record.h"

enum light_state {
    LIGHT_OFF,
    LIGHT_ON,
    LIGHT_UNKNOWN,     /* the hub does not know: NULL, UNDEF */
    LIGHT_UNREACHABLE, /* the hub lost the lamp; its state is a memory */
    LIGHT_STATE_END,
};

enum { LIGHTS_MAX = 128, LIGHT_ROOM_MAX = 96 };

struct light {
    char id[RECORD_ID_MAX];
    char name[RECORD_TEXT_MAX];
    char room[LIGHT_ROOM_MAX]; /* label of the room; "" if none is known */
    uint8_t state;             /* enum light_state */
    uint8_t group;             /* 1: a light group without listed members */
    int8_t brightness_pct;     /* 0..100; -1: unknown or not dimmable */
    int32_t rgb;    /* 0xrrggbb at full brightness; -1: off, or no colour */
    int32_t kelvin; /* 1000..20000; -1: not in white mode */
};

/* In the order they are shown: by room, then by name. */
struct record_lights {
    struct record_head head;
    uint32_t count;
    uint32_t omitted; /* lights beyond LIGHTS_MAX */
    struct light lights[LIGHTS_MAX];
};

/* "off", "on", "unknown", "unreachable"; "?" for what is no state. */
const char *
light_state_name(unsigned state);

/* As struct record_kind_info (record.h) says. */
bool
lights_check(const void *record);
void
lights_print(const void *record, struct json_writer *json);

#endif
