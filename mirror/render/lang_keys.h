/*
 * Every word on the screen: one line here, one line in each file of
 * mirror/lang/. The name in the files is the second column.
 */
#ifndef MIRROR_RENDER_LANG_KEYS_H
#define MIRROR_RENDER_LANG_KEYS_H

/* X(enum, name in the file) */
#define LANG_KEYS(X)                                                           \
    X(LANG_TODAY, "today")                                                     \
    X(LANG_TOMORROW, "tomorrow")

enum lang_key {
#define LANG_ENUM(id, name) id,
    LANG_KEYS(LANG_ENUM)
#undef LANG_ENUM
        LANG_KEY_END,
};

#endif
