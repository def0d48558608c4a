/* Identifiers from the documents that define them, and what must not pass for one. */
#include "check.h"
#include "resolve/identifier.h"

static const struct { const char *text; yq_identifier_kind kind; const char *form; } whole[] = {
    { "0000-0002-1825-0097", YQ_ID_ORCID, "0000-0002-1825-0097" }, /* orcid.org's example */
    { "0000-0002-1694-233X", YQ_ID_ORCID, "0000-0002-1694-233X" },
    { "0000-0002-1694-233x", YQ_ID_ORCID, "0000-0002-1694-233X" },
    { "https://orcid.org/0000-0001-5109-3700", YQ_ID_ORCID, "0000-0001-5109-3700" },
    { "0000-0002-1825-0098", YQ_ID_NONE, "" },
    { "0000-0002-1825-0907", YQ_ID_NONE, "" }, /* two digits exchanged */
    { "0000-0002-1825-009", YQ_ID_NONE, "" },
    { "0000000218250097", YQ_ID_NONE, "" },
    { "https://ror.org/015w2mp89", YQ_ID_ROR, "015w2mp89" }, /* ror.org's example */
    { "ror.org/015W2MP89", YQ_ID_ROR, "015w2mp89" },
    { "ROR: 015w2mp89", YQ_ID_ROR, "015w2mp89" },
    { "015w2mp89", YQ_ID_ROR, "015w2mp89" },
    { "https://ror.org/015w2mp88", YQ_ID_NONE, "" },
    { "https://ror.org/015w2pm89", YQ_ID_NONE, "" },
    { "https://ror.org/u15w2mp89", YQ_ID_NONE, "" },
    { "91350100M000100Y43", YQ_ID_USCC, "91350100M000100Y43" }, /* the example of GB 32100-2015 */
    { "91350100M000100Y44", YQ_ID_NONE, "" },
    { "91350100M00010OY43", YQ_ID_NONE, "" }, /* no letter O */
    { "9135010AM000100Y43", YQ_ID_NONE, "" },
    { "91350100M000100Y4", YQ_ID_NONE, "" },
    { "NCT04280705", YQ_ID_NCT, "NCT04280705" },
    { "nct04280705", YQ_ID_NCT, "NCT04280705" },
    { "NCT0428070", YQ_ID_NONE, "" },
    { "ChiCTR2000029308", YQ_ID_CHICTR, "ChiCTR2000029308" },
    { "ChiCTR-TRC-08000034", YQ_ID_CHICTR, "ChiCTR-TRC-08000034" },
    { "CHICTR-ior-17013456", YQ_ID_CHICTR, "ChiCTR-IOR-17013456" },
    { "ChiCTR200002930", YQ_ID_NONE, "" },
    { "2004-000446-20", YQ_ID_EUDRACT, "2004-000446-20" },
    { "1904-000446-20", YQ_ID_NONE, "" },
    { "2004-00446-20", YQ_ID_NONE, "" },
    { "ZL202310990004.8", YQ_ID_PATENT, "202310990004.8" },
    { "CN 202310990004.8", YQ_ID_PATENT, "202310990004.8" },
    { "202310990004.8", YQ_ID_PATENT, "202310990004.8" },
    { "ZL202310990004.5", YQ_ID_NONE, "" },
    { "ZL 85100001.X", YQ_ID_NONE, "" },
    { "", YQ_ID_NONE, "" },
    { "沈砚舟", YQ_ID_NONE, "" },
    { "555-0101", YQ_ID_NONE, "" },
};

static void check_whole(void)
{
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        yq_identifier id = { 0 };
        bool found = yq_identifier_read(yq_cstr(whole[i].text), &id);
        CHECK(whole[i].text, found == (whole[i].kind != YQ_ID_NONE));
        if (found) CHECK(whole[i].text, id.kind == whole[i].kind && yq_eq(yq_cstr(id.text), yq_cstr(whole[i].form)) && *yq_identifier_name(id.kind));
    }
}

/* Every digit of a valid one changed in turn: a single wrong digit is always found. */
static void check_wrong_digits(const char *valid)
{
    char text[64];
    yq_identifier id;
    for (size_t i = 0; i < strlen(valid); i++)
        for (char c = '0'; c <= '9'; c++) {
            snprintf(text, sizeof text, "%s", valid);
            if (text[i] == c || text[i] < '0' || text[i] > '9') continue;
            text[i] = c;
            CHECK(text, !yq_identifier_read(yq_cstr(text), &id));
        }
}

static const struct { const char *text; size_t count; const char *first; } texts[] = {
    { "沈砚舟（ORCID：0000-0002-1825-0097），云岭大学附属第一医院", 1, "0000-0002-1825-0097" },
    { "统一社会信用代码：91350100M000100Y43；注册号NCT04280705、ChiCTR2000029308。", 3, "91350100M000100Y43" },
    { "see https://ror.org/015w2mp89 and https://orcid.org/0000-0001-5109-3700.", 2, "015w2mp89" },
    { "专利：ZL202310990004.8", 1, "202310990004.8" },
    { "EudraCT 2004-000446-20, phone 2004-0446-20", 1, "2004-000446-20" },
    { "X0000-0002-1825-0097 0000-0002-1825-00971 NCT042807051 a91350100M000100Y43", 0, "" },
    { "015w2mp89 202310990004.8 202310990004", 0, "" },
    { "", 0, "" },
    { "0000-0002-1825-", 0, "" },
};

static void check_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        yq_str text = yq_cstr(texts[i].text);
        yq_identifier id;
        size_t at = 0, count = 0;
        while (yq_identifier_next(text, &at, &id)) {
            if (count++ == 0) CHECK(texts[i].text, yq_eq(yq_cstr(id.text), yq_cstr(texts[i].first)));
            CHECK(texts[i].text, id.span.to <= text.n && id.span.from < id.span.to);
        }
        CHECK(texts[i].text, count == texts[i].count);
    }
}

int main(void)
{
    check_whole();
    check_wrong_digits("0000-0002-1825-0097");
    check_wrong_digits("91350100M000100Y43");
    check_wrong_digits("ZL202310990004.8");
    check_texts();
    return check_done();
}
