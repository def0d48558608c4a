/* extract/home.c - which organisation is meant where a role names none.
 *
 * 联系人：耳鼻咽喉科副主任谈笑风 under 发榜单位：湛水市中心医院, 门诊由肝胆外科主任医师祖逖云牵头 on a hospital's page: the post tells what kind of
 * organisation it is held in. The organisation of that kind named last before it in the same block is meant, or else the only one of that
 * kind in the document. Posts that occur everywhere (主任, 专家, 记者) stay without.
 */
#include "extract/internal.h"

static const struct {
    const char *ending;
    const char *kinds; /* of the organisation */
} homes[] = {
    { "科主任", "hospital" }, { "科副主任", "hospital" }, { "主任医师", "hospital" }, { "主治医师", "hospital" }, { "住院医师", "hospital" }, { "科医师", "hospital" },
    { "护士长", "hospital" }, { "护师", "hospital" }, { "药师", "hospital" }, { "护士", "hospital" }, { "护理部主任", "hospital" }, { "科科长", "hospital" },
    { "办公室主任", "hospital university institute" }, { "处处长", "hospital university institute" }, { "处副处长", "hospital university institute" },
    { "中心主任", "hospital university institute" }, { "病区主任", "hospital" }, { "部主任", "hospital" }, { "科技师", "hospital" }, { "中心主治医师", "hospital" },
    { "营养师", "hospital" }, { "院长", "hospital" }, { "副院长", "hospital" }, { "研究院院长", "institute" }, { "研究院副院长", "institute" },
    { "校长", "university" }, { "学院院长", "university" }, { "系主任", "university" }, { "学院副院长", "university" },
    { "董事长", "company" }, { "总经理", "company" }, { "总裁", "company" }, { "首席执行官", "company" }, { "首席技术官", "company" }, { "首席运营官", "company" },
    { "首席科学家", "company" }, { "研发总监", "company" }, { "技术总监", "company" }, { "产品总监", "company" }, { "创始人", "company" }, { "联合创始人", "company" },
    { "局长", "government" }, { "厅长", "government" }, { "会长", "society" }, { "理事长", "society alliance foundation" }, { "秘书长", "society alliance foundation" },
};

/* The kinds of organisation that have such a post; "" if any may. The longest ending decides. */
static yq_str kinds_with(yq_str position)
{
    size_t best = 0;
    yq_str kinds = { 0 };
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        yq_str ending = yq_cstr(homes[i].ending);
        if (ending.n <= best || !yq_ends(position, ending)) continue;
        best = ending.n;
        kinds = yq_cstr(homes[i].kinds);
    }
    return kinds;
}

static bool among(yq_str kind, yq_str kinds)
{
    for (yq_str rest = kinds, one; yq_split(&rest, ' ', &one);)
        if (yq_eq(one, kind)) return true;
    return false;
}

static int nearest_in_block(const yq_work *w, size_t at, yq_str kinds)
{
    const yq_sentence *s = yq_sentence_at(w, at);
    if (!s || s->table != YQ_NO_TABLE) return YQ_NONE;
    for (uint32_t block = s->block; s >= w->sentences.v && s->block == block; s--)
        for (size_t i = s->first + s->count; i-- > s->first;) {
            const yq_mention *m = &w->mentions.v[i];
            if (m->kind == YQ_M_ORG && m->ref != YQ_NONE && m->span.to <= at && among(w->out->orgs.v[m->ref].kind, kinds)) return m->ref;
        }
    return YQ_NONE;
}

static int only_one(const yq_work *w, yq_str kinds)
{
    int found = YQ_NONE;
    for (size_t i = 0; i < w->out->orgs.n; i++) {
        if (!among(w->out->orgs.v[i].kind, kinds)) continue;
        if (found != YQ_NONE) return YQ_NONE;
        found = (int)i;
    }
    return found;
}

/* The only organisation of such a kind in the first two blocks: the one that the page is of. */
static int owner(const yq_work *w, yq_str kinds)
{
    int found = YQ_NONE;
    for (size_t i = 0; i < w->mentions.n; i++) {
        const yq_mention *m = &w->mentions.v[i];
        const yq_sentence *s = yq_sentence_at(w, m->span.from);
        if (!s || s->block > 1) break;
        if (m->kind != YQ_M_ORG || m->ref == YQ_NONE || !among(w->out->orgs.v[m->ref].kind, kinds)) continue;
        if (found != YQ_NONE && found != m->ref) return YQ_NONE;
        found = m->ref;
    }
    return found;
}

void yq_find_homes(yq_work *w)
{
    for (size_t i = 0; i < w->out->people.n; i++) {
        yq_found_person *p = &w->out->people.v[i];
        for (size_t k = 0; k < p->roles.n; k++) {
            yq_found_role *r = &p->roles.v[k];
            yq_str kinds = r->org == YQ_NONE ? kinds_with(r->position) : (yq_str){ 0 };
            if (!kinds.n) continue;
            r->org = nearest_in_block(w, r->evidence.span.from, kinds);
            if (r->org == YQ_NONE) r->org = only_one(w, kinds);
            if (r->org == YQ_NONE) r->org = owner(w, kinds);
            if (r->org != YQ_NONE && r->evidence.confidence > 0.6f) r->evidence.confidence = 0.6f;
        }
    }
}
