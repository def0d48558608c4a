/* Maps lead back to the original, alone, joined and through their text form. */
#include "check.h"
#include "text/text.h"

static yq_arena *arena;

/* "医" from two bytes of GB18030, "a" from one, an inserted mark, and what was copied. */
static yq_map sample(yq_str *text)
{
    yq_text_builder b = { .arena = arena };
    yq_map map;
    yq_text_copy(&b, YQ_S("0123456789"), 2, 5);
    yq_text_insert(&b, YQ_S("--"), 5);
    yq_text_copy(&b, YQ_S("0123456789"), 8, 10);
    *text = yq_text_done(&b, &map);
    return map;
}

static void building(void)
{
    yq_str text;
    yq_map map = sample(&text);
    static const struct {
        size_t clean, origin;
    } at[] = { { 0, 2 }, { 2, 4 }, { 3, 5 }, { 4, 5 }, { 5, 8 }, { 6, 9 }, { 7, 10 } };
    CHECK("text", yq_eq(text, YQ_S("234--89")));
    CHECK("three runs", map.n == 3);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) CHECK("origin", yq_map_origin(&map, at[i].clean) == at[i].origin);

    yq_text_builder b = { .arena = arena };
    yq_text_copy(&b, YQ_S("0123"), 0, 2);
    yq_text_copy(&b, YQ_S("0123"), 2, 4);
    yq_text_copy(&b, YQ_S("0123"), 4, 4);
    CHECK("length", yq_text_length(&b) == 4);
    yq_text_done(&b, &map);
    CHECK("what goes on is one run", map.n == 1);

    yq_text_builder empty = { .arena = arena };
    text = yq_text_done(&empty, &map);
    CHECK("an empty text", text.n == 0 && text.p[0] == 0 && map.n == 0 && yq_map_origin(&map, 0) == 0);
}

/* Whatever bytes a reader names, only whole characters come. */
static void whole_characters(void)
{
    yq_str source = YQ_S("a医创b");
    for (size_t from = 0; from <= source.n; from++)
        for (size_t to = from; to <= source.n; to++) {
            yq_text_builder b = { .arena = arena };
            yq_map map;
            yq_text_copy(&b, source, from, to);
            yq_str text = yq_text_done(&b, &map);
            CHECK("whole characters", yq_utf8_valid(text, NULL) && text.n + 4 >= to - from);
            CHECK("they map to themselves", !text.n || yq_eq(text, yq_sub(source, yq_map_origin(&map, 0), yq_map_origin(&map, 0) + text.n)));
        }
}

static void joining(void)
{
    yq_str text;
    yq_map inner = sample(&text), outer;
    yq_text_builder b = { .arena = arena };
    yq_text_copy(&b, text, 1, 4);
    yq_text_insert(&b, YQ_S("+"), 4);
    yq_text_copy(&b, text, 6, 7);
    yq_str twice = yq_text_done(&b, &outer);
    yq_map joined = yq_map_join(arena, &outer, &inner);
    CHECK("text", yq_eq(twice, YQ_S("34-+9")));
    for (size_t i = 0; i <= twice.n; i++)
        CHECK("joined is one after the other", yq_map_origin(&joined, i) == yq_map_origin(&inner, yq_map_origin(&outer, i)));
    yq_map none = { 0 };
    CHECK("nothing outside", yq_map_join(arena, &none, &inner).n == inner.n);
    CHECK("nothing inside", yq_map_join(arena, &outer, &none).n == outer.n);
}

/* Any outer over any inner map: joined, they say what they say one after the other. Outer runs begin where characters of the middle text do. */
static void joining_any(void)
{
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        yq_text_builder in = { .arena = arena }, out = { .arena = arena };
        yq_map inner, outer;
        yq_str source = YQ_S("ab医c创é新d联");
        for (int k = 0; k < 12; k++) {
            seed = seed * 1103515245 + 12345;
            size_t from = seed >> 16 & 7, to = from + (seed >> 24 & 7);
            if (seed >> 20 & 1) yq_text_insert(&in, YQ_S("--"), from);
            yq_text_copy(&in, source, from, to);
        }
        yq_str middle = yq_text_done(&in, &inner);
        for (size_t at = 0; at < middle.n; at += 3) {
            seed = seed * 1103515245 + 12345;
            if (seed >> 16 & 1) yq_text_copy(&out, middle, at, at + (seed >> 20 & 3));
            if (seed >> 17 & 1) yq_text_insert(&out, YQ_S("+"), at);
        }
        yq_str text = yq_text_done(&out, &outer);
        yq_map joined = yq_map_join(arena, &outer, &inner);
        for (size_t i = 0; i < text.n; i++)
            if (yq_map_origin(&joined, i) != yq_map_origin(&inner, yq_map_origin(&outer, i))) CHECK("joined is one after the other", false);
    }
    CHECK("three hundred maps", true);
}

/* An outer map that begins in the middle of a character of the inner one leads to the character's start. */
static void joining_inside_a_character(void)
{
    yq_decoded d = { 0 };
    yq_map outer = { &(yq_map_run){ .clean = 0, .origin = 4, .clean_step = 1, .origin_step = 1 }, 1 };
    CHECK("GB18030", yq_decode(arena, YQ_S("\xD2\xBD\xD1\xA7\xB4\xB4\xD0\xC2\xC1\xAA\xC3\xCB"), NULL, &d, NULL) == YQ_OK);
    yq_map joined = yq_map_join(arena, &outer, &d.map);
    for (size_t i = 0; i < 7; i++) CHECK("joined is one after the other", yq_map_origin(&joined, i) == yq_map_origin(&d.map, 4 + i));
}

static void text_form(void)
{
    yq_str text;
    yq_map map = sample(&text), back;
    yq_buf out = { 0 };
    yq_err err = { 0 };
    yq_map_write(&map, &out);
    CHECK("written", yq_eq(yq_buf_str(&out), YQ_S("0,2,1,1;3,5,1,0;5,8,1,1;")));
    CHECK("read", yq_map_parse(arena, yq_buf_str(&out), &back, &err) == YQ_OK && back.n == map.n);
    for (size_t i = 0; i <= text.n; i++) CHECK("the same", yq_map_origin(&map, i) == yq_map_origin(&back, i));
    yq_buf_free(&out);

    static const struct {
        const char *what, *text;
        size_t at;
    } broken[] = {
        { "cut off", "0,2,1,1;3,5", 8 },
        { "a letter", "0,x,1,1;", 0 },
        { "a step of nothing", "0,2,0,1;", 0 },
        { "a step over 255", "0,2,256,1;", 0 },
        { "not in order", "3,2,1,1;3,5,1,1;", 8 },
        { "a number over 32 bits", "4294967296,2,1,1;", 0 },
        { "no end", "0,2,1,1", 0 },
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        CHECK(broken[i].what, yq_map_parse(arena, yq_cstr(broken[i].text), &back, &err) == YQ_CORRUPT);
        CHECK(broken[i].what, err.at == broken[i].at);
    }
    CHECK("empty", yq_map_parse(arena, YQ_S(""), &back, &err) == YQ_OK && back.n == 0);
}

int main(void)
{
    arena = yq_arena_new((size_t)64 << 20);
    building();
    whole_characters();
    joining();
    joining_any();
    joining_inside_a_character();
    text_form();
    yq_arena_free(arena);
    return check_done();
}
