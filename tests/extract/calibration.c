/* Confidences come from the table of what was right: its form, and that findings are said with its shares. */
#include "check.h"
#include "extract/extract.h"

#include <math.h>

enum { ORGANIZATIONS, PEOPLE, ROLES, HONOURS, EVENTS, TALKS, DEALS, TECHNOLOGIES, NEEDS, FIGURES, FIELDS };

static const struct { int of, voices; float from, share; } rows[] = {
#include "extract/reliability.inc"
};
enum { ROWS = sizeof rows / sizeof *rows };

static void the_table(void)
{
    bool otherwise[FIELDS] = { false };
    for (size_t i = 0; i < ROWS; i++) {
        bool follows = i && rows[i - 1].of == rows[i].of && rows[i - 1].voices == rows[i].voices;
        CHECK("a share", rows[i].share > 0 && rows[i].share < 1);
        CHECK("a group begins at no weight", follows || rows[i].from == 0);
        CHECK("a greater weight never means less", !follows || (rows[i].from > rows[i - 1].from && rows[i].share >= rows[i - 1].share));
        if (!rows[i].voices) otherwise[rows[i].of] = true;
    }
    for (size_t k = 0; k < FIELDS; k++) CHECK("every field knows what other voices are worth", otherwise[k]);
}

/* The share of the table for a weight. */
static float share_of(int field, uint8_t voices, float weight)
{
    float share = -1;
    for (int own = 1; own >= 0 && share < 0; own--)
        for (size_t i = 0; i < ROWS; i++)
            if (rows[i].of == field && rows[i].voices == (own ? voices : 0) && weight >= rows[i].from) share = rows[i].share;
    return share;
}

static void same(const char *what, int field, const yq_evidence *said, const yq_evidence *weight)
{
    CHECK(what, said->voices == weight->voices && fabsf(said->confidence - share_of(field, weight->voices, weight->confidence)) < 1e-6f);
}

static const char text[] = "澜州市中心医院院长柏知秋表示，全县有320名卒中患者，基层缺少康复设备。\n会上，澜州市中心医院与青禾医疗科技有限公司签署合作协议。\n"
                           "青禾医疗科技有限公司总经理岳小禾作了题为《居家康复》的报告。\n";

static void both_ways(yq_arena *a)
{
    yq_reading reading;
    yq_findings said, raw;
    yq_extract_options options = yq_extract_defaults();
    options.raw = true;
    CHECK("reading", yq_intake_read(a, YQ_S("a.txt"), yq_cstr(text), NULL, &reading, NULL) == YQ_OK);
    CHECK("extraction", yq_extract(a, &reading, &said, NULL) == YQ_OK && yq_extract_with(a, &reading, &options, &raw, NULL) == YQ_OK);
    CHECK("the same findings", said.people.n == raw.people.n && said.people.n == 2 && said.orgs.n == raw.orgs.n && said.deals.n == raw.deals.n && said.deals.n == 1);
    for (size_t i = 0; i < raw.people.n; i++) {
        same("a person", PEOPLE, &said.people.v[i].mentions.v[0], &raw.people.v[i].mentions.v[0]);
        for (size_t k = 0; k < raw.people.v[i].roles.n; k++) same("a role", ROLES, &said.people.v[i].roles.v[k].evidence, &raw.people.v[i].roles.v[k].evidence);
    }
    for (size_t i = 0; i < raw.orgs.n; i++) same("an organisation", ORGANIZATIONS, &said.orgs.v[i].mentions.v[0], &raw.orgs.v[i].mentions.v[0]);
    for (size_t i = 0; i < raw.deals.n; i++) same("a deal", DEALS, &said.deals.v[i].evidence, &raw.deals.v[i].evidence);
    for (size_t i = 0; i < raw.talks.n; i++) same("a talk", TALKS, &said.talks.v[i].evidence, &raw.talks.v[i].evidence);
    for (size_t i = 0; i < raw.figures.n; i++) same("a figure", FIGURES, &said.figures.v[i].evidence, &raw.figures.v[i].evidence);
}

int main(void)
{
    yq_arena *a = yq_arena_new(64u << 20);
    the_table();
    both_ways(a);
    yq_arena_free(a);
    return check_done();
}
