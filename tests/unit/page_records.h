/* Records at random, but the same on every run: names of every script and
 * length, every state, lists longer than a panel. */
#ifndef TESTS_UNIT_PAGE_RECORDS_H
#define TESTS_UNIT_PAGE_RECORDS_H

#include <stdio.h>

#include "page_rig.h"

static inline unsigned
draw_lot(uint64_t *seed, unsigned below) {
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % below;
}

static const char *const page_names[] = {
    "Lamp",
    "Küche",
    "مصباح",
    "階段の照明",
    "🌵 Kaktus",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "A name with a good many words in it that goes on and on",
    "W",
};

static inline void
put_lights(struct page_rig *rig, uint64_t *seed) {
    struct record_lights *r = calloc(1, sizeof *r);

    record_head_init(&r->head, "hub", "", PAGE_RIG_NOW_S);
    r->count = draw_lot(seed, 40);
    for (uint32_t i = 0; i < r->count; i++) {
        struct light *light = &r->lights[i];

        snprintf(light->id, sizeof light->id, "L%u", (unsigned)i);
        str_copy(light->name, sizeof light->name,
                 page_names[draw_lot(seed, 8)]);
        str_copy(light->room, sizeof light->room, page_names[i / 6 % 8]);
        light->state = (uint8_t)draw_lot(seed, LIGHT_STATE_END);
        light->brightness_pct = (int8_t)draw_lot(seed, 101);
        light->rgb = light->kelvin = -1;
    }
    page_rig_put(rig, RECORD_LIGHTS, r);
    free(r);
}

static inline void
put_todo(struct page_rig *rig, uint64_t *seed) {
    struct record_todo *r = calloc(1, sizeof *r);

    record_head_init(&r->head, "hub", "a", PAGE_RIG_NOW_S);
    r->count = draw_lot(seed, 30);
    for (uint32_t i = 0; i < r->count; i++) {
        str_copy(r->items[i].text, sizeof r->items[i].text,
                 page_names[draw_lot(seed, 8)]);
        r->items[i].completed_s = RECORD_NO_TIME;
        r->items[i].due_s =
            PAGE_RIG_NOW_S + ((int64_t)draw_lot(seed, 20) - 5) * 43200;
    }
    page_rig_put(rig, RECORD_TODO, r);
    free(r);
}

static inline void
put_words(struct page_rig *rig, uint64_t *seed) {
    struct record_message *m = calloc(1, sizeof *m);
    struct record_values *v = calloc(1, sizeof *v);

    record_head_init(&m->head, "hub", "", PAGE_RIG_NOW_S);
    m->until_s = RECORD_NO_TIME;
    m->severity = (uint8_t)draw_lot(seed, MESSAGE_SEVERITY_END);
    str_copy(m->text, sizeof m->text, page_names[draw_lot(seed, 8)]);
    page_rig_put(rig, RECORD_MESSAGE, m);
    record_head_init(&v->head, "hub", "a", PAGE_RIG_NOW_S);
    v->count = draw_lot(seed, 12);
    for (uint32_t i = 0; i < v->count; i++) {
        snprintf(v->values[i].id, sizeof v->values[i].id, "V%u", (unsigned)i);
        str_copy(v->values[i].label, sizeof v->values[i].label,
                 page_names[draw_lot(seed, 8)]);
        str_copy(v->values[i].text, sizeof v->values[i].text,
                 page_names[draw_lot(seed, 8)]);
        str_copy(v->values[i].icon, sizeof v->values[i].icon,
                 draw_lot(seed, 2) == 0 ? "energy" : "");
        v->values[i].number = NAN;
    }
    page_rig_put(rig, RECORD_VALUES, v);
    free(m);
    free(v);
}

static inline void
put_weather(struct page_rig *rig, uint64_t *seed) {
    struct record_weather *w = calloc(1, sizeof *w);
    int64_t hour_s = PAGE_RIG_NOW_S - PAGE_RIG_NOW_S % 3600;
    int64_t today = calendar_days(calendar_at(PAGE_RIG_NOW_S, NULL).date);

    record_head_init(&w->head, "weather", "", PAGE_RIG_NOW_S);
    str_copy(w->attribution, sizeof w->attribution, "Weather data by somebody");
    w->issued_s = RECORD_NO_TIME;
    w->now = (struct weather_now){.time_s = hour_s,
                                  .sky = {.kind = WEATHER_RAIN, .level = 3},
                                  .temp_c = (double)draw_lot(seed, 60) - 20,
                                  .feels_c = 0,
                                  .gust_ms = 20,
                                  .wind_ms = 12};
    w->hour_count = draw_lot(seed, 30);
    for (uint32_t i = 0; i < w->hour_count; i++) {
        int64_t at_s = hour_s + (int64_t)i * 3600;

        w->hours[i] = (struct weather_hour){
            .time_s = at_s,
            .precip_start_s = at_s - 3600,
            .precip_end_s = at_s,
            .sky = {.kind = (uint8_t)draw_lot(seed, WEATHER_KIND_END)},
            .temp_c = (double)draw_lot(seed, 60) - 30,
            .precip_mm = draw_lot(seed, 3),
            .pop = draw_lot(seed, 101) / 100.0,
        };
    }
    w->day_count = draw_lot(seed, WEATHER_DAYS_MAX);
    for (uint32_t i = 0; i < w->day_count; i++) {
        w->days[i] = (struct weather_day){
            .date = calendar_from_days(today + i),
            .min_c = -(double)draw_lot(seed, 30),
            .max_c = draw_lot(seed, 40),
            .precip_mm = draw_lot(seed, 20),
            .sunrise_s = RECORD_NO_TIME,
            .sunset_s = RECORD_NO_TIME,
        };
    }
    page_rig_put(rig, RECORD_WEATHER, w);
    free(w);
}

#endif
