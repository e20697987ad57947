/* mirror-fetch: talks to the hub and the weather host, and writes what they
 * say to the channel on descriptor 3, or to standard output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/config.h"
#include "common/log.h"
#include "common/loop.h"
#include "common/xalloc.h"
#include "fetch/arguments.h"
#include "fetch/cache.h"
#include "fetch/environment.h"
#include "fetch/http.h"
#include "fetch/json.h"
#include "fetch/netwatch.h"
#include "fetch/outbox.h"
#include "fetch/sandbox.h"
#include "fetch/selftest.h"
#include "fetch/source.h"
#include "fetch/token.h"
#include "model/settings.h"

enum {
    EXIT_USAGE = 64,
    EXIT_OS = 71,
    /* Of 64 MiB in all: 16 go to a list's items, 18 to the streams' longest
     * lines and events, 6 to bodies, TLS and the rest. */
    JSON_HEAP_MAX = 24 * 1024 * 1024,
    SOURCES_MAX = 8,
};

static const char usage[] =
    "usage: mirror-fetch [-c FILE] [--print [--for=SECONDS]] [--no-sandbox] | "
    "--selftest | --help | --version\n";

static const char help[] =
    "Asks the hub and the weather host, and hands what they say to mirror.\n"
    "\n"
    "  -c FILE         the config (" SETTINGS_DEFAULT_PATH ")\n"
    "  --print         write every record as one JSON line\n"
    "  --for=SECONDS   with --print: end after so long\n"
    "  --selftest      try what the sandbox forbids; exit 0 if all was denied\n"
    "  --no-sandbox    give nothing up, where emulators and debuggers need it\n"
    "\n"
    "Without --print descriptor 3 is the channel to mirror.\n";

struct fetch {
    struct loop *loop;
    struct http *http;
    struct outbox *outbox;
    struct cache *cache; /* NULL: none */
    struct netwatch *netwatch;
    struct settings settings;
    char token[TOKEN_MAX];
    struct source_env env;
    struct loop_timer end; /* of --for */
    struct {
        const struct source_type *type;
        void *source;
    } sources[SOURCES_MAX];
    size_t source_count;
    bool mute; /* what should be printed cannot be written */
};

/* Every problem is logged, and whatever is good is used. Returns false if there
 * is a file that may be read at another try. */
static bool
read_settings(struct settings *settings, const char *path) {
    struct config config = {0};
    bool read;

    if (path == NULL && access(SETTINGS_DEFAULT_PATH, F_OK) != 0) {
        settings_init(settings);
        return true;
    }
    config_load(&config, path != NULL ? path : SETTINGS_DEFAULT_PATH);
    settings_read(settings, &config);
    for (size_t i = 0; i < config.error_count; i++) {
        log_error("%s", config.errors[i]);
    }
    read = !config.unread;
    config_finish(&config);
    return read;
}

static void
read_token(struct fetch *fetch, const char *config_path) {
    const char *name = fetch->settings.hub.token_file;

    if (fetch->settings.hub.present && name[0] != '\0') {
        token_read(fetch->token, name,
                   config_path != NULL ? config_path : SETTINGS_DEFAULT_PATH,
                   getenv("CREDENTIALS_DIRECTORY"));
    }
}

static void
stop(void *arg) {
    struct fetch *fetch = arg;

    loop_stop(fetch->loop);
}

/* Nobody hears any more: of a channel that is the mirror's end, and all is
 * well; of a file it is not. */
static void
output_lost(void *arg) {
    struct fetch *fetch = arg;

    fetch->mute = true;
    loop_stop(fetch->loop);
}

static void
on_signal(void *arg, int signal) {
    (void)signal;
    stop(arg);
}

/* A new route or another time of day: whoever waits for either tries anew. */
static void
wake_sources(void *arg) {
    struct fetch *fetch = arg;

    cache_clock_set(fetch->cache);
    for (size_t i = 0; i < fetch->source_count; i++) {
        if (fetch->sources[i].type->wake != NULL) {
            fetch->sources[i].type->wake(fetch->sources[i].source);
        }
    }
}

static void
start_sources(struct fetch *fetch) {
    for (size_t i = 0; source_types[i] != NULL; i++) {
        const struct source_type *type = source_types[i];
        void *source;

        if (fetch->source_count == SOURCES_MAX ||
            !type->wanted(&fetch->settings)) {
            continue;
        }
        source = type->create(&fetch->env);
        if (source != NULL) {
            fetch->sources[fetch->source_count].type = type;
            fetch->sources[fetch->source_count++].source = source;
        }
    }
}

/* From here on whatever is read may be hostile. */
static bool
shut_in(const struct arguments *arguments, const struct settings *settings) {
    struct sandbox_options options = {
        .cache = getenv("STATE_DIRECTORY"),
        .ca_file = settings->hub.present ? settings->hub.ca_file : "",
    };

    if (arguments->no_sandbox) {
        log_warning("sandbox: none, as --no-sandbox says");
        return true;
    }
    return sandbox_apply(&options);
}

static bool
start(struct fetch *fetch, const struct arguments *arguments) {
    fetch->loop = loop_create();
    if (fetch->loop == NULL ||
        !loop_add_signal(fetch->loop, SIGTERM, on_signal, fetch) ||
        !loop_add_signal(fetch->loop, SIGINT, on_signal, fetch) ||
        !loop_watch_clock(fetch->loop, wake_sources, fetch)) {
        return false;
    }
    fetch->http = http_create(fetch->loop, "mirror/" MIRROR_VERSION);
    if (fetch->http == NULL) {
        return false;
    }
    if (!shut_in(arguments, &fetch->settings)) {
        return false;
    }
    fetch->outbox =
        outbox_create(fetch->loop, arguments->print ? -1 : CHANNEL_FD,
                      arguments->print ? output_lost : stop, fetch);
    fetch->cache = cache_create(
        fetch->loop, fetch->outbox,
        &(struct cache_options){.directory = getenv("STATE_DIRECTORY"),
                                .settings = &fetch->settings});
    fetch->netwatch = netwatch_create(fetch->loop, wake_sources, fetch);
    fetch->env = (struct source_env){fetch->loop, fetch->http, fetch->outbox,
                                     &fetch->settings, fetch->token};
    if (arguments->for_s > 0) {
        fetch->end.fn = stop;
        fetch->end.arg = fetch;
        loop_set_timer(fetch->loop, &fetch->end,
                       clock_monotonic_ms() + arguments->for_s * 1000);
    }
    start_sources(fetch);
    return true;
}

static void
finish(struct fetch *fetch) {
    cache_destroy(fetch->cache);
    while (fetch->source_count > 0) {
        fetch->source_count--;
        fetch->sources[fetch->source_count].type->destroy(
            fetch->sources[fetch->source_count].source);
    }
    netwatch_destroy(fetch->netwatch);
    outbox_destroy(fetch->outbox);
    http_destroy(fetch->http);
    loop_destroy(fetch->loop);
    token_wipe(fetch->token);
    free(fetch);
}

static int
run(const struct arguments *arguments) {
    struct fetch *fetch = xcalloc(1, sizeof *fetch);
    bool good;

    good = read_settings(&fetch->settings, arguments->config_path);
    read_token(fetch, arguments->config_path);
    json_limit_heap(JSON_HEAP_MAX);
    good = good && start(fetch, arguments) && loop_run(fetch->loop) &&
           !fetch->mute;
    finish(fetch);
    return good ? EXIT_SUCCESS : EXIT_OS;
}

static int
test_sandbox(void) {
    struct sandbox_options options = {
        .cache = getenv("STATE_DIRECTORY"),
        .ca_file = "",
    };

    selftest_become_user();
    if (!sandbox_apply(&options)) {
        return EXIT_OS;
    }
    return selftest_run() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv) {
    struct arguments arguments;

    environment_open_standard();
    environment_clean();
    log_open("mirror-fetch", LOG_LEVEL_INFO);
    switch (arguments_read(&arguments, argc, argv)) {
    case ARGUMENTS_RUN: break;
    case ARGUMENTS_HELP: printf("%s\n%s", usage, help); return EXIT_SUCCESS;
    case ARGUMENTS_VERSION:
        puts("mirror-fetch " MIRROR_VERSION);
        return EXIT_SUCCESS;
    case ARGUMENTS_WRONG: fputs(usage, stderr); return EXIT_USAGE;
    }
    if (arguments.selftest) {
        return test_sandbox();
    }
    if (!arguments.print && !environment_is_channel(CHANNEL_FD)) {
        log_error("descriptor %d is no channel to mirror; try --print",
                  CHANNEL_FD);
        return EXIT_USAGE;
    }
    environment_close_from(arguments.print ? CHANNEL_FD : CHANNEL_FD + 1);
    return run(&arguments);
}
