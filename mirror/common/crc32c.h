/* CRC-32C: finds every flipped bit of a sector and every burst of up to 32. */
#ifndef MIRROR_COMMON_CRC32C_H
#define MIRROR_COMMON_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Castagnoli's polynomial, reflected, as in RFC 3720, appendix B.4. `crc` is
 * that of the bytes before these, 0 at the beginning. */
uint32_t
crc32c(uint32_t crc, const void *data, size_t size);

#endif
