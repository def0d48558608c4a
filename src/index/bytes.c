/* Numbers and checksums as the files of the index hold them. */
#include "index/internal.h"

void buf_u32(yq_buf *b, uint32_t v)
{
    uint8_t p[4];
    put32(p, v);
    yq_buf_put(b, (yq_str){ (const char *)p, sizeof p });
}

void buf_u64(yq_buf *b, uint64_t v)
{
    uint8_t p[8];
    put64(p, v);
    yq_buf_put(b, (yq_str){ (const char *)p, sizeof p });
}

/* Seven bits a byte, low ones first; the high bit says that more follow. */
void buf_varint(yq_buf *b, uint64_t v)
{
    while (v >= 0x80) {
        yq_buf_byte(b, (char)(v | 0x80));
        v >>= 7;
    }
    yq_buf_byte(b, (char)v);
}

bool get_varint(const uint8_t **p, const uint8_t *end, uint32_t *v)
{
    uint32_t out = 0;
    for (unsigned shift = 0; *p < end && shift < 35; shift += 7) {
        uint8_t c = *(*p)++;
        out |= (uint32_t)(c & 0x7F) << shift;
        if (!(c & 0x80)) {
            *v = out;
            return true;
        }
    }
    return false;
}

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29; /* invertible, so that a changed word always changes the state */
}

/* Four lanes, so that the multiplications overlap. */
uint64_t checksum(const void *bytes, size_t n, uint64_t seed)
{
    const uint8_t *p = bytes;
    uint64_t lane[4] = { seed, seed + 1, seed + 2, seed + 3 };
    size_t left = n;
    for (; left >= 32; left -= 32, p += 32)
        for (int i = 0; i < 4; i++) lane[i] = mix(lane[i], get64(p + 8 * i));
    uint8_t tail[32] = { 0 };
    if (left) memcpy(tail, p, left);
    for (int i = 0; i < 4; i++) lane[i] = mix(lane[i], get64(tail + 8 * i));
    uint64_t h = mix(seed, n);
    for (int i = 0; i < 4; i++) h = mix(h, lane[i]);
    return h;
}
