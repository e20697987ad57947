/*
 * A fetch program for tests: reads records as --print writes them, one JSON
 * object a line, from the file that GOLDEN_RECORDS names, sends them over the
 * channel and waits until the other side hangs up. Beside the fields of --print
 * it takes "live" (default: the source is not the weather), and in a status
 * "good_age_s".
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/channel.h"
#include "common/str.h"
#include "model/lights.h"
#include "model/message.h"
#include "model/record.h"
#include "model/status.h"
#include "model/todo.h"
#include "model/values.h"
#include "model/weather.h"

enum { LINE_MAX_BYTES = 256 * 1024 };

static void
fail(const char *what, const char *which) {
    fprintf(stderr, "feed: %s: %s\n", what, which);
    exit(1);
}

static void
get_text(const cJSON *object, const char *key, char *to, size_t size) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    if (cJSON_IsString(item)) {
        str_clean(to, size, item->valuestring, strlen(item->valuestring));
    }
}

static double
get_real(const cJSON *object, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

static int64_t
get_int(const cJSON *object, const char *key, int64_t missing) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : missing;
}

static bool
get_bool(const cJSON *object, const char *key, bool missing) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsBool(item) ? cJSON_IsTrue(item) : missing;
}

/* The number of a word among the names that `name` gives, below `end`. */
static uint8_t
get_word(const cJSON *object, const char *key, const char *(*name)(unsigned),
         unsigned end) {
    char word[64] = "";

    get_text(object, key, word, sizeof word);
    for (unsigned i = 0; i < end; i++) {
        if (strcmp(name(i), word) == 0) {
            return (uint8_t)i;
        }
    }
    if (word[0] != '\0') {
        fail(key, word);
    }
    return 0;
}

/* The next element of an array, with its index; NULL behind the last one or
 * where the record has no more room. */
static const cJSON *
element(const cJSON *data, const char *key, uint32_t index, uint32_t max) {
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(data, key);

    return index < max ? cJSON_GetArrayItem(array, (int)index) : NULL;
}

static int32_t
get_rgb(const cJSON *object) {
    char text[16] = "";

    get_text(object, "rgb", text, sizeof text);
    return text[0] == '#' ? (int32_t)strtol(text + 1, NULL, 16) : -1;
}

static void
read_lights(const cJSON *data, void *record) {
    struct record_lights *lights = record;
    const cJSON *e;

    while ((e = element(data, "lights", lights->count, LIGHTS_MAX)) != NULL) {
        struct light *light = &lights->lights[lights->count++];

        get_text(e, "id", light->id, sizeof light->id);
        get_text(e, "name", light->name, sizeof light->name);
        get_text(e, "room", light->room, sizeof light->room);
        light->state = get_word(e, "state", light_state_name, LIGHT_STATE_END);
        light->group = get_bool(e, "group", false);
        light->brightness_pct = (int8_t)get_int(e, "brightness", -1);
        light->rgb = get_rgb(e);
        light->kelvin = (int32_t)get_int(e, "kelvin", -1);
    }
    lights->omitted = (uint32_t)get_int(data, "omitted", 0);
}

static void
read_todo(const cJSON *data, void *record) {
    struct record_todo *todo = record;
    const cJSON *e;

    while ((e = element(data, "items", todo->count, TODO_MAX)) != NULL) {
        struct todo_item *item = &todo->items[todo->count++];
        char due[16] = "";

        get_text(e, "text", item->text, sizeof item->text);
        get_text(e, "due", due, sizeof due);
        item->done = get_bool(e, "done", false);
        item->priority = (uint8_t)get_int(e, "priority", 0);
        item->due_s = get_int(e, "due", RECORD_NO_TIME);
        item->completed_s = get_int(e, "completed", RECORD_NO_TIME);
        if (due[0] != '\0' && !calendar_parse_date(due, &item->due_date)) {
            fail("due", due);
        }
    }
    todo->omitted = (uint32_t)get_int(data, "omitted", 0);
}

static void
read_message(const cJSON *data, void *record) {
    struct record_message *message = record;

    get_text(data, "text", message->text, sizeof message->text);
    message->severity =
        get_word(data, "severity", message_severity_name, MESSAGE_SEVERITY_END);
    message->until_s = get_int(data, "until", RECORD_NO_TIME);
}

static void
read_values(const cJSON *data, void *record) {
    struct record_values *values = record;
    const cJSON *e;

    while ((e = element(data, "values", values->count, VALUES_MAX)) != NULL) {
        struct value *value = &values->values[values->count++];
        char state[16] = "ok";

        get_text(e, "id", value->id, sizeof value->id);
        get_text(e, "label", value->label, sizeof value->label);
        get_text(e, "text", value->text, sizeof value->text);
        get_text(e, "unit", value->unit, sizeof value->unit);
        get_text(e, "icon", value->icon, sizeof value->icon);
        get_text(e, "state", state, sizeof state);
        value->number = get_real(e, "number");
        value->state = strcmp(state, "ok") == 0 ? VALUE_OK : VALUE_MISSING;
    }
    values->omitted = (uint32_t)get_int(data, "omitted", 0);
}

static void
read_status(const cJSON *data, void *record) {
    struct record_status *status = record;
    const cJSON *e;

    while ((e = element(data, "sources", status->count, STATUS_SOURCES_MAX)) !=
           NULL) {
        struct source_status *source = &status->sources[status->count++];

        get_text(e, "source", source->source, sizeof source->source);
        get_text(e, "detail", source->detail, sizeof source->detail);
        source->state =
            get_word(e, "state", source_state_name, SOURCE_STATE_END);
        source->since_s = get_int(e, "since", 0);
        source->good_age_s = get_int(e, "good_age_s", -1);
    }
}

static struct weather_sky
get_sky(const cJSON *object) {
    struct weather_sky sky = {
        .kind = get_word(object, "kind", weather_kind_name, WEATHER_KIND_END),
        .level = (uint8_t)get_int(object, "level", 0),
        .is_day = WEATHER_DAY_UNKNOWN,
    };

    if (cJSON_IsBool(cJSON_GetObjectItemCaseSensitive(object, "is_day"))) {
        sky.is_day = get_bool(object, "is_day", false);
    }
    sky.flags |= get_bool(object, "shower", false) ? WEATHER_SHOWER : 0;
    sky.flags |= get_bool(object, "dry", false) ? WEATHER_DRY : 0;
    sky.flags |= get_bool(object, "hail", false) ? WEATHER_WITH_HAIL : 0;
    sky.flags |= get_bool(object, "freezing", false) ? WEATHER_FREEZING : 0;
    return sky;
}

static void
read_now(const cJSON *object, struct weather_now *now) {
    now->time_s = get_int(object, "time", RECORD_NO_TIME);
    now->sky = get_sky(object);
    now->temp_c = get_real(object, "temp_c");
    now->feels_c = get_real(object, "feels_c");
    now->humidity_pct = get_real(object, "humidity_pct");
    now->wind_ms = get_real(object, "wind_ms");
    now->gust_ms = get_real(object, "gust_ms");
    now->wind_from_deg = get_real(object, "wind_from_deg");
    now->precip_mmh = get_real(object, "precip_mmh");
    now->uv = get_real(object, "uv");
}

static void
read_hour(const cJSON *e, struct weather_hour *hour) {
    hour->time_s = get_int(e, "time", RECORD_NO_TIME);
    hour->precip_start_s = get_int(e, "precip_start", hour->time_s - 3600);
    hour->precip_end_s = get_int(e, "precip_end", hour->time_s);
    hour->sky = get_sky(e);
    hour->temp_c = get_real(e, "temp_c");
    hour->precip_mm = get_real(e, "precip_mm");
    hour->pop = get_real(e, "pop");
    hour->wind_ms = get_real(e, "wind_ms");
    hour->gust_ms = get_real(e, "gust_ms");
    hour->uv = get_real(e, "uv");
}

static void
read_day(const cJSON *e, struct weather_day *day) {
    char date[16] = "";

    get_text(e, "date", date, sizeof date);
    if (!calendar_parse_date(date, &day->date)) {
        fail("date", date);
    }
    day->sky = get_sky(e);
    day->min_c = get_real(e, "min_c");
    day->max_c = get_real(e, "max_c");
    day->precip_mm = get_real(e, "precip_mm");
    day->pop = get_real(e, "pop");
    day->uv = get_real(e, "uv");
    day->wind_ms = get_real(e, "wind_ms");
    day->gust_ms = get_real(e, "gust_ms");
    day->sunrise_s = get_int(e, "sunrise", RECORD_NO_TIME);
    day->sunset_s = get_int(e, "sunset", RECORD_NO_TIME);
}

static const char *
alert_name(unsigned severity) {
    static const char *const names[] = {"minor", "moderate", "severe",
                                        "extreme"};

    return names[severity];
}

static void
read_alert(const cJSON *e, struct weather_alert *alert) {
    get_text(e, "title", alert->title, sizeof alert->title);
    alert->severity =
        get_word(e, "severity", alert_name, WEATHER_ALERT_LEVEL_END);
    alert->start_s = get_int(e, "start", RECORD_NO_TIME);
    alert->end_s = get_int(e, "end", RECORD_NO_TIME);
}

static void
read_weather(const cJSON *data, void *record) {
    struct record_weather *w = record;
    const cJSON *e;

    get_text(data, "provider", w->provider, sizeof w->provider);
    get_text(data, "attribution", w->attribution, sizeof w->attribution);
    w->interpolated = get_bool(data, "interpolated", false);
    w->latitude_deg = get_real(data, "latitude");
    w->longitude_deg = get_real(data, "longitude");
    w->issued_s = get_int(data, "issued", RECORD_NO_TIME);
    read_now(cJSON_GetObjectItemCaseSensitive(data, "now"), &w->now);
    while ((e = element(data, "minutes", w->minute_count,
                        WEATHER_MINUTES_MAX)) != NULL) {
        struct weather_minute *minute = &w->minutes[w->minute_count++];

        minute->start_s = get_int(e, "start", RECORD_NO_TIME);
        minute->end_s = get_int(e, "end", RECORD_NO_TIME);
        minute->precip_mmh = get_real(e, "precip_mmh");
    }
    while ((e = element(data, "hours", w->hour_count, WEATHER_HOURS_MAX)) !=
           NULL) {
        read_hour(e, &w->hours[w->hour_count++]);
    }
    while ((e = element(data, "days", w->day_count, WEATHER_DAYS_MAX)) !=
           NULL) {
        read_day(e, &w->days[w->day_count++]);
    }
    while ((e = element(data, "alerts", w->alert_count, WEATHER_ALERTS_MAX)) !=
           NULL) {
        read_alert(e, &w->alerts[w->alert_count++]);
    }
}

static const struct {
    enum record_kind kind;
    void (*read)(const cJSON *data, void *record);
} readers[] = {
    {RECORD_STATUS, read_status},   {RECORD_LIGHTS, read_lights},
    {RECORD_TODO, read_todo},       {RECORD_WEATHER, read_weather},
    {RECORD_MESSAGE, read_message}, {RECORD_VALUES, read_values},
};

static void
send_record(enum record_kind kind, const void *record, uint32_t *sequence) {
    struct pollfd poller = {.fd = CHANNEL_FD, .events = POLLOUT};
    size_t size = record_kind_info(kind)->size;
    enum channel_result result;

    do {
        poll(&poller, 1, -1);
        result =
            channel_send(CHANNEL_FD, sequence, (uint16_t)kind, 0, record, size);
    } while (result == CHANNEL_AGAIN);
    if (result != CHANNEL_OK) {
        exit(0); /* the mirror has seen enough */
    }
}

static void
read_head(const cJSON *object, struct record_head *head) {
    get_text(object, "source", head->source, sizeof head->source);
    get_text(object, "name", head->name, sizeof head->name);
    head->age_s = get_int(object, "age_s", -1);
    head->taken_s = get_int(object, "taken_s", 0);
    head->live = get_bool(object, "live", strcmp(head->source, "weather") != 0);
}

static void
send_line(const char *line, uint32_t *sequence) {
    cJSON *object = cJSON_Parse(line);
    char kind[32] = "";
    void *record = NULL;

    get_text(object, "kind", kind, sizeof kind);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const struct record_kind_info *info = record_kind_info(readers[i].kind);

        if (strcmp(kind, info->name) != 0) {
            continue;
        }
        record = calloc(1, info->size);
        read_head(object, record);
        readers[i].read(cJSON_GetObjectItemCaseSensitive(object, "data"),
                        record);
        if (!record_check(readers[i].kind, record, info->size)) {
            fail("record refused", line);
        }
        send_record(readers[i].kind, record, sequence);
    }
    if (record == NULL) {
        fail("no record", line);
    }
    free(record);
    cJSON_Delete(object);
}

int
main(void) {
    struct pollfd poller = {.fd = CHANNEL_FD, .events = POLLIN};
    const char *path = getenv("GOLDEN_RECORDS");
    char *line = malloc(LINE_MAX_BYTES);
    FILE *file = fopen(path != NULL ? path : "", "r");
    uint32_t sequence = 0;

    if (file == NULL || line == NULL) {
        fail("cannot read GOLDEN_RECORDS", path != NULL ? path : "not set");
        return 1;
    }
    while (fgets(line, LINE_MAX_BYTES, file) != NULL) {
        send_line(line, &sequence);
    }
    fclose(file);
    free(line);
    poll(&poller, 1, -1);
    return 0;
}
