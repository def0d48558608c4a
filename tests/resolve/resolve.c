/* Which names meet, and which are kept apart, over a small world that is known. */
#include "check.h"
#include "resolve/resolve.h"

static yq_arena *arena;

/* ---------------------------------------------------------------- keys */

static const struct { const char *what, *a, *b; bool meet; } keys[] = {
    { "the same", "云岭大学附属第一医院", "云岭大学附属第一医院", true },
    { "traditional", "雲嶺大學附屬第一醫院", "云岭大学附属第一医院", true },
    { "spaces inside", "云岭大学 附属第一医院", "云岭大学附属第一医院", true },
    { "company ending", "屿衡医疗科技（澜州）有限公司", "屿衡医疗科技有限公司", true },
    { "company ending, brackets", "屿衡医疗科技（澜州）股份有限公司", "屿衡医疗科技", true },
    { "place in brackets", "嘉曜医院（香港）", "嘉曜医院", true },
    { "half-width brackets", "嘉曜医院(香港)", "嘉曜医院", true },
    { "abbreviation in brackets", "Duke Institute for Health Innovation (DIHI)", "Duke Institute for Health Innovation", true },
    { "article and case", "The Chinese University of Hong Kong", "the chinese university of hong kong", true },
    { "legal words", "YuHeng Medical Technology (Lanzhou) Co., Ltd.", "YuHeng Medical Technology", true },
    { "legal words are words", "Norrvik Cardio AB", "Norrvik Cardio", true },
    { "no word is cut inside", "Norrvik Lab", "Norrvik L", false },
    { "hospital and university", "云岭大学", "云岭大学附属第一医院", false },
    { "first and second", "云岭大学附属第一医院", "云岭大学附属第二医院", false },
    { "word order", "吉林大学附属第一医院", "吉林大学第一附属医院", true },
    { "word left out", "吉林大学附属第一医院", "吉林大学第一医院", true },
    { "school of medicine between", "浙江大学医学院附属第一医院", "浙江大学附属第一医院", true },
    { "the university's own clinic", "云岭大学医院", "云岭大学附属医院", false },
    { "a name of its own", "浙江大学医学院附属邵逸夫医院", "浙江大学医学院附属妇产科医院", false },
    { "known by a short name", "吉大一院", "吉林大学第一医院", true },
    { "the other short name", "吉大二院", "吉林大学第一医院", false },
    { "known by letters", "ITRI", "工研院", true },
    { "as people say it", "天津市一中心", "天津市第一中心医院", true },
    { "not every centre", "天津市三维中心", "天津市三维中心医院", false },
    { "city and province", "云岭省卫生健康委员会", "澜州市卫生健康委员会", false },
    { "campus", "云岭大学附属第一医院", "云岭大学附属第一医院麓湖院区", false },
};

static void check_keys(void)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        CHECK(keys[i].what, yq_eq(yq_org_key(arena, yq_cstr(keys[i].a)), yq_org_key(arena, yq_cstr(keys[i].b))) == keys[i].meet);
}

static const struct { const char *what, *name, *key; } person_keys[] = {
    { "spaced", "韩　霁", "韩霁" },
    { "traditional", "沈硯舟", "沈砚舟" },
    { "middle dot", "阿卜杜拉·买买提", "阿卜杜拉买买提" },
    { "order of Latin names", "Zhou Lan", "lanzhou" },
    { "the other order", "Lan Zhou", "lanzhou" },
    { "hyphen", "Pui-lan Ho", "holanpui" },
    { "empty", "", "" },
};

static void check_person_keys(void)
{
    for (size_t i = 0; i < sizeof person_keys / sizeof *person_keys; i++)
        CHECK(person_keys[i].what, yq_eq(yq_name_key(arena, YQ_PERSON, yq_cstr(person_keys[i].name)), yq_cstr(person_keys[i].key)));
}

static const struct { const char *name; bool specific; } specific[] = {
    { "云岭省人民医院", true },      { "瑞金医院", true },         { "屿衡医疗科技有限公司", true },
    { "国家卫生健康委员会", true },   { "中华医学会", true },       { "麓湖新区医院", true },
    { "人民医院", false },           { "市中心医院", false },       { "省科学技术厅", false },
    { "联盟", false },               { "协和医院", false },         { "附属第一医院", false },
    { "澜州市中心医院", true },      { "三亚市人民医院", true },     { "大连市中心医院", true },
    { "中山大学", true },            { "同济大学", true },           { "本市人民医院", false },
    { "医学院", false },             { "组委会", false },           { "卫生健康委员会", false },
    { "Yunling University", true },  { "Norrvik Cardio", true },    { "First Affiliated Hospital", false },
    { "Institute of Biomedical Engineering", false }, { "The University Hospital", false }, { "", false },
    { "生物医学工程研究所", false }, { "心血管病研究所", false }, { "Stroke Center", false }, { "Luhu Stroke Center", true },
};

static void check_specific(void)
{
    for (size_t i = 0; i < sizeof specific / sizeof *specific; i++)
        CHECK(specific[i].name, yq_org_is_specific(arena, yq_cstr(specific[i].name)) == specific[i].specific);
}

static const struct { const char *full, *shorter; bool shortens; } shorts[] = {
    { "云岭省科学技术厅", "省科学技术厅", true },       { "澜州市中心医院", "市中心医院", true },
    { "工业技术研究院", "工研院", true },               { "云岭大学第一医院", "云大一院", true },
    { "棠川医科大学附属第二医院", "棠医大二院", true },
    { "国立台湾大学", "台大", true },                   { "澜州市第三人民医院", "澜州三院", true },
    { "云岭大学第一医院", "云大二院", false },          { "云岭大学第一医院", "云大医院", false },
    { "云岭大学附属第一医院", "附属第一医院", false },  { "云岭省科学技术厅", "科学技术厅", false },
    { "云岭大学", "云岭大学", false },                  { "云岭大学医学院附属省立医院", "省立医院", false },
    { "工研院生医与医材研究所", "工研院", false },        { "澜州理工大学", "理工大", false },                { "Yunling University", "YU", false },
    { "", "", false },
};

static void check_shorts(void)
{
    for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
        CHECK(shorts[i].full, yq_org_shortens(arena, yq_cstr(shorts[i].full), yq_cstr(shorts[i].shorter)) == shorts[i].shortens);
}

static const struct { const char *name; bool rare; } rarities[] = {
    { "沈砚舟", true }, { "骆清岫", true }, { "谭听雨", true }, { "章若朴", true },   { "欧阳听雨", true },
    { "王海涛", false }, { "李文静", false }, { "陈志远", false }, { "李玮", false }, { "张伟", false }, { "Li Wei", false }, { "", false },
};

static void check_rarities(void)
{
    for (size_t i = 0; i < sizeof rarities / sizeof *rarities; i++)
        CHECK(rarities[i].name, yq_person_is_rare(arena, yq_cstr(rarities[i].name)) == rarities[i].rare);
}

/* ---------------------------------------------------------------- translations */

static const struct { const char *what; yq_identity_kind kind; const char *zh, *en; bool meet; } pairs[] = {
    { "hospital of a university", YQ_ORGANIZATION, "云岭大学附属第一医院", "The First Affiliated Hospital of Yunling University", true },
    { "the second is not the first", YQ_ORGANIZATION, "云岭大学附属第二医院", "First Affiliated Hospital of Yunling University", false },
    { "university", YQ_ORGANIZATION, "云岭大学", "Yunling University", true },
    { "city", YQ_ORGANIZATION, "汀阳市人民医院", "Tingyang People's Hospital", true },
    { "county", YQ_ORGANIZATION, "汀阳县人民医院", "Tingyang People's Hospital", false },
    { "province", YQ_ORGANIZATION, "云岭省人民医院", "Yunling Provincial People's Hospital", true },
    { "company", YQ_ORGANIZATION, "屿衡医疗科技（澜州）有限公司", "YuHeng Medical Technology (Lanzhou) Co., Ltd.", true },
    { "another company", YQ_ORGANIZATION, "屿衡医疗科技有限公司", "YuHeng Medical", false },
    { "children", YQ_ORGANIZATION, "云岭省儿童医院", "Yunling Provincial Children's Hospital", true },
    { "too little is left", YQ_ORGANIZATION, "人民医院", "People's Hospital", false },
    { "person", YQ_PERSON, "沈砚舟", "Shen Yanzhou", true },
    { "given name first, hyphen", YQ_PERSON, "沈砚舟", "Yan-zhou Shen", true },
    { "surname of two characters", YQ_PERSON, "欧阳澈", "Ouyang Che", true },
    { "another name", YQ_PERSON, "沈砚舟", "Shen Yanchou", false },
};

static void check_pairs(void)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        yq_str zh = yq_latin_key(arena, pairs[i].kind, yq_cstr(pairs[i].zh)), en = yq_latin_key(arena, pairs[i].kind, yq_cstr(pairs[i].en));
        if (!CHECK(pairs[i].what, (zh.n && yq_eq(zh, en)) == pairs[i].meet)) fprintf(stderr, "  %.*s / %.*s\n", YQ_FMT(zh), YQ_FMT(en));
    }
}

/* ---------------------------------------------------------------- a world that is known */

static const struct { yq_identity_kind kind; int64_t id; const char *name; bool main; } names[] = {
    { YQ_ORGANIZATION, 1, "云岭大学附属第一医院", true },
    { YQ_ORGANIZATION, 2, "云岭大学", true },
    { YQ_ORGANIZATION, 3, "汀阳市人民医院", true },
    { YQ_ORGANIZATION, 3, "Tingyang People's Hospital", false },
    { YQ_ORGANIZATION, 4, "上海交通大学医学院附属瑞金医院", true },
    { YQ_ORGANIZATION, 4, "瑞金医院", false },
    { YQ_ORGANIZATION, 5, "屿衡医疗科技（澜州）有限公司", true },
    { YQ_ORGANIZATION, 6, "衡远医疗科技（北京）有限公司", true },
    { YQ_ORGANIZATION, 7, "衡远医疗科技（上海）有限公司", true },
    { YQ_ORGANIZATION, 8, "朔曲康复机器人有限公司", true },
    { YQ_ORGANIZATION, 9, "Shuoqu Rehabilitation Robotics Co., Ltd.", true },
    { YQ_ORGANIZATION, 10, "云岭医学创新联盟", true },
    { YQ_ORGANIZATION, 11, "澜州理工大学", true },
    { YQ_ORGANIZATION, 12, "人民医院", true },
    { YQ_ORGANIZATION, 13, "岚山市望湖路医院", true },
    { YQ_ORGANIZATION, 14, "岚山市第六医院", true },
    { YQ_ORGANIZATION, 21, "岚山市望江楼医院", true },
    { YQ_ORGANIZATION, 21, "望江楼医院", false },
    { YQ_ORGANIZATION, 22, "棠川医科大学附属第二医院", true },
    { YQ_ORGANIZATION, 22, "棠医大二院", false },
    { YQ_ORGANIZATION, 23, "棠川医科大学附属第三医院", true },
    { YQ_ORGANIZATION, 23, "棠川三院", false },
    { YQ_ORGANIZATION, 24, "棠川市第三人民医院", true },
    { YQ_ORGANIZATION, 24, "棠川三院", false },
    { YQ_ORGANIZATION, 15, "分过的医院甲", true },
    { YQ_ORGANIZATION, 16, "分过的医院甲", true },
    { YQ_ORGANIZATION, 17, "岚山大学栖霞工程研究所", true },
    { YQ_ORGANIZATION, 17, "栖霞工程研究所", false },
    { YQ_ORGANIZATION, 20, "香港汐屿纪念医院", true },
    { YQ_ORGANIZATION, 20, "汐嶼紀念醫院", false },
    { YQ_ORGANIZATION, 18, "沧浦市第三人民医院", true },
    { YQ_ORGANIZATION, 18, "沧浦市望海路医院", false }, /* what a reader wrongly took for a form of 18 */
    { YQ_ORGANIZATION, 19, "沧浦市望海路医院", true },
    { YQ_PERSON, 101, "李文静", true },   /* at 1 */
    { YQ_PERSON, 102, "李文静", true },   /* at 3 */
    { YQ_PERSON, 103, "陆景行", true },   /* at 11 */
    { YQ_PERSON, 104, "陆景行", true },   /* at 5 */
    { YQ_PERSON, 105, "王海涛", true },   /* at 10 (a body) and 1 */
    { YQ_PERSON, 106, "许澄", true },     /* at 10 only */
    { YQ_PERSON, 107, "Lan Zhou", true }, /* at 3 */
    { YQ_PERSON, 108, "欧阳澈", true },   /* nowhere */
    { YQ_PERSON, 109, "顾行舟", true },   /* at 1 */
    { YQ_PERSON, 109, "0000-0002-1825-0097", false },
    { YQ_ORGANIZATION, 25, "衡岳医疗器械有限公司", true },
    { YQ_ORGANIZATION, 25, "91350100M000100Y43", false },
};

static const struct { int64_t person, org; } works[] = {
    { 101, 1 }, { 102, 3 }, { 103, 11 }, { 104, 5 }, { 105, 10 }, { 105, 1 }, { 106, 10 }, { 107, 3 }, { 109, 1 },
};

static size_t by_name(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    size_t n = 0;
    (void)self;
    for (size_t i = 0; i < sizeof names / sizeof *names && n < cap; i++)
        if (names[i].kind == kind && yq_eq(yq_name_key(arena, kind, yq_cstr(names[i].name)), key))
            out[n++] = (yq_known_name){ names[i].id, yq_cstr(names[i].name), names[i].main };
    return n;
}

static size_t by_latin(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap)
{
    size_t n = 0;
    (void)self;
    for (size_t i = 0; i < sizeof names / sizeof *names && n < cap; i++)
        if (names[i].kind == kind && yq_eq(yq_latin_key(arena, kind, yq_cstr(names[i].name)), key))
            out[n++] = (yq_known_name){ names[i].id, yq_cstr(names[i].name), names[i].main };
    return n;
}

static bool works_at(int64_t person, int64_t org)
{
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        if (works[i].person == person && works[i].org == org) return true;
    return false;
}

static size_t by_name_at(void *self, int64_t org, yq_str key, yq_known_name *out, size_t cap)
{
    size_t kept = 0, n = by_name(self, YQ_PERSON, key, out, cap);
    for (size_t i = 0; i < n; i++)
        if (works_at(out[i].entity, org)) out[kept++] = out[i];
    return kept;
}

static size_t orgs_of(void *self, int64_t person, int64_t *out, size_t cap)
{
    size_t n = 0;
    (void)self;
    for (size_t i = 0; i < sizeof works / sizeof *works && n < cap; i++)
        if (works[i].person == person) out[n++] = works[i].org;
    return n;
}

static yq_str org_name(void *self, int64_t org)
{
    (void)self;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].id == org) return yq_cstr(names[i].name);
    return YQ_S("");
}

static size_t names_of(void *self, int64_t entity, yq_known_name *out, size_t cap)
{
    size_t n = 0;
    (void)self;
    for (size_t i = 0; i < sizeof names / sizeof *names && n < cap; i++)
        if (names[i].id == entity) out[n++] = (yq_known_name){ entity, yq_cstr(names[i].name), names[i].main };
    return n;
}

static bool in_han(const char *name)
{
    return (unsigned char)name[0] >= 0xE4;
}

static size_t people_of(void *self, int64_t org, bool han, yq_known_name *out, size_t cap)
{
    size_t n = 0;
    (void)self;
    for (size_t k = 0; k < sizeof works / sizeof *works; k++)
        for (size_t i = 0; i < sizeof names / sizeof *names && n < cap; i++)
            if (works[k].org == org && names[i].id == works[k].person && names[i].main && in_han(names[i].name) == han)
                out[n++] = (yq_known_name){ names[i].id, yq_cstr(names[i].name), true };
    return n;
}

static int ruled(void *self, int64_t a, int64_t b)
{
    (void)self;
    return (a == 15 && b == 16) || (a == 16 && b == 15) ? -1 : 0;
}

static const yq_known world = { NULL, by_name, by_latin, by_name_at, orgs_of, org_name, names_of, people_of, ruled };

/* ---------------------------------------------------------------- decisions */

static const struct {
    const char *what;
    yq_identity_kind kind;
    const char *name, *form;
    int64_t orgs[2];
    yq_verdict verdict;
    int64_t entity, also;
} cases[] = {
    { "organisation, same name", YQ_ORGANIZATION, "云岭大学附属第一医院", NULL, { 0 }, YQ_SAME, 1, 0 },
    { "organisation, traditional", YQ_ORGANIZATION, "雲嶺大學附屬第一醫院", NULL, { 0 }, YQ_SAME, 1, 0 },
    { "organisation, unknown", YQ_ORGANIZATION, "云岭大学附属第二医院", NULL, { 0 }, YQ_DIFFERENT, 0, 0 },
    { "university is not its hospital", YQ_ORGANIZATION, "云岭大学", NULL, { 0 }, YQ_SAME, 2, 0 },
    { "a short form that names the university does not make the hospital one with it", YQ_ORGANIZATION, "云岭大学附属第二医院", "云岭大学", { 0 },
      YQ_UNDECIDED, 2, 0 },
    { "English name known as a form", YQ_ORGANIZATION, "Tingyang People's Hospital", NULL, { 0 }, YQ_SAME, 3, 0 },
    { "short form that everybody knows", YQ_ORGANIZATION, "瑞金医院", NULL, { 0 }, YQ_SAME, 4, 0 },
    { "short form of parent, ordinal and kind", YQ_ORGANIZATION, "棠医大二院", NULL, { 0 }, YQ_SAME, 22, 0 },
    { "short form that two carry", YQ_ORGANIZATION, "棠川三院", NULL, { 0 }, YQ_UNDECIDED, 23, 0 },
    { "short form alone", YQ_ORGANIZATION, "望江楼医院", NULL, { 0 }, YQ_UNDECIDED, 21, 0 },
    { "company without its place", YQ_ORGANIZATION, "屿衡医疗科技有限公司", NULL, { 0 }, YQ_SAME, 5, 0 },
    { "company with another place", YQ_ORGANIZATION, "屿衡医疗科技（广州）有限公司", NULL, { 0 }, YQ_DIFFERENT, 0, 0 },
    { "company that could be either", YQ_ORGANIZATION, "衡远医疗科技有限公司", NULL, { 0 }, YQ_UNDECIDED, 6, 0 },
    { "company with its place", YQ_ORGANIZATION, "衡远医疗科技（上海）有限公司", NULL, { 0 }, YQ_SAME, 7, 0 },
    { "a document that pairs both scripts joins them", YQ_ORGANIZATION, "朔曲康复机器人有限公司", "Shuoqu Rehabilitation Robotics", { 0 }, YQ_SAME, 8, 9 },
    { "two Chinese names are not joined by a form", YQ_ORGANIZATION, "岚山市第六医院", "岚山市望湖路医院", { 0 }, YQ_SAME, 14, 0 },
    { "a name that many carry", YQ_ORGANIZATION, "人民医院", NULL, { 0 }, YQ_UNDECIDED, 12, 0 },
    { "told apart by somebody", YQ_ORGANIZATION, "分过的医院甲", NULL, { 0 }, YQ_UNDECIDED, 15, 0 },
    { "empty", YQ_ORGANIZATION, "", NULL, { 0 }, YQ_DIFFERENT, 0, 0 },
    { "a form that leaves the parent away", YQ_ORGANIZATION, "栖霞工程研究所", NULL, { 0 }, YQ_UNDECIDED, 17, 0 },
    { "a form that leaves the city away", YQ_ORGANIZATION, "汐屿纪念医院", NULL, { 0 }, YQ_SAME, 20, 0 },
    { "another reader's form joins nobody", YQ_ORGANIZATION, "沧浦市望海路医院", NULL, { 0 }, YQ_SAME, 19, 0 },

    { "person at the same hospital", YQ_PERSON, "李文静", NULL, { 1 }, YQ_SAME, 101, 0 },
    { "the other one", YQ_PERSON, "李文靜", NULL, { 3 }, YQ_SAME, 102, 0 },
    { "a third hospital", YQ_PERSON, "李文静", NULL, { 8 }, YQ_UNDECIDED, 101, 0 },
    { "nowhere", YQ_PERSON, "李文静", NULL, { 0 }, YQ_UNDECIDED, 101, 0 },
    { "other name, same hospital", YQ_PERSON, "李文", NULL, { 1 }, YQ_DIFFERENT, 0, 0 },
    { "who changed work is joined by who names both", YQ_PERSON, "陆景行", NULL, { 11, 5 }, YQ_SAME, 103, 104 },
    { "same body, other work", YQ_PERSON, "王海涛", NULL, { 10, 3 }, YQ_UNDECIDED, 105, 0 },
    { "same body and work", YQ_PERSON, "王海涛", NULL, { 10, 1 }, YQ_SAME, 105, 0 },
    { "same body, nothing else is known", YQ_PERSON, "许澄", NULL, { 10 }, YQ_SAME, 106, 0 },
    { "Latin name in the other order", YQ_PERSON, "Zhou Lan", NULL, { 3 }, YQ_SAME, 107, 0 },
    { "a form in Latin letters", YQ_PERSON, "周岚", "Zhou Lan", { 3 }, YQ_SAME, 107, 0 },
    { "pinyin at the same hospital", YQ_PERSON, "Li Wenjing", NULL, { 1 }, YQ_SAME, 101, 0 },
    { "pinyin elsewhere is nothing", YQ_PERSON, "Li Wenjing", NULL, { 8 }, YQ_DIFFERENT, 0, 0 },
    { "a translation, word for word", YQ_ORGANIZATION, "First Affiliated Hospital of Yunling University", NULL, { 0 }, YQ_SAME, 1, 0 },
    { "the known one has no organisation", YQ_PERSON, "欧阳澈", NULL, { 2 }, YQ_UNDECIDED, 108, 0 },
    { "the same ORCID iD, elsewhere", YQ_PERSON, "顾行舟", "0000-0002-1825-0097", { 3 }, YQ_SAME, 109, 0 },
    { "the same ORCID iD under another name", YQ_PERSON, "Gu Xing Zhou", "0000-0002-1825-0097", { 0 }, YQ_SAME, 109, 0 },
    { "another ORCID iD at the same hospital", YQ_PERSON, "顾行舟", "0000-0001-5109-3700", { 1 }, YQ_DIFFERENT, 0, 0 },
    { "a broken ORCID iD proves nothing", YQ_PERSON, "顾行舟", "0000-0001-5109-3701", { 1 }, YQ_SAME, 109, 0 },
    { "the same credit code", YQ_ORGANIZATION, "衡岳器械", "91350100M000100Y43", { 0 }, YQ_SAME, 25, 0 },
    { "another credit code", YQ_ORGANIZATION, "衡岳医疗器械有限公司", "91310000M000100Y4D", { 0 }, YQ_DIFFERENT, 0, 0 },
    { "a single character", YQ_PERSON, "李", NULL, { 1 }, YQ_DIFFERENT, 0, 0 },
};

static void check_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        yq_str form = yq_cstr(cases[i].form);
        yq_mention m = { .kind = cases[i].kind, .name = yq_cstr(cases[i].name), .forms = &form, .form_count = cases[i].form != NULL,
                         .orgs = cases[i].orgs, .org_count = (cases[i].orgs[0] != 0) + (cases[i].orgs[1] != 0) };
        yq_decision d;
        CHECK(cases[i].what, yq_resolve(arena, &world, &m, &d, NULL) == YQ_OK);
        CHECK(cases[i].what, d.verdict == cases[i].verdict);
        CHECK(cases[i].what, d.entity == cases[i].entity);
        CHECK(cases[i].what, d.also_count == (cases[i].also != 0) && (!cases[i].also || d.also[0] == cases[i].also));
        CHECK(cases[i].what, d.reason[0] && (d.verdict == YQ_DIFFERENT || (d.probability > 0 && d.probability < 1)));
        if (d.verdict != cases[i].verdict || d.entity != cases[i].entity)
            fprintf(stderr, "  verdict %d, entity %lld: %s\n", d.verdict, (long long)d.entity, d.reason);
    }
}

int main(void)
{
    arena = yq_arena_new(64 << 20);
    check_keys();
    check_person_keys();
    check_specific();
    check_shorts();
    check_rarities();
    check_pairs();
    check_cases();
    yq_arena_free(arena);
    return check_done();
}
