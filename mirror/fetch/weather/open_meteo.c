#include "fetch/weather/open_meteo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/str.h"
#include "common/xalloc.h"
#include "fetch/schedule.h"
#include "fetch/weather/open_meteo_parse.h"

enum {
    FIRST_POLL_MAX_MS = 3000, /* after a power cut mirrors start together */
    WAKE_APART_MS = 1000,     /* a network that comes up reports many times */
};

#define DEFAULT_BASE "https://api.open-meteo.com"
#define PATH         "/v1/forecast"

/*
 * Units and times are said, though some are the server's default: the reply's
 * own words about them are checked. 28 variables count as 2.8 requests. What
 * is asked for here is what open_meteo_parse.c reads.
 */
static const char query[] =
    "&timezone=auto&timeformat=unixtime"
    "&temperature_unit=celsius&wind_speed_unit=ms&precipitation_unit=mm"
    "&current=temperature_2m,apparent_temperature,relative_humidity_2m,is_day,"
    "precipitation,weather_code,wind_speed_10m,wind_direction_10m,"
    "wind_gusts_10m"
    "&minutely_15=precipitation&forecast_minutely_15=16"
    "&hourly=temperature_2m,precipitation,precipitation_probability,"
    "weather_code,wind_speed_10m,wind_gusts_10m,is_day,uv_index"
    "&forecast_hours=48"
    "&daily=weather_code,temperature_2m_max,temperature_2m_min,sunrise,sunset,"
    "uv_index_max,precipitation_sum,precipitation_probability_max,"
    "wind_speed_10m_max,wind_gusts_10m_max"
    "&forecast_days=8";

static const char source_name[] = "weather";

struct open_meteo {
    struct source_env env;
    struct address_policy policy;
    struct http_request *request; /* owned while it runs */
    struct loop_timer timer;      /* the next request */
    struct backoff backoff;
    enum source_state state;
    int64_t started_ms; /* monotonic: the last request */
    char url[OPEN_METEO_URL_MAX];
    char odd[RECORD_TEXT_MAX]; /* the oddity that was last logged */
};

static uint32_t
random_number(void) {
    uint32_t number = 0;

    if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
        number = (uint32_t)clock_monotonic_ms() * 2654435761U;
    }
    return number;
}

static size_t
base_length(const char *base) {
    size_t length = strlen(base);

    while (length > 0 && base[length - 1] == '/') {
        length--;
    }
    /* People copy the whole address from the documentation. */
    if (length > strlen(PATH) &&
        memcmp(base + length - strlen(PATH), PATH, strlen(PATH)) == 0) {
        length -= strlen(PATH);
    }
    return length;
}

bool
open_meteo_url(const struct settings *settings, char *url, size_t size) {
    const struct weather_settings *weather = &settings->weather;
    const char *base = weather->url[0] != '\0' ? weather->url : DEFAULT_BASE;
    char elevation[32] = "";
    char models[80] = "";
    int length;

    if (!isnan(weather->elevation_m)) {
        snprintf(elevation, sizeof elevation, "&elevation=%.0f",
                 weather->elevation_m);
    }
    if (weather->models[0] != '\0') {
        snprintf(models, sizeof models, "&models=%s", weather->models);
    }
    /* Four decimals are eleven metres: nobody needs to know more. */
    length = snprintf(url, size, "%.*s%s?latitude=%.4f&longitude=%.4f%s%s%s",
                      (int)base_length(base), base, PATH,
                      settings->mirror.location[0],
                      settings->mirror.location[1], elevation, models, query);
    return length > 0 && (size_t)length < size;
}

static void
plan(struct open_meteo *source, int64_t delay_ms) {
    loop_set_timer(source->env.loop, &source->timer,
                   delay_ms == SCHEDULE_NEVER
                       ? CLOCK_NEVER
                       : clock_monotonic_ms() + delay_ms);
}

static void
plan_after(struct open_meteo *source, enum source_state state,
           int retry_after_s) {
    bool counts_anew = (state == SOURCE_LIMIT || state == SOURCE_CONFIG) &&
                       state != source->state;
    int64_t delay_ms;

    /* A night without network is no reason to take the first "too many
     * requests" for the tenth. */
    if (state == SOURCE_OK || counts_anew) {
        backoff_reset(&source->backoff);
    }
    if (state == SOURCE_OK) {
        delay_ms =
            schedule_poll_ms(source->env.settings->weather.poll_s,
                             clock_now().wall_ms / 1000, random_number());
    } else {
        delay_ms = backoff_weather_ms(&source->backoff, state, retry_after_s,
                                      random_number());
    }
    source->state = state;
    plan(source, delay_ms);
}

/* The same oddity every quarter of an hour is one line in the log. */
static void
log_odd(struct open_meteo *source, const char *odd) {
    char escaped[LOG_TEXT_MAX];

    if (strcmp(source->odd, odd) == 0) {
        return;
    }
    str_copy(source->odd, sizeof source->odd, odd);
    if (odd[0] != '\0') {
        log_warning("weather: odd reply: %s", log_escape(escaped, odd));
    }
}

/* Gives the weather on. Returns false, with the reason, if it is none: what
 * was given before stays. */
static bool
take_weather(struct open_meteo *source, const struct http_reply *reply,
             char note[RECORD_TEXT_MAX]) {
    const struct settings *settings = source->env.settings;
    struct open_meteo_asked asked = {
        .now_s = clock_now().wall_ms / 1000,
        .latitude_deg = settings->mirror.location[0],
        .longitude_deg = settings->mirror.location[1],
        .one_model = settings->weather.models[0] != '\0',
    };
    struct record_weather weather;

    if (!open_meteo_parse(&asked, reply->body, reply->size, &weather, note)) {
        return false;
    }
    log_odd(source, note);
    outbox_status(source->env.outbox, source_name, SOURCE_OK, "");
    outbox_put(source->env.outbox, RECORD_WEATHER, &weather);
    return true;
}

static void
finish_poll(void *arg, const struct http_reply *reply) {
    struct open_meteo *source = arg;
    char reason[RECORD_TEXT_MAX] = "";
    char detail[RECORD_TEXT_MAX * 2];
    enum source_state state = reply->state;

    source->request = NULL;
    if (state == SOURCE_OK && take_weather(source, reply, reason)) {
        plan_after(source, SOURCE_OK, -1);
        return;
    }
    if (state == SOURCE_OK) {
        state = SOURCE_BAD_REPLY;
        str_copy(detail, sizeof detail, reason);
    } else if (open_meteo_reason(reply->body, reply->size, reason)) {
        snprintf(detail, sizeof detail, "%s: %s", reply->detail, reason);
    } else {
        str_copy(detail, sizeof detail, reply->detail);
    }
    outbox_status(source->env.outbox, source_name, state, detail);
    plan_after(source, state, reply->retry_after_s);
}

static void
poll_now(void *arg) {
    struct open_meteo *source = arg;
    struct http_ask ask = {
        .url = source->url,
        .accept = "application/json",
        .policy = &source->policy,
        .max_bytes = HTTP_WEATHER_MAX,
        .timeout_ms = HTTP_TIMEOUT_MS,
        .done = finish_poll,
        .arg = source,
    };

    source->started_ms = clock_monotonic_ms();
    source->request = http_start(source->env.http, &ask);
    if (source->request == NULL) {
        outbox_status(source->env.outbox, source_name, SOURCE_CONFIG,
                      "the request cannot be sent");
        plan_after(source, SOURCE_CONFIG, -1);
    }
}

static bool
open_meteo_wanted(const struct settings *settings) {
    return settings->weather.present &&
           settings->weather.provider == PROVIDER_OPEN_METEO;
}

static void
open_meteo_destroy(void *arg) {
    struct open_meteo *source = arg;

    if (source == NULL) {
        return;
    }
    loop_cancel_timer(source->env.loop, &source->timer);
    http_cancel(source->request);
    free(source);
}

static void *
open_meteo_create(const struct source_env *env) {
    struct open_meteo *source = xcalloc(1, sizeof *source);

    source->env = *env;
    source->state = SOURCE_CONNECTING;
    source->timer.fn = poll_now;
    source->timer.arg = source;
    if (!open_meteo_url(env->settings, source->url, sizeof source->url)) {
        log_error("weather: the URL is too long");
        goto fail;
    }
    address_policy_weather(&source->policy, source->url);
    if (!address_url_allowed(&source->policy, source->url)) {
        log_error("weather: the URL must be https, or http to a host at "
                  "home");
        goto fail;
    }
    outbox_status(env->outbox, source_name, SOURCE_CONNECTING, "");
    plan(source, random_number() % (FIRST_POLL_MAX_MS + 1));
    return source;

fail:
    outbox_status(env->outbox, source_name, SOURCE_CONFIG,
                  "[weather] url is not allowed");
    open_meteo_destroy(source);
    return NULL;
}

/* What the way to the host may have been the reason for, or the clock. */
static bool
waits_for_network(enum source_state state) {
    return state == SOURCE_CONNECTING || state == SOURCE_OFFLINE ||
           state == SOURCE_NO_CLOCK || state == SOURCE_CERTIFICATE;
}

static void
open_meteo_wake(void *arg) {
    struct open_meteo *source = arg;
    int64_t passed_ms = clock_monotonic_ms() - source->started_ms;

    if (!waits_for_network(source->state)) {
        return;
    }
    backoff_reset(&source->backoff);
    if (passed_ms < WAKE_APART_MS) {
        if (source->request == NULL) {
            plan(source, WAKE_APART_MS - passed_ms);
        }
        return;
    }
    /* One that set out before the network was there may hang for long. */
    http_cancel(source->request);
    source->request = NULL;
    plan(source, 0);
}

const struct source_type open_meteo_source = {
    .name = source_name,
    .wanted = open_meteo_wanted,
    .create = open_meteo_create,
    .destroy = open_meteo_destroy,
    .wake = open_meteo_wake,
};
