/* extract/extract.c - the way from a reading to findings, as a list of stages. See internal.h for what passes between them. */
#include "extract/internal.h"

static const yq_stage stages[] = {
    yq_cut_sentences,
    yq_propose_basics,
    yq_propose_english,
    yq_propose_chinese,
    yq_propose_learnt,
    yq_judge,
    yq_tie_mentions,
    yq_find_english_roles,
    yq_find_roles,
    yq_find_bios,
    yq_find_table_facts,
    yq_find_homes,
    yq_find_talks,
    yq_find_events,
    yq_find_deals,
    yq_find_technologies,
    yq_find_needs,
    yq_find_figures,
    yq_find_schemes,
    yq_find_asks,
    yq_calibrate,
};

typedef struct {
    yq_work *work;
} yq_extract_call;

static yq_code run_stages(void *arg, yq_err *err)
{
    (void)err;
    yq_work *w = ((yq_extract_call *)arg)->work;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) stages[i](w);
    return YQ_OK;
}

yq_code yq_extract_with(yq_arena *a, const yq_reading *reading, const yq_extract_options *options, yq_findings *out, yq_err *err)
{
    memset(out, 0, sizeof *out);
    yq_work work = { .arena = a, .reading = reading, .text = reading->plain, .voice = &options->voice, .raw = options->raw, .every = options->every, .out = out };
    return yq_arena_run(a, run_stages, &(yq_extract_call){ &work }, err);
}

yq_extract_options yq_extract_defaults(void)
{
    return (yq_extract_options){ .voice = yq_quick_shipped() };
}

yq_code yq_extract(yq_arena *a, const yq_reading *reading, yq_findings *out, yq_err *err)
{
    const yq_extract_options options = yq_extract_defaults();
    return yq_extract_with(a, reading, &options, out, err);
}
