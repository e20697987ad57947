/* The parts of --doctor; see doctor.h. */
#ifndef MIRROR_RENDER_DOCTOR_PRIVATE_H
#define MIRROR_RENDER_DOCTOR_PRIVATE_H

#include <stdbool.h>
#include <stdio.h>

#include "common/log.h"
#include "render/page.h"

struct doctor {
    FILE *out;
    const char *config_path;
    bool good; /* nothing was blamed so far */
};

/* One line: what it is about, and how it is or what helps. */
void
doctor_praise(struct doctor *doctor, const char *what, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void
doctor_blame(struct doctor *doctor, const char *what, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* doctor_machine.c: a desktop or a panel, the machine itself, and the file
 * with the token. */
void
doctor_judge_display(struct doctor *doctor,
                     const struct screen_settings *settings);
/* Power and heat, where there are sensors for them; `folder` as machine.h
 * has it. */
void
doctor_judge_machine(struct doctor *doctor, const char *folder);

void
doctor_judge_token(struct doctor *doctor, const struct hub_settings *hub);

/* doctor_sandbox.c: that of both programs. */
void
doctor_judge_sandbox(struct doctor *doctor);

#endif
