/* mirror --demo: everything there is, against the bundled hub. */
#ifndef MIRROR_RENDER_DEMO_H
#define MIRROR_RENDER_DEMO_H

#include "render/usage.h"

/* Shows it in a window or on the panel; where neither can be opened, draws
 * demo.png (beside the program in a source tree, else in the working
 * directory) and says so. Returns the exit code. */
int
demo_run(const struct command *command);

#endif
