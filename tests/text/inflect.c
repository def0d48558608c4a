/* Written forms of English terms, from a dictionary's point of view. */
#include "check.h"
#include "text/inflect.h"

static bool gives(yq_arena *a, const char *term, bool verb, const char *form)
{
    yq_str out[YQ_MAX_INFLECTIONS];
    size_t n = yq_inflect(a, yq_cstr(term), verb, out);
    for (size_t i = 0; i < n; i++)
        if (yq_eq(out[i], yq_cstr(form))) return true;
    return false;
}

static const struct { const char *term, *form; } nouns[] = {
    { "kidney", "kidneys" }, { "biopsy", "biopsies" }, { "pulmonary nodule", "pulmonary nodules" }, { "crutch", "crutches" }, { "index", "indices" },
    { "metastasis", "metastases" }, { "fracture", "fractures" }, { "thrombus", "thrombi" }, { "tooth", "teeth" }, { "matrix", "matrices" },
    { "nursing homes", "nursing home" }, { "studies", "study" }, { "boxes", "box" }, { "real world", "real-world" }, { "real-world data", "real world data" },
    { "follow-up", "follow up" }, { "tumour", "tumor" }, { "tumor", "tumours" }, { "tumor-free margin", "tumour free margins" },
    { "anaesthesia", "anesthesia" }, { "paediatric surgeon", "pediatric surgeons" }, { "catheterization", "catheterisation" }, { "centre", "centers" },
    { "haemodialysis", "hemodialysis" }, { "oesophageal stent", "esophageal stents" }, { "mouse", "mice" }, { "school child", "school children" },
};
static const struct { const char *term, *form; } verbs[] = {
    { "screen", "screening" }, { "screen", "screened" }, { "calibrate", "calibrating" }, { "calibrate", "calibrated" }, { "plan", "planning" },
    { "plan", "planned" }, { "apply", "applied" }, { "apply", "applying" }, { "monitor", "monitored" }, { "breed", "breeding" },
};
static const struct { const char *term, *form; } never[] = {
    { "glass", "glas" }, { "virus", "viru" }, { "sepsis", "sepsi" }, { "screen", "screenning" }, { "monitor", "monitorring" }, { "day", "daies" },
    { "kidney", "kidney" }, { "fix", "fixxing" },
};

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)8 << 20);
    yq_str out[YQ_MAX_INFLECTIONS];
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) CHECK(nouns[i].form, gives(a, nouns[i].term, false, nouns[i].form));
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        CHECK(verbs[i].form, gives(a, verbs[i].term, true, verbs[i].form));
        CHECK(verbs[i].form, !gives(a, verbs[i].term, false, verbs[i].form));
    }
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) CHECK(never[i].form, !gives(a, never[i].term, true, never[i].form));
    CHECK("Chinese has none", yq_inflect(a, YQ_S("肾脏"), true, out) == 0);
    CHECK("nor has a word with Greek letters", yq_inflect(a, YQ_S("β-blocker"), false, out) == 0);
    CHECK("nothing", yq_inflect(a, YQ_S(""), true, out) == 0);
    size_t n = yq_inflect(a, YQ_S("tumour-centre fibre analysing anaemia oedema colour"), true, out);
    CHECK("bounded", n > 0 && n <= YQ_MAX_INFLECTIONS);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) CHECK("each once", !yq_eq(out[i], out[k]));
    yq_arena_free(a);
    return check_done();
}
