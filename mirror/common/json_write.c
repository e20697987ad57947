#include "common/json_write.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "common/str.h"

void
json_write_init(struct json_writer *json, FILE *out) {
    *json = (struct json_writer){.out = out};
}

static void
separate(struct json_writer *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->filled[json->depth]) {
        fputc(',', json->out);
    }
    json->filled[json->depth] = true;
}

static void
open_bracket(struct json_writer *json, char bracket) {
    separate(json);
    fputc(bracket, json->out);
    assert(json->depth + 1 < JSON_WRITE_DEPTH_MAX);
    json->filled[++json->depth] = false;
}

void
json_write_object(struct json_writer *json) {
    open_bracket(json, '{');
}

void
json_write_array(struct json_writer *json) {
    open_bracket(json, '[');
}

void
json_write_end(struct json_writer *json, char bracket) {
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    fputc(bracket, json->out);
}

static void
write_escaped(FILE *out, uint32_t code) {
    char bytes[4] = {0};

    if (code == '"' || code == '\\') {
        fprintf(out, "\\%c", (char)code);
    } else if (code == '\n') {
        fputs("\\n", out);
    } else if (code < 0x20 || code == 0x7f) {
        fprintf(out, "\\u%04x", (unsigned)code);
    } else {
        size_t length = str_utf8_encode(code, bytes);

        fwrite(bytes, 1, length, out);
    }
}

static void
write_string(FILE *out, const char *text) {
    size_t left = strlen(text);

    fputc('"', out);
    while (left > 0) {
        uint32_t code = 0xfffd;
        size_t length = str_utf8_decode(text, left, &code);

        write_escaped(out, code);
        length = length > 0 ? length : 1;
        text += length;
        left -= length;
    }
    fputc('"', out);
}

void
json_write_key(struct json_writer *json, const char *key) {
    assert(json->depth > 0 && !json->after_key);
    separate(json);
    write_string(json->out, key);
    fputc(':', json->out);
    json->after_key = true;
}

void
json_write_text(struct json_writer *json, const char *text) {
    if (text == NULL) {
        json_write_null(json);
        return;
    }
    separate(json);
    write_string(json->out, text);
}

void
json_write_int(struct json_writer *json, int64_t value) {
    separate(json);
    fprintf(json->out, "%" PRId64, value);
}

void
json_write_bool(struct json_writer *json, bool value) {
    separate(json);
    fputs(value ? "true" : "false", json->out);
}

void
json_write_null(struct json_writer *json) {
    separate(json);
    fputs("null", json->out);
}

void
json_write_real(struct json_writer *json, double value) {
    if (!isfinite(value)) {
        json_write_null(json);
        return;
    }
    separate(json);
    fprintf(json->out, "%.9g", value == 0 ? 0.0 : value);
}

void
json_write_member_text(struct json_writer *json, const char *key,
                       const char *text) {
    json_write_key(json, key);
    json_write_text(json, text);
}

void
json_write_member_int(struct json_writer *json, const char *key,
                      int64_t value) {
    json_write_key(json, key);
    json_write_int(json, value);
}

void
json_write_member_real(struct json_writer *json, const char *key,
                       double value) {
    json_write_key(json, key);
    json_write_real(json, value);
}

void
json_write_member_bool(struct json_writer *json, const char *key, bool value) {
    json_write_key(json, key);
    json_write_bool(json, value);
}

void
json_write_member_null(struct json_writer *json, const char *key) {
    json_write_key(json, key);
    json_write_null(json);
}
