/* extract/calibrate.c - makes confidences come true: of the findings that are said at 0.9, nine in ten shall be right.
 *
 * What voices and relations give is a weight that was set by hand, good for comparing. Here it becomes the share of findings of the same field,
 * voices and weight that were right in tests/cases, each case read by a voice that had not learnt it (reliability.inc, written by
 * bench/calibration.py --fit). Within a group a greater weight never means less (isotonic regression: Ayer et al., Annals of Mathematical Statistics
 * 26, 1955). Schemes and who asks have no such cases and keep their weight.
 */
#include "extract/internal.h"

typedef enum { ORGANIZATIONS, PEOPLE, ROLES, HONOURS, EVENTS, TALKS, DEALS, TECHNOLOGIES, NEEDS, FIGURES } field;

typedef struct {
    field of;
    uint8_t voices; /* exactly these; 0: any that have no rows of their own */
    float from;     /* the least weight */
    float share;    /* right ones */
} reliability;

static const reliability rows[] = {
#include "extract/reliability.inc"
};

static bool has_rows(field of, uint8_t voices)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].of == of && rows[i].voices == voices) return true;
    return false;
}

static void calibrate(field of, yq_evidence *e)
{
    uint8_t voices = has_rows(of, e->voices) ? e->voices : 0;
    float weight = e->confidence;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].of == of && rows[i].voices == voices && weight >= rows[i].from) e->confidence = rows[i].share;
}

static void calibrate_people(yq_findings *f)
{
    for (size_t i = 0; i < f->people.n; i++) {
        yq_found_person *p = &f->people.v[i];
        for (size_t k = 0; k < p->mentions.n; k++) calibrate(PEOPLE, &p->mentions.v[k]);
        for (size_t k = 0; k < p->roles.n; k++) calibrate(ROLES, &p->roles.v[k].evidence);
        for (size_t k = 0; k < p->honours.n; k++) calibrate(HONOURS, &p->honours.v[k].evidence);
    }
}

void yq_calibrate(yq_work *w)
{
    yq_findings *f = w->out;
    if (w->raw) return;
    for (size_t i = 0; i < f->orgs.n; i++)
        for (size_t k = 0; k < f->orgs.v[i].mentions.n; k++) calibrate(ORGANIZATIONS, &f->orgs.v[i].mentions.v[k]);
    calibrate_people(f);
    for (size_t i = 0; i < f->events.n; i++) calibrate(EVENTS, &f->events.v[i].evidence);
    for (size_t i = 0; i < f->talks.n; i++) calibrate(TALKS, &f->talks.v[i].evidence);
    for (size_t i = 0; i < f->deals.n; i++) calibrate(DEALS, &f->deals.v[i].evidence);
    for (size_t i = 0; i < f->technologies.n; i++) calibrate(TECHNOLOGIES, &f->technologies.v[i].evidence);
    for (size_t i = 0; i < f->needs.n; i++) calibrate(NEEDS, &f->needs.v[i].evidence);
    for (size_t i = 0; i < f->figures.n; i++) calibrate(FIGURES, &f->figures.v[i].evidence);
}
