/* The weights as shipped, and as feedback changed them. */
#include "match/evidence.h"
#include "register/needs.h"

_Static_assert(SCORE_PARTS - PART_SOURCES == EVIDENCE_SOURCES, "each source of evidence is a part");

static const yq_weight shipped[SCORE_PARTS] = {
    [PART_BEST] = { "best", 0.4 }, [PART_WHOLE] = { "whole", 0.6 }, [PART_SECOND] = { "second", 0.2 },
    [PART_SOURCES + FROM_TEXT] = { "text", 0 }, [PART_SOURCES + FROM_ROLE] = { "role", 0 }, [PART_SOURCES + FROM_TALK] = { "talk", 0 },
    [PART_SOURCES + FROM_NAME] = { "name", 0 }, [PART_SOURCES + FROM_OTHER_FACT] = { "fact", 0 },
};

const char *weights_part(int k)
{
    return shipped[k].part;
}

score_weights weights_shipped(void)
{
    score_weights w = { .version = 0 };
    for (int k = 0; k < SCORE_PARTS; k++) w.of[k] = shipped[k].weight;
    return w;
}

yq_code weights_read(yq_reader *r, score_weights *out, yq_err *err)
{
    yq_weight v[SCORE_PARTS];
    memcpy(v, shipped, sizeof v);
    yq_code rc = yq_register_weights(r, v, SCORE_PARTS, &out->version, err);
    for (int k = 0; k < SCORE_PARTS; k++) out->of[k] = v[k].weight;
    return rc;
}
