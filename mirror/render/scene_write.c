#include <stdio.h>

#include "common/json_write.h"
#include "render/scene.h"

static const char *
face_name(enum text_face face) {
    static const char *const names[TEXT_FACE_END] = {
        [TEXT_LIGHT] = "light",
        [TEXT_REGULAR] = "regular",
        [TEXT_BOLD] = "bold",
        [TEXT_ICON] = "icon",
    };

    return names[face];
}

static void
write_rect(struct json_writer *json, const char *key, struct rect box) {
    json_write_key(json, key);
    json_write_array(json);
    json_write_int(json, box.x);
    json_write_int(json, box.y);
    json_write_int(json, box.w > 0 ? box.w : 0);
    json_write_int(json, box.h > 0 ? box.h : 0);
    json_write_end(json, ']');
}

static void
write_box(struct json_writer *json, struct rect box) {
    write_rect(json, "box", box);
}

static void
write_colour_as(struct json_writer *json, const char *key, uint32_t argb) {
    char colour[8];

    snprintf(colour, sizeof(colour), "#%06x", argb & 0xffffff);
    json_write_member_text(json, key, colour);
}

static void
write_colour(struct json_writer *json, uint32_t argb) {
    write_colour_as(json, "colour", argb);
}

/* The box is what the line takes up, not its ink: that is what must not
 * overlap and what lines up. */
static void
write_text(struct json_writer *json, const struct scene_node *node) {
    const struct text_line *line = node->line;
    struct rect box = {node->x, node->baseline - line->ascent, line->width,
                       line->ascent + line->descent};

    json_write_object(json);
    /* An icon's own character says nothing outside our font. */
    json_write_member_text(json, "text", node->icon == NULL ? line->text : "");
    write_box(json, box);
    json_write_member_int(json, "size_px", line->style.size_px);
    json_write_member_int(json, "baseline", node->baseline);
    json_write_member_text(json, "face", face_name(line->style.face));
    write_rect(json, "ink", node->box);
    write_colour(json, node->argb);
    json_write_member_text(json, "icon", node->icon);
    json_write_member_bool(json, "clipped", line->clipped);
    json_write_end(json, '}');
}

static void
write_shape(struct json_writer *json, const struct scene_node *node) {
    json_write_object(json);
    write_box(json, node->box);
    write_colour(json, node->argb);
    json_write_member_int(json, "radius_px", node->radius_px);
    json_write_member_int(json, "stroke_px", node->stroke_px);
    json_write_end(json, '}');
}

static void
write_nodes(struct json_writer *json, const struct scene *scene,
            const struct scene_group *group, enum scene_kind kind) {
    json_write_array(json);
    for (size_t i = group->first; i < group->first + group->count; i++) {
        const struct scene_node *node = &scene->nodes[i];

        if (node->kind != kind) {
            continue;
        }
        if (kind == SCENE_TEXT) {
            write_text(json, node);
        } else {
            write_shape(json, node);
        }
    }
    json_write_end(json, ']');
}

static void
write_group(struct json_writer *json, const struct scene *scene,
            const struct scene_group *group) {
    json_write_object(json);
    json_write_member_text(json, "widget", group->widget);
    json_write_member_text(json, "name", group->name);
    json_write_member_text(json, "region", group->region);
    write_box(json, group->box);
    json_write_key(json, "texts");
    write_nodes(json, scene, group, SCENE_TEXT);
    json_write_key(json, "shapes");
    write_nodes(json, scene, group, SCENE_SHAPE);
    json_write_end(json, '}');
}

/* What the page was set with: sizes of the roles from the largest to the
 * smallest, the grid, and how many pixels an arc minute has at the distance. */
static void
write_theme(struct json_writer *json, const struct theme *theme) {
    json_write_key(json, "theme");
    json_write_object(json);
    json_write_key(json, "sizes_px");
    json_write_array(json);
    for (int role = 0; role < ROLE_END; role++) {
        json_write_int(json, theme->style[role].size_px);
    }
    json_write_end(json, ']');
    json_write_member_int(json, "grid_px", theme->grid_px);
    json_write_member_int(json, "margin_px", theme->margin_px);
    json_write_member_int(json, "gap_px", theme->gap_px);
    json_write_member_int(json, "line_px", theme->line_px);
    json_write_member_real(json, "arcmin_px", theme->arcmin_px);
    json_write_member_real(json, "scale", theme->scale);
    write_colour_as(json, "background", theme->colour[COLOUR_BACKGROUND]);
    json_write_end(json, '}');
}

void
scene_write(const struct scene *scene, FILE *out) {
    struct json_writer json;

    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key(&json, "size");
    json_write_array(&json);
    json_write_int(&json, scene->width);
    json_write_int(&json, scene->height);
    json_write_end(&json, ']');
    write_theme(&json, &scene->theme);
    json_write_key(&json, "widgets");
    json_write_array(&json);
    for (size_t i = 0; i < scene->group_count; i++) {
        write_group(&json, scene, &scene->groups[i]);
    }
    json_write_end(&json, ']');
    json_write_end(&json, '}');
    fputc('\n', out);
}
