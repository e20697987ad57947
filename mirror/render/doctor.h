/* mirror --doctor: what works and what does not, with the remedy. */
#ifndef MIRROR_RENDER_DOCTOR_H
#define MIRROR_RENDER_DOCTOR_H

/* One line for each finding on standard output. Returns 0 if all is well, else
 * 1. */
int
doctor_run(const char *config_path);

#endif
