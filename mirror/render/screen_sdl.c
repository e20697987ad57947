/*
 * A window on X11 or Wayland, or whatever video driver SDL_VIDEODRIVER names.
 * SDL is drained, never waited on: our poll() watches the connection to the
 * display server.
 */
#include "render/screen.h"

#include <SDL.h>
#include <SDL_syswm.h>
#include <poll.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/xalloc.h"
#include "render/rect.h"
#include "render/screen_sdl_driver.h"
#include "render/screen_sdl_key.h"

enum {
    RECTS_MAX = 32, /* more damage than that is shown as one rectangle */
    DRAIN_MS = 100, /* for drivers that have no descriptor to watch */
};

struct window {
    SDL_Window *window;   /* owned */
    bool video;           /* SDL's subsystem is up */
    int rotate;           /* a window stands upright; a whole panel is turned */
    struct canvas turned; /* owned; the frame as the panel has it, if rotated */
    int fd;               /* of the display server, -1: none */
    void *wayland;        /* owned: libwayland-client, for its one function */
    struct loop_timer drain;
    bool draining;
};

static void
drain(struct screen *screen);

static void
on_display(void *arg, int fd, short revents) {
    struct screen *screen = arg;

    if ((revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
        loop_remove_fd(screen->loop, fd);
        screen->event(screen->arg, SCREEN_LOST);
    } else {
        drain(screen);
    }
}

static void
on_drain_timer(void *arg) {
    struct screen *screen = arg;
    struct window *window = screen->state;

    if (window->fd < 0) {
        loop_set_timer(screen->loop, &window->drain,
                       clock_monotonic_ms() + DRAIN_MS);
    }
    drain(screen);
}

#ifdef SDL_VIDEO_DRIVER_WAYLAND
static int
wayland_fd(struct window *window, struct wl_display *display) {
    int (*get_fd)(struct wl_display *);

    window->wayland = SDL_LoadObject("libwayland-client.so.0");
    if (window->wayland == NULL) {
        return -1;
    }
    /* The one cast that POSIX promises and C does not. */
    *(void **)&get_fd = SDL_LoadFunction(window->wayland, "wl_display_get_fd");
    return get_fd != NULL ? get_fd(display) : -1;
}
#endif

static int
display_fd(struct window *window) {
    SDL_SysWMinfo info;

    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window->window, &info)) {
        return -1;
    }
    switch (info.subsystem) {
#ifdef SDL_VIDEO_DRIVER_X11
    case SDL_SYSWM_X11: return ConnectionNumber(info.info.x11.display);
#endif
#ifdef SDL_VIDEO_DRIVER_WAYLAND
    case SDL_SYSWM_WAYLAND: return wayland_fd(window, info.info.wl.display);
#endif
    default: return -1;
    }
}

static bool
is_turned(const struct window *window) {
    return window->rotate == ROTATE_90 || window->rotate == ROTATE_270;
}

static int
clamp_side(int px) {
    if (px < CANVAS_SIZE_MIN) {
        return CANVAS_SIZE_MIN;
    }
    return px < CANVAS_SIZE_MAX ? px : CANVAS_SIZE_MAX;
}

static bool
read_size(struct screen *screen) {
    struct window *window = screen->state;
    int width;
    int height;

    SDL_GetWindowSize(window->window, &width, &height);
    width = clamp_side(width);
    height = clamp_side(height);
    screen->width = is_turned(window) ? height : width;
    screen->height = is_turned(window) ? width : height;
    canvas_finish(&window->turned);
    return window->rotate == ROTATE_0 ||
           canvas_init(&window->turned, width, height, screen->depth);
}

static bool
start_video(struct screen *screen) {
    struct window *window = screen->state;

    /* Without this, SDL shows a surface by way of a hidden OpenGL renderer: 82
     * MB and 26 ms a frame instead of 4 MB and 1 ms. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    /* Where there is no session bus, libdbus would start one. */
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
    /* Nobody types: Xlib would read 5,000 lines about accents, which is most
     * of the start, and keep them. */
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    if (!screen_sdl_choose_driver()) {
        return screen_fail(screen, "sdl: no display server");
    }
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return screen_fail(screen, "sdl: no video: %s", SDL_GetError());
    }
    window->video = true;
    return true;
}

static bool
make_window(struct screen *screen) {
    struct window *window = screen->state;
    bool whole = screen->want_width == 0;
    SDL_Rect area = {0, 0, screen->want_width, screen->want_height};
    Uint32 flags =
        SDL_WINDOW_RESIZABLE | (whole ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0u);

    if (!start_video(screen)) {
        return false;
    }
    SDL_DisableScreenSaver();
    SDL_StopTextInput();
    if (whole && SDL_GetDisplayBounds(0, &area) != 0) {
        return screen_fail(screen, "sdl: no display: %s", SDL_GetError());
    }
    /* The full size from the start: without a window manager nobody else
     * would make it so. */
    window->window = SDL_CreateWindow(
        "Mirror", whole ? area.x : (int)SDL_WINDOWPOS_UNDEFINED,
        whole ? area.y : (int)SDL_WINDOWPOS_UNDEFINED, area.w, area.h, flags);
    if (window->window == NULL) {
        return screen_fail(screen, "sdl: no window: %s", SDL_GetError());
    }
    SDL_SetWindowMinimumSize(window->window, CANVAS_SIZE_MIN, CANVAS_SIZE_MIN);
    SDL_ShowCursor(whole ? SDL_DISABLE : SDL_ENABLE);
    return true;
}

static void
watch(struct screen *screen) {
    struct window *window = screen->state;

    window->fd = display_fd(window);
    if (window->fd >= 0) {
        loop_add_fd(screen->loop, window->fd, POLLIN, on_display, screen);
    }
    /* Also once at first: SDL may have read events while it opened. */
    loop_set_timer(screen->loop, &window->drain, clock_monotonic_ms());
}

static bool
sdl_open(struct screen *screen, const struct screen_settings *settings) {
    struct window *window = xcalloc(1, sizeof *window);

    screen->state = window;
    window->fd = -1;
    screen->depth = settings->depth;
    window->drain = (struct loop_timer){.fn = on_drain_timer, .arg = screen};
    window->rotate = screen->want_width == 0 ? settings->rotate : ROTATE_0;
    if (!make_window(screen) || !read_size(screen)) {
        return false;
    }
    watch(screen);
    return true;
}

static void
sdl_close(struct screen *screen) {
    struct window *window = screen->state;

    if (window == NULL) {
        return;
    }
    if (window->fd >= 0) {
        loop_remove_fd(screen->loop, window->fd);
    }
    loop_cancel_timer(screen->loop, &window->drain);
    if (window->window != NULL) {
        SDL_DestroyWindow(window->window);
    }
    if (window->video) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    if (window->wayland != NULL) {
        SDL_UnloadObject(window->wayland);
    }
    canvas_finish(&window->turned);
    free(window);
}

static void
toggle_fullscreen(struct window *window) {
    Uint32 whole = SDL_WINDOW_FULLSCREEN_DESKTOP;
    bool is = (SDL_GetWindowFlags(window->window) & whole) == whole;

    SDL_SetWindowFullscreen(window->window, is ? 0 : whole);
    SDL_ShowCursor(is ? SDL_ENABLE : SDL_DISABLE);
}

static void
serve_key(struct screen *screen, const SDL_Keysym *sym) {
    switch (sym->sym) {
    case SDLK_ESCAPE:
    case SDLK_q: screen->event(screen->arg, SCREEN_CLOSED); break;
    case SDLK_F11:
    case SDLK_f: toggle_fullscreen(screen->state); break;
    default:
        if (screen_sdl_key(sym, &screen->key)) {
            screen->event(screen->arg, SCREEN_KEY);
        }
        break;
    }
}

static void
serve_window(struct screen *screen, Uint8 event) {
    switch (event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        screen->event(screen->arg,
                      read_size(screen) ? SCREEN_RESIZED : SCREEN_LOST);
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        screen->event(screen->arg, SCREEN_EXPOSED);
        break;
    default: break;
    }
}

static void
drain(struct screen *screen) {
    struct window *window = screen->state;
    SDL_Event event;

    if (window->draining) {
        return; /* an event presents, and presenting drains */
    }
    window->draining = true;
    while (SDL_PollEvent(&event)) {
        switch (event.type) {
        case SDL_QUIT: screen->event(screen->arg, SCREEN_CLOSED); break;
        case SDL_KEYDOWN: serve_key(screen, &event.key.keysym); break;
        case SDL_WINDOWEVENT: serve_window(screen, event.window.event); break;
        default: break;
        }
    }
    window->draining = false;
}

/* Copies one rectangle of the panel into the window's surface. */
static void
copy_rect(const struct canvas *from, SDL_Surface *to, struct rect area) {
    Uint32 format = from->depth == DEPTH_16 ? SDL_PIXELFORMAT_RGB565
                                            : SDL_PIXELFORMAT_RGB888;
    const char *source = (const char *)from->pixels +
                         (size_t)area.y * from->stride +
                         (size_t)(area.x * canvas_bytes(from));
    char *target = (char *)to->pixels + (size_t)area.y * to->pitch +
                   (size_t)area.x * to->format->BytesPerPixel;

    SDL_ConvertPixels(area.w, area.h, format, source, from->stride,
                      to->format->format, target, to->pitch);
}

/* One rectangle of the frame; returns where it is in the window. */
static struct rect
copy_out(struct window *window, const struct canvas *canvas,
         SDL_Surface *surface, struct rect area) {
    struct rect whole = {0, 0, surface->w, surface->h};
    const struct canvas *from = canvas;

    if (window->rotate != ROTATE_0) {
        area = rotate_copy(canvas, area, window->rotate, window->turned.pixels,
                           window->turned.stride);
        from = &window->turned;
    }
    area = rect_intersect(area, whole);
    if (!rect_empty(area)) {
        copy_rect(from, surface, area);
    }
    return area;
}

static size_t
copy_damage(struct window *window, const struct canvas *canvas,
            SDL_Surface *surface, pixman_region32_t *damage,
            SDL_Rect rects[RECTS_MAX]) {
    int count;
    const pixman_box32_t *boxes = pixman_region32_rectangles(damage, &count);
    size_t used = 0;

    if (count > RECTS_MAX) {
        boxes = pixman_region32_extents(damage);
        count = 1;
    }
    for (int i = 0; i < count; i++) {
        struct rect area = {boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
                            boxes[i].y2 - boxes[i].y1};

        area = copy_out(window, canvas, surface, area);
        if (!rect_empty(area)) {
            rects[used++] = (SDL_Rect){area.x, area.y, area.w, area.h};
        }
    }
    return used;
}

static bool
sdl_present(struct screen *screen, const struct canvas *canvas,
            pixman_region32_t *damage) {
    struct window *window = screen->state;
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    SDL_Rect rects[RECTS_MAX];
    size_t count;

    if (surface == NULL) {
        return screen_fail(screen, "sdl: no surface: %s", SDL_GetError());
    }
    count = copy_damage(window, canvas, surface, damage, rects);
    if (count > 0 &&
        SDL_UpdateWindowSurfaceRects(window->window, rects, (int)count) != 0) {
        return screen_fail(screen, "sdl: %s", SDL_GetError());
    }
    /* Talking to the server may have read its events already, and then the
     * descriptor will not say so. */
    loop_set_timer(screen->loop, &window->drain, clock_monotonic_ms());
    return true;
}

const struct screen_type screen_sdl = {
    .name = "sdl",
    .open = sdl_open,
    .close = sdl_close,
    .present = sdl_present,
};
