#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "fetch/token.h"

/* A folder with a config's place and a credentials folder in it. */
struct place {
    char folder[64];
    char config[96];
    char credentials[96];
};

static int
setup(void **state) {
    struct place *place = calloc(1, sizeof *place);

    log_open("", LOG_LEVEL_NONE);
    if (place == NULL) {
        return -1;
    }
    snprintf(place->folder, sizeof place->folder, "/tmp/mirror-token-XXXXXX");
    if (mkdtemp(place->folder) == NULL) {
        return -1;
    }
    snprintf(place->config, sizeof place->config, "%s/mirror.conf",
             place->folder);
    snprintf(place->credentials, sizeof place->credentials, "%s/credentials",
             place->folder);
    *state = place;
    return mkdir(place->credentials, 0700);
}

static void
path_of(const struct place *place, const char *name, char path[160]) {
    snprintf(path, 160, "%s/%s", place->folder, name);
}

static int
teardown(void **state) {
    static const char *const names[] = {"token", "fifo", "other",
                                        "credentials/token"};
    struct place *place = *state;
    char path[160];

    for (size_t i = 0; i < COUNT(names); i++) {
        path_of(place, names[i], path);
        unlink(path);
    }
    rmdir(place->credentials);
    rmdir(place->folder);
    free(place);
    return 0;
}

static void
write_token(const struct place *place, const char *name, const char *bytes,
            size_t size, mode_t mode) {
    char path[160];
    int fd;

    path_of(place, name, path);
    unlink(path);
    fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void
bytes_of_a_token(void **state) {
    static const struct {
        const char *bytes;
        const char *token; /* NULL: refused */
    } cases[] = {
        {"oh.mirror.abc", "oh.mirror.abc"},
        {"oh.mirror.abc\n", "oh.mirror.abc"},
        {"oh.mirror.abc\r\n", "oh.mirror.abc"},
        {"!~\n\n", "!~"},
        {"", NULL},
        {"\n", NULL},
        {"two words", NULL},
        {" abc", NULL},
        {"abc \n", NULL},
        {"abc\tdef", NULL},
        {"abc\r\nX-Evil: 1", NULL},
        {"abc\x7f", NULL},
        {"abc\xc3\xa4", NULL},
    };
    struct place *place = *state;
    char token[TOKEN_MAX];

    for (size_t i = 0; i < COUNT(cases); i++) {
        bool good;

        write_token(place, "token", cases[i].bytes, strlen(cases[i].bytes),
                    0600);
        good = token_read(token, "token", place->config, NULL);
        assert_int_equal(good, cases[i].token != NULL);
        assert_string_equal(token, good ? cases[i].token : "");
    }
    write_token(place, "token", "a\0b", 3, 0600);
    assert_false(token_read(token, "token", place->config, NULL));
}

static void
length_has_two_sides(void **state) {
    struct place *place = *state;
    char bytes[TOKEN_MAX + 1];
    char token[TOKEN_MAX];

    memset(bytes, 'x', sizeof bytes);
    write_token(place, "token", bytes, TOKEN_MAX - 1, 0600);
    assert_true(token_read(token, "token", place->config, NULL));
    assert_int_equal(strlen(token), TOKEN_MAX - 1);
    write_token(place, "token", bytes, TOKEN_MAX, 0600);
    assert_false(token_read(token, "token", place->config, NULL));
    assert_string_equal(token, "");
}

static void
others_may_not_read_it(void **state) {
    static const struct {
        mode_t mode;
        bool good;
    } cases[] = {{0600, true},  {0400, true},  {0640, false}, {0604, false},
                 {0644, false}, {0660, false}, {0602, false}};
    struct place *place = *state;
    char token[TOKEN_MAX];

    for (size_t i = 0; i < COUNT(cases); i++) {
        write_token(place, "token", "abc\n", 4, cases[i].mode);
        assert_int_equal(token_read(token, "token", place->config, NULL),
                         cases[i].good);
    }
}

static void
where_a_token_is_looked_for(void **state) {
    struct place *place = *state;
    char path[160];
    char token[TOKEN_MAX];

    write_token(place, "token", "beside\n", 7, 0600);
    assert_true(token_read(token, "token", place->config, place->credentials));
    assert_string_equal(token, "beside");
    /* A credential comes first; its folder is its fence (systemd.exec(5)). */
    write_token(place, "credentials/token", "credential", 10, 0440);
    assert_true(token_read(token, "token", place->config, place->credentials));
    assert_string_equal(token, "credential");
    /* mirror-fetch@.service says so where there is no token. */
    write_token(place, "credentials/token", "\n", 1, 0440);
    assert_true(token_read(token, "token", place->config, place->credentials));
    assert_string_equal(token, "beside");
    write_token(place, "credentials/token", "ab", 2, 0440);
    assert_true(token_read(token, "token", place->config, place->credentials));
    assert_string_equal(token, "ab");
    path_of(place, "token", path);
    assert_true(
        token_read(token, path, "/nowhere/mirror.conf", place->credentials));
    assert_string_equal(token, "beside");
    assert_false(
        token_read(token, "nothing", place->config, place->credentials));
    assert_false(token_read(token, "/nowhere/token", place->config, NULL));
}

static void
only_files_are_read(void **state) {
    struct place *place = *state;
    char path[160];
    char token[TOKEN_MAX];

    path_of(place, "fifo", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(token_read(token, "fifo", place->config, NULL));
    assert_false(token_read(token, place->credentials, place->config, NULL));
    assert_false(token_read(token, "/dev/zero", place->config, NULL));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bytes_of_a_token, setup, teardown),
        cmocka_unit_test_setup_teardown(length_has_two_sides, setup, teardown),
        cmocka_unit_test_setup_teardown(others_may_not_read_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(where_a_token_is_looked_for, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(only_files_are_read, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
