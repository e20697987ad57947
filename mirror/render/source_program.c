#include "render/source_program.h"

#include <stdlib.h>
#include <unistd.h>

#include "common/str.h"

static const char *
environment(const char *name) {
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

void
source_program_find(struct source_program *ret_program) {
    const char *program = environment("MIRROR_FETCH");

    *ret_program = (struct source_program){
        .socket = environment("MIRROR_FETCH_SOCKET"),
    };
    if (ret_program->socket != NULL) {
        return;
    }
    if (program != NULL) {
        str_copy(ret_program->path, sizeof ret_program->path, program);
    } else if (!paths_program(ret_program->path, "mirror-fetch") ||
               access(ret_program->path, X_OK) != 0) {
        str_copy(ret_program->path, sizeof ret_program->path, "mirror-fetch");
    }
}
