/* extract/home.c - which organisation is meant where a role names none.
 *
 * 联系人：耳鼻咽喉科副主任谈笑风 under 发榜单位：湛水市中心医院, 门诊由肝胆外科主任医师祖逖云牵头 on a hospital's page: the post tells what kind of
 * organisation it is held in. The organisation of that kind named last before it in the same block is meant, or else the only one of that
 * kind in the document. Posts that occur everywhere (主任, 专家, 记者) stay without.
 */
#include "extract/internal.h"

enum { LOOK_BACK = 60 }; /* sentences of one block */

static const struct {
    const char *ending;
    const char *kinds; /* of the organisation */
} homes[] = {
    { "科主任", "hospital" }, { "科副主任", "hospital" }, { "主任医师", "hospital" }, { "主治医师", "hospital" }, { "住院医师", "hospital" }, { "科医师", "hospital" },
    { "护士长", "hospital" }, { "护师", "hospital" }, { "药师", "hospital" }, { "护士", "hospital" }, { "护理部主任", "hospital" }, { "科科长", "hospital" },
    { "办公室主任", "hospital university institute" }, { "处处长", "hospital university institute" }, { "处副处长", "hospital university institute" },
    { "中心主任", "hospital university institute" }, { "病区主任", "hospital" }, { "部主任", "hospital" }, { "科技师", "hospital" }, { "中心主治医师", "hospital" },
    { "营养师", "hospital" }, { "院长", "hospital" }, { "副院长", "hospital" }, { "研究院院长", "institute" }, { "研究院副院长", "institute" },
    { "党委书记", "hospital university institute" }, { "党委副书记", "hospital university institute" }, { "纪委书记", "hospital university" },
    { "学院教授", "university" }, { "学院副教授", "university" }, { "学院讲师", "university" }, { "系教授", "university" }, { "系副教授", "university" },
    { "系助理教授", "university" }, { "学院助理教授", "university" }, { "系讲师", "university" },
    { "校长", "university" }, { "学院院长", "university" }, { "系主任", "university" }, { "学院副院长", "university" },
    { "董事长", "company" }, { "总经理", "company" }, { "总裁", "company" }, { "首席执行官", "company" }, { "首席技术官", "company" }, { "首席运营官", "company" },
    { "首席科学家", "company" }, { "研发总监", "company" }, { "技术总监", "company" }, { "产品总监", "company" }, { "创始人", "company" }, { "联合创始人", "company" },
    { "局长", "government" }, { "厅长", "government" }, { "会长", "society" }, { "理事长", "society alliance foundation" }, { "秘书长", "society alliance foundation" },
};

/* The row for a position, SIZE_MAX if any organisation may have such a post. The longest ending decides. */
static size_t row_of(yq_str position)
{
    size_t best = 0, row = SIZE_MAX;
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        yq_str ending = yq_cstr(homes[i].ending);
        if (ending.n <= best || !yq_ends(position, ending)) continue;
        best = ending.n;
        row = i;
    }
    return row;
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
    uint32_t block = s->block;
    for (int n = 0; n < LOOK_BACK && s >= w->sentences.v && s->block == block; s--, n++)
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

/* What the whole document says for a row of the table, asked once. */
typedef struct {
    bool known[sizeof homes / sizeof *homes];
    int org[sizeof homes / sizeof *homes];
} document_homes;

static int home_in_document(const yq_work *w, document_homes *d, size_t row)
{
    yq_str kinds = yq_cstr(homes[row].kinds);
    if (!d->known[row]) {
        d->org[row] = only_one(w, kinds);
        if (d->org[row] == YQ_NONE) d->org[row] = owner(w, kinds);
        d->known[row] = true;
    }
    return d->org[row];
}

static int home_of(const yq_work *w, document_homes *d, const yq_found_role *role)
{
    size_t row = row_of(role->position);
    if (row == SIZE_MAX) return YQ_NONE;
    int near = nearest_in_block(w, role->evidence.span.from, yq_cstr(homes[row].kinds));
    return near == YQ_NONE ? home_in_document(w, d, row) : near;
}

static void find_home(yq_work *w, document_homes *d, yq_found_role *role)
{
    if (role->org != YQ_NONE) return;
    role->org = home_of(w, d, role);
    if (role->org != YQ_NONE && role->evidence.confidence > 0.6f) role->evidence.confidence = 0.6f;
}

void yq_find_homes(yq_work *w)
{
    document_homes d = { 0 };
    for (size_t i = 0; i < w->out->people.n; i++)
        for (size_t k = 0; k < w->out->people.v[i].roles.n; k++) find_home(w, &d, &w->out->people.v[i].roles.v[k]);
}
