/*
 * Listens to mirror-fetch for a while, without a display: what --snapshot
 * draws and --doctor judges.
 */
#ifndef MIRROR_RENDER_GATHER_H
#define MIRROR_RENDER_GATHER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/settings.h"
#include "render/facts.h"

/* Whether every source of the settings has delivered: a record for each thing
 * it is asked for, or word that it cannot. */
bool
gather_complete(const struct facts *facts, const struct settings *settings);

/*
 * Fills `facts` until they are complete, for at most wait_ms. Packets count as
 * arrived at `mono_ms`, so that ages do not depend on how long it took.
 * Returns false, having logged why, if the loop could not be made.
 */
bool
gather_facts(struct facts *facts, const struct settings *settings,
             const char *config_path, int wait_ms, int64_t mono_ms);

#endif
