/*
 * Starts mirror-fetch with one end of a new channel as its descriptor 3: the
 * same place where systemd puts an accepted connection, so that the program
 * needs no code for the difference.
 */
#ifndef MIRROR_RENDER_SPAWN_H
#define MIRROR_RENDER_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct spawned {
    pid_t pid;
    int pid_fd;  /* readable when the child has ended */
    int channel; /* our end, SOCK_SEQPACKET */
};

/*
 * Starts `program` (searched in PATH if it has no '/') with "-c config_path",
 * or without arguments if that is NULL. The child has no other descriptor of
 * ours but standard error, and gets SIGTERM when this process ends. Returns
 * false, having logged why, if there is no process or no descriptor left; a
 * program that cannot be executed shows as a child that ends with 127.
 */
bool
spawn_fetch(const char *program, const char *config_path,
            struct spawned *ret_spawned);

/* Connects to a socket on which somebody starts mirror-fetch for each
 * connection. Returns the descriptor, or -1 with errno set. */
int
spawn_connect(const char *socket_path);

#endif
