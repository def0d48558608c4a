/* Pairs of mentions in two documents: the same, different, or for a person to say. Each row is a world of its own: one is known, one comes. */
#include "check.h"
#include "resolve/resolve.h"

enum { PERSON = 1, ORG = 10, OTHER_ORG = 11, AROUND = 12 };

static yq_arena *arena;

typedef struct {
    const char *what;
    yq_identity_kind kind;
    const char *known, *known_org, *name, *org, *around; /* around: an organisation that the new document names without saying who works there */
    yq_verdict verdict;
} row;

static const row rows[] = {
    /* organisations: one */
    { "affiliated, in another order", YQ_ORGANIZATION, "澜州大学附属第二医院", 0, "澜州大学第二附属医院", 0, 0, YQ_SAME },
    { "the school of medicine between", YQ_ORGANIZATION, "澜州大学医学院附属第二医院", 0, "澜州大学第二医院", 0, 0, YQ_SAME },
    { "known short name", YQ_ORGANIZATION, "吉林大学第二医院", 0, "吉大二院", 0, 0, YQ_SAME },
    { "known short name, university", YQ_ORGANIZATION, "浙江大学", 0, "浙大", 0, 0, YQ_SAME },
    { "spoken form", YQ_ORGANIZATION, "天津市第一中心医院", 0, "天津市一中心", 0, 0, YQ_SAME },
    { "traditional script", YQ_ORGANIZATION, "雲嶺大學附屬第一醫院", 0, "云岭大学第一附属医院", 0, 0, YQ_SAME },
    { "English, ordinal first", YQ_ORGANIZATION, "澜州大学附属第二医院", 0, "The Second Affiliated Hospital of Lanzhou University", 0, 0, YQ_SAME },
    { "English, university first", YQ_ORGANIZATION, "澜州大学附属第二医院", 0, "Lanzhou University Second Hospital", 0, 0, YQ_SAME },
    { "English, school between", YQ_ORGANIZATION, "澜州大学附属第二医院", 0, "Second Affiliated Hospital, Lanzhou University School of Medicine", 0, 0, YQ_SAME },
    { "number for ordinal", YQ_ORGANIZATION, "澜州市第三人民医院", 0, "Lanzhou No. 3 People's Hospital", 0, 0, YQ_SAME },
    { "third and 3rd", YQ_ORGANIZATION, "澜州市第三人民医院", 0, "The 3rd People's Hospital of Lanzhou City", 0, 0, YQ_SAME },
    { "eye and ophthalmic", YQ_ORGANIZATION, "砚湖市眼科医院", 0, "Yanhu Ophthalmology Hospital", 0, 0, YQ_SAME },
    { "cancer and tumour", YQ_ORGANIZATION, "云岭省肿瘤医院", 0, "Yunling Provincial Tumor Hospital", 0, 0, YQ_SAME },
    { "traditional Chinese medicine", YQ_ORGANIZATION, "澜州市中医院", 0, "Lanzhou Hospital of Traditional Chinese Medicine", 0, 0, YQ_SAME },
    { "province left away", YQ_ORGANIZATION, "棠川省儿童医院", 0, "Tangchuan Children's Hospital", 0, 0, YQ_SAME },
    { "province left away, known in English", YQ_ORGANIZATION, "Tangchuan Children's Hospital", 0, "棠川省儿童医院", 0, 0, YQ_SAME },
    { "company", YQ_ORGANIZATION, "聆谷听力科技（砚湖）有限公司", 0, "Linggu Hearing Technology (Yanhu) Co., Ltd.", 0, 0, YQ_SAME },
    { "company, industry words", YQ_ORGANIZATION, "芷原生物制药股份有限公司", 0, "Zhiyuan Biopharmaceutical Co., Ltd.", 0, 0, YQ_SAME },
    { "Hong Kong spelling", YQ_ORGANIZATION, "嘉曜醫院", 0, "Ka Yiu Hospital", 0, 0, YQ_SAME },
    { "Hong Kong spelling, region told", YQ_ORGANIZATION, "香港晴岭医院", 0, "Ching Ling Hospital", 0, 0, YQ_SAME },
    { "Hong Kong spelling, known in English", YQ_ORGANIZATION, "Ching Ling Hospital", 0, "晴嶺醫院", 0, 0, YQ_SAME },
    { "Taiwan spelling", YQ_ORGANIZATION, "謝和紀念醫院", 0, "Hsieh Ho Memorial Hospital", 0, 0, YQ_SAME },
    { "place before and in brackets", YQ_ORGANIZATION, "嘉曜医院（香港）", 0, "香港嘉曜医院", 0, 0, YQ_SAME },
    { "place in brackets and before", YQ_ORGANIZATION, "香港嘉曜医院", 0, "嘉曜医院（香港）", 0, 0, YQ_SAME },
    { "Peking University", YQ_ORGANIZATION, "北京大学", 0, "Peking University", 0, 0, YQ_SAME },
    { "Sun Yat-sen University", YQ_ORGANIZATION, "中山大学", 0, "Sun Yat-sen University", 0, 0, YQ_SAME },
    { "Harbin", YQ_ORGANIZATION, "哈尔滨医科大学", 0, "Harbin Medical University", 0, 0, YQ_SAME },

    /* organisations: two, or nobody can tell */
    { "first and second", YQ_ORGANIZATION, "澜州大学附属第一医院", 0, "澜州大学附属第二医院", 0, 0, YQ_DIFFERENT },
    { "first and second, English", YQ_ORGANIZATION, "澜州大学附属第一医院", 0, "Second Affiliated Hospital of Lanzhou University", 0, 0, YQ_DIFFERENT },
    { "university and hospital", YQ_ORGANIZATION, "澜州大学", 0, "澜州大学附属第一医院", 0, 0, YQ_DIFFERENT },
    { "university and hospital, English", YQ_ORGANIZATION, "澜州大学附属第一医院", 0, "Lanzhou University", 0, 0, YQ_DIFFERENT },
    { "university and its school", YQ_ORGANIZATION, "澜州大学", 0, "澜州大学医学院", 0, 0, YQ_DIFFERENT },
    { "campus", YQ_ORGANIZATION, "澜州大学附属第一医院", 0, "澜州大学附属第一医院东院区", 0, 0, YQ_DIFFERENT },
    { "clinic of a university", YQ_ORGANIZATION, "澜州大学医院", 0, "澜州大学附属医院", 0, 0, YQ_DIFFERENT },
    { "city and province", YQ_ORGANIZATION, "吉林省人民医院", 0, "吉林市人民医院", 0, 0, YQ_DIFFERENT },
    { "city and county", YQ_ORGANIZATION, "汀阳县人民医院", 0, "汀阳市人民医院", 0, 0, YQ_DIFFERENT },
    { "county in English", YQ_ORGANIZATION, "汀阳县人民医院", 0, "Tingyang People's Hospital", 0, 0, YQ_DIFFERENT },
    { "people's and central", YQ_ORGANIZATION, "澜州市人民医院", 0, "澜州市中心医院", 0, 0, YQ_DIFFERENT },
    { "eye and children", YQ_ORGANIZATION, "砚湖市眼科医院", 0, "Yanhu Children's Hospital", 0, 0, YQ_DIFFERENT },
    { "two companies by place", YQ_ORGANIZATION, "衡远医疗科技（北京）有限公司", 0, "衡远医疗科技（上海）有限公司", 0, 0, YQ_DIFFERENT },
    { "place before and behind a company", YQ_ORGANIZATION, "北京衡远医疗科技有限公司", 0, "衡远医疗科技（北京）有限公司", 0, 0, YQ_DIFFERENT },
    { "place in brackets is another", YQ_ORGANIZATION, "嘉曜医院（香港）", 0, "澳门嘉曜医院", 0, 0, YQ_DIFFERENT },
    { "province and city of one name, in English", YQ_ORGANIZATION, "吉林省儿童医院", 0, "Jilin Children's Hospital", 0, 0, YQ_DIFFERENT },
    { "no proper part", YQ_ORGANIZATION, "人民医院", 0, "人民医院", 0, 0, YQ_UNDECIDED },
    { "carried by many", YQ_ORGANIZATION, "同仁医院", 0, "同仁医院", 0, 0, YQ_UNDECIDED },

    /* persons: one */
    { "same hospital", YQ_PERSON, "陈志远", "澜州市中心医院", "陈志远", "澜州市中心医院", 0, YQ_SAME },
    { "hospital in English, name in pinyin", YQ_PERSON, "陈志远", "澜州市中心医院", "Chen Zhiyuan", "Lanzhou Central Hospital", 0, YQ_SAME },
    { "given name first", YQ_PERSON, "谭听雨", "聆谷听力科技（砚湖）有限公司", "Tingyu TAN", "Linggu Hearing Technology (Yanhu) Co., Ltd.", 0, YQ_SAME },
    { "known in English", YQ_PERSON, "Miao Kexin", "Tangchuan Children's Hospital", "苗可歆", "棠川省儿童医院", 0, YQ_SAME },
    { "Cantonese at a hospital", YQ_PERSON, "何佩兰", "嘉曜医院", "Pui-lan Ho", "Ka Yiu Hospital", 0, YQ_SAME },
    { "Cantonese, known in English", YQ_PERSON, "Leung King-hei", "Ching Ling Hospital", "梁景熙", "晴嶺醫院", 0, YQ_SAME },
    { "Taiwan", YQ_PERSON, "簡宜恆", "鯨灣紀念醫院", "Chien Yi-heng", "Jingwan Memorial Hospital", 0, YQ_SAME },
    { "initials at a hospital", YQ_PERSON, "沈砚舟", "澜州市中心医院", "Shen YZ", "Lanzhou Central Hospital", 0, YQ_SAME },
    { "a foreign name by its sound", YQ_PERSON, "安妮卡·桑德尔", "澜州市中心医院", "Annika Sandell", "Lanzhou Central Hospital", 0, YQ_SAME },
    { "another dot", YQ_PERSON, "阿卜杜拉·买买提", "澜州市中心医院", "阿卜杜拉•买买提", "澜州市中心医院", 0, YQ_SAME },
    { "rare name, work named in the document", YQ_PERSON, "骆清岫", "澜州市中心医院", "骆清岫", 0, "澜州市中心医院", YQ_SAME },
    { "rare name in pinyin, work named in the document", YQ_PERSON, "骆清岫", "澜州市中心医院", "Luo Qingxiu", 0, "Lanzhou Central Hospital", YQ_SAME },
    { "short name of the hospital", YQ_PERSON, "李玮", "吉林大学第一医院", "李玮", "吉大一院", 0, YQ_SAME },

    /* persons: two, or nobody can tell */
    { "two hospitals", YQ_PERSON, "陈志远", "澜州市中心医院", "陈志远", "汀阳市人民医院", 0, YQ_UNDECIDED },
    { "first and second hospital", YQ_PERSON, "陈志远", "澜州大学附属第一医院", "陈志远", "澜州大学附属第二医院", 0, YQ_UNDECIDED },
    { "university and its hospital", YQ_PERSON, "陈志远", "澜州大学", "陈志远", "澜州大学附属第二医院", 0, YQ_UNDECIDED },
    { "one sound, two characters", YQ_PERSON, "李伟", "澜州市中心医院", "李玮", "澜州市中心医院", 0, YQ_DIFFERENT },
    { "pinyin, another hospital", YQ_PERSON, "李伟", "澜州市中心医院", "Li Wei", "Tingyang People's Hospital", 0, YQ_DIFFERENT },
    { "pinyin, no work", YQ_PERSON, "李伟", "澜州市中心医院", "Li Wei", 0, 0, YQ_DIFFERENT },
    { "frequent name, work named in the document", YQ_PERSON, "王海涛", "澜州市中心医院", "王海涛", 0, "澜州市中心医院", YQ_UNDECIDED },
    { "frequent name in pinyin, work named in the document", YQ_PERSON, "王海涛", "澜州市中心医院", "Wang Haitao", 0, "Lanzhou Central Hospital", YQ_DIFFERENT },
    { "rare name, other work", YQ_PERSON, "骆清岫", "澜州市中心医院", "骆清岫", "汀阳市人民医院", "澜州市中心医院", YQ_UNDECIDED },
    { "rare name, nothing around", YQ_PERSON, "骆清岫", "澜州市中心医院", "骆清岫", 0, "汀阳市人民医院", YQ_UNDECIDED },
    { "one initial", YQ_PERSON, "沈砚舟", "澜州市中心医院", "Shen Y", "Lanzhou Central Hospital", 0, YQ_UNDECIDED },
    { "other initials", YQ_PERSON, "沈砚舟", "澜州市中心医院", "Shen ZY", "Lanzhou Central Hospital", 0, YQ_DIFFERENT },
    { "pinyin where Cantonese is meant", YQ_PERSON, "何佩兰", "嘉曜医院", "Ho Pui-ling", "Ka Yiu Hospital", 0, YQ_DIFFERENT },
    { "surname alone", YQ_PERSON, "沈砚舟", "澜州市中心医院", "Shen", "Lanzhou Central Hospital", 0, YQ_DIFFERENT },
    { "the colleague", YQ_PERSON, "沈砚舟", "澜州市中心医院", "沈砚", "澜州市中心医院", 0, YQ_DIFFERENT },
};

typedef struct {
    const row *row;
    bool person; /* the person is known too */
} world;

static bool is_known(const world *w, yq_identity_kind kind, yq_str *name, int64_t *id)
{
    bool org = kind == YQ_ORGANIZATION, direct = w->row->kind == YQ_ORGANIZATION;
    if (!org && !w->person) return false;
    *name = yq_cstr(org ? (direct ? w->row->known : w->row->known_org) : w->row->known);
    *id = org ? ORG : PERSON;
    return name->n > 0;
}

static size_t found_by(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, yq_str (*key_of)(yq_arena *a, yq_identity_kind kind, yq_str name))
{
    yq_str name;
    int64_t id;
    if (!is_known(self, kind, &name, &id) || !yq_eq(key, key_of(arena, kind, name))) return 0;
    out[0] = (yq_known_name){ id, name, true };
    return 1;
}

static size_t by_name(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    return cap ? found_by(self, kind, key, out, yq_name_key) : 0;
}

static size_t by_latin(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    return cap ? found_by(self, kind, key, out, yq_latin_key) : 0;
}

static size_t by_name_at(void *self, int64_t org, yq_str key, yq_known_name *out, size_t cap)
{
    const world *w = self;
    return org == ORG && w->row->known_org ? by_name(self, YQ_PERSON, key, out, cap) : 0;
}

static size_t orgs_of(void *self, int64_t person, int64_t *out, size_t cap)
{
    const world *w = self;
    if (person != PERSON || !w->row->known_org || !cap) return 0;
    out[0] = ORG;
    return 1;
}

static yq_str org_name(void *self, int64_t org)
{
    const world *w = self;
    return yq_cstr(org == ORG ? (w->row->kind == YQ_ORGANIZATION ? w->row->known : w->row->known_org) : org == OTHER_ORG ? w->row->org : w->row->around);
}

static size_t names_of(void *self, int64_t entity, yq_known_name *out, size_t cap)
{
    yq_str name;
    int64_t id;
    if (!cap || !is_known(self, entity == PERSON ? YQ_PERSON : YQ_ORGANIZATION, &name, &id) || id != entity) return 0;
    out[0] = (yq_known_name){ id, name, true };
    return 1;
}

static size_t people_of(void *self, int64_t org, bool han, yq_known_name *out, size_t cap)
{
    const world *w = self;
    if (org != ORG || !names_of(self, PERSON, out, cap)) return 0;
    return ((unsigned char)w->row->known[0] >= 0x80) == han;
}

static int ruled(void *self, int64_t a, int64_t b)
{
    (void)self, (void)a, (void)b;
    return 0;
}

static yq_decision resolve(world *w, const yq_mention *m)
{
    yq_known known = { w, by_name, by_latin, by_name_at, orgs_of, org_name, names_of, people_of, ruled };
    yq_decision d = { 0 };
    CHECK(w->row->what, yq_resolve(arena, &known, m, &d, NULL) == YQ_OK);
    return d;
}

/* What the document's organisation is, by the same rules. */
static int64_t org_of(world *w, const char *name, int64_t otherwise)
{
    yq_mention m = { .kind = YQ_ORGANIZATION, .name = yq_cstr(name) };
    yq_decision d = resolve(w, &m);
    return d.verdict == YQ_SAME ? d.entity : otherwise;
}

static yq_decision decide(const row *r)
{
    world w = { r, false };
    yq_mention m = { .kind = r->kind, .name = yq_cstr(r->name) };
    int64_t own, around[2];
    if (r->kind == YQ_ORGANIZATION) return resolve(&w, &m);
    if (r->org) own = org_of(&w, r->org, OTHER_ORG), m.orgs = &own, m.org_count = 1, around[m.around_count++] = own;
    if (r->around) around[m.around_count++] = org_of(&w, r->around, AROUND);
    m.around = around;
    w.person = true;
    return resolve(&w, &m);
}

int main(void)
{
    arena = yq_arena_new(64 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_decision d = decide(&rows[i]);
        if (!CHECK(rows[i].what, d.verdict == rows[i].verdict)) fprintf(stderr, "  %s / %s: %d, %s\n", rows[i].known, rows[i].name, d.verdict, d.reason);
        yq_arena_clear(arena);
    }
    yq_arena_free(arena);
    return check_done();
}
