/* What the parts of the running mirror share; see app.h. */
#ifndef MIRROR_RENDER_APP_PRIVATE_H
#define MIRROR_RENDER_APP_PRIVATE_H

#include "common/loop.h"
#include "common/zone.h"
#include "render/app.h"
#include "render/console.h"
#include "render/design.h"
#include "render/facts.h"
#include "render/fetcher.h"
#include "render/frame.h"
#include "render/notice.h"
#include "render/page.h"
#include "render/screen.h"

struct app {
    const struct app_options *options; /* borrowed */
    struct loop *loop;
    struct facts *facts;
    struct fetcher *fetcher;
    struct text *text;
    struct page page;
    struct theme theme; /* of the page, on this panel */
    struct frame frame;
    struct screen screen;
    struct notice notice;
    struct machine machine;
    struct loop_timer look; /* at the machine */
    int config_line; /* a refused config: its line, -1: without one; 0: none */

    /* Drawing */
    struct loop_timer draw;
    struct drift drift;
    int64_t drawn_ms;  /* monotonic, of the last draw */
    int64_t next_ms;   /* wall time of the next change by itself */
    int64_t notice_ms; /* monotonic, of the next change of the notice */
    bool dirty;        /* a fact, the page or the size changed */
    bool sudden;       /* not only a fact: it is shown without a fade */
    bool shown;        /* a picture was shown, ever */
    bool told_ready;   /* the service manager knows */
    struct zone_file zone;
    int64_t wall_ahead_ms; /* of the monotonic clock, when last looked at */

    /* For the person who designs */
    struct design design;
    struct loop_timer flash; /* the end of what marks the damage */

    /* The display */
    bool screen_shown;       /* it has had a picture since it was opened */
    bool away;               /* another virtual terminal is seen */
    bool night;              /* the theme is the night's */
    bool asleep;             /* it is not one of the hours to be on */
    struct loop_timer retry; /* while there is none */
    struct loop_timer watch; /* while there is one */
    struct loop_timer power; /* the next time `asleep` or `night` may change */
    struct console console;
    int64_t give_up_ms; /* monotonic */

    /* The config file */
    struct loop_timer reload;
    struct loop_timer reread; /* of a config that could not be read */
    int watch_fd;             /* inotify; -1: none */

    struct loop_timer watchdog;
    struct loop_timer rest; /* what the start alone needed can go */
    int exit_code;
};

/* app_draw.c: the picture */

/* Draws everything soon: now, or when 1/30 s has passed since the last. */
void
app_changed(struct app *app);

/* The same for what a source said: if that is all, it comes by a fade. */
void
app_fact_changed(struct app *app);

/* Shows the damage of the frame, if there is a screen and anything drawn. */
void
app_present(struct app *app);

/* Sets the draw timer to the earliest cause. */
void
app_arm_draw(struct app *app);
void
app_on_draw(void *arg);

/* The start is over: see common/working_set.h. */
void
app_on_rest(void *unused);

/* What time it is for the picture. */
struct moment
app_now(const struct app *app);

/* app_design.c: the keys of a window */
void
app_on_key(struct app *app, enum screen_key key);

/* A frame was composed: marks its damage for a while, if that is wanted. */
void
app_mark_damage(struct app *app);
void
app_on_flash(void *arg);

/* app_screen.c: the display */

/* Which it is to be: by the command line, the config, or what is there. */
const struct screen_type *
app_screen_type(const struct app *app);

/* Opens it, now or in 5 s. */
void
app_open_screen(struct app *app);

/* The display is gone: open it again. Now, if it has ever shown anything or
 * has another mode or depth to try, else in 5 s. */
void
app_lose_screen(struct app *app);

/* Another one is wanted. */
void
app_change_screen(struct app *app);

/* A picture was shown. */
void
app_screen_worked(struct app *app);

/* For struct console: another virtual terminal is seen, or ours again. */
void
app_on_console(void *arg, bool active);

/* Looks now and then whether the display is still the same. */
void
app_on_screen_watch(void *arg);

/* Looks half a minute from now, and not before unless it is told. */
void
app_put_off_look(struct app *app);

/* SIGWINCH: a display was plugged in or out, or a backlight came. */
void
app_on_plug(void *arg, int number);

/* The sizes of the page's theme on the panel there is. */
void
app_fit_theme(struct app *app);

/* app_power.c: on and off */

/* Switches the display, and the theme between day and night, if its time has
 * come; call it when the clock, the shown time or the config changed. */
void
app_update_power(struct app *app);
void
app_on_power(void *arg);

/* The backlight as the config has it. */
void
app_set_brightness(struct app *app);

/* The same, and off if it has to be: it came, or may be written only now. */
void
app_settle_backlight(struct app *app);

/* A screen was opened: off or bright, as it has to be. */
void
app_settle_power(struct app *app);

/* app_config.c: the config while running */

/* Reads the config; a file with mistakes changes nothing but the notice. */
void
app_reload(struct app *app);

/* Asks for that in a minute if the file could not be read for want of
 * something that may be there again. */
void
app_read_again(struct app *app, const struct config *config);

/* Reads the config in a tenth of a second, once for all who ask until then. */
void
app_reload_soon(struct app *app);

/* Reloads when the file is saved. Without inotify it is only SIGHUP. */
void
app_watch_config(struct app *app);
void
app_unwatch_config(struct app *app);

/* Ends the loop with this exit code. */
void
app_stop(struct app *app, int exit_code);

#endif
