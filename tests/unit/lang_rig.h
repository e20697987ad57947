/* A language's file, read without a complaint. For test_lang*.c. */
#ifndef TESTS_UNIT_LANG_RIG_H
#define TESTS_UNIT_LANG_RIG_H

#include "unit.h"

#include "render/lang.h"

#define LANG_DIR "mirror/lang"

static struct lang *
load_lang(const char *dir, const char *code) {
    struct config errors = {0};
    struct lang *lang = lang_create(dir, code, &errors);

    if (errors.error_count > 0) {
        fail_msg("%s", errors.errors[0]);
    }
    assert_non_null(lang);
    config_finish(&errors);
    return lang;
}

#endif
