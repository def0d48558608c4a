/* The kinds of the program: those in kinds/ and no other, as the reader reads them; what the product counts on; moves by role. */
#include "check.h"
#include "kind/kind.h"

static yq_str json_of(const yq_kinds *k, yq_buf *out)
{
    yq_json j = yq_json_to(out);
    yq_kinds_json(k, &j);
    return yq_buf_str(out);
}

/* What was built in is what the folder says: the constants hold every member. */
static void built_from_the_folder(void)
{
    yq_arena *a = yq_arena_new(64 << 20);
    yq_kinds read;
    yq_kind_faults faults = { 0 };
    yq_err err = { 0 };
    yq_buf one = { 0 }, other = { 0 };
    if (!CHECK("kinds/ is right", yq_kinds_read_folder(KINDS_FOLDER, a, &read, &faults, &err) == YQ_OK)) fprintf(stderr, "%s\n", err.msg);
    CHECK("built in as read", read.n == yq_kinds_builtin()->n && yq_eq(json_of(&read, &one), json_of(yq_kinds_builtin(), &other)));
    yq_buf_free(&one);
    yq_buf_free(&other);
    yq_arena_free(a);
}

static const struct {
    const char *id;
    bool listed, subject;
    yq_wanted wanted;
} expected[] = {
    { "person", true, false, YQ_WANTED_ALWAYS }, { "organization", true, false, YQ_WANTED_ALWAYS }, { "technology", true, false, YQ_WANTED_ALWAYS },
    { "need", true, false, YQ_WANTED_NEVER },    { "event", true, false, YQ_WANTED_NEVER },         { "deal", true, false, YQ_WANTED_NEVER },
    { "trial", true, true, YQ_WANTED_IF_ASKED }, { "call", true, true, YQ_WANTED_IF_ASKED },        { "fund", true, true, YQ_WANTED_IF_ASKED },
    { "policy", true, true, YQ_WANTED_IF_ASKED }, { "bid", false, false, YQ_WANTED_NEVER },         { "review", false, false, YQ_WANTED_NEVER },
    { "project", false, false, YQ_WANTED_NEVER }, { "milestone", false, false, YQ_WANTED_NEVER },   { "introduction", false, false, YQ_WANTED_NEVER },
};

static void what_kinds_are_for(void)
{
    const yq_kinds *all = yq_kinds_builtin();
    char names[200], few[12];
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        yq_str id = yq_cstr(expected[i].id);
        const yq_kind *k = yq_kind_find(all, id);
        if (!CHECK(expected[i].id, k != NULL)) continue;
        CHECK(expected[i].id, yq_kind_is_listed(all, id) == expected[i].listed && yq_kind_is_subject(all, id) == expected[i].subject);
        CHECK(expected[i].id, k->wanted == expected[i].wanted && yq_kind_is_wanted(all, id) == (expected[i].wanted != YQ_WANTED_NEVER));
    }
    CHECK("no kind", !yq_kind_find(all, YQ_S("animal")) && !yq_kind_is_listed(all, YQ_S("")) && !yq_kind_is_wanted(all, YQ_S("Person")));
    yq_kind_names(all, yq_kind_is_wanted, names, sizeof names);
    CHECK("told in words", strcmp(names, "person, organization, technology, trial, call, fund or policy") == 0);
    CHECK("told within bounds", yq_kind_names(all, yq_kind_is_wanted, few, sizeof few).n < sizeof few);
}

/* Stages that an office expects to find, in order. */
static const struct {
    const char *kind, *states;
} courses[] = {
    { "call", "编制 论证 揭榜申报 形式审查 评审 公示 立项 实施与里程碑 验收 通过验收" },
    { "deal", "洽谈 意向 审批与公示 已签约 履行中 履行完毕 已终止" },
    { "project", "想法 原理验证 样机 动物实验 型检 临床试验 注册申报 获批 上市 入院" },
};

static void courses_of_states(void)
{
    for (size_t i = 0; i < sizeof courses / sizeof *courses; i++) {
        const yq_kind *k = yq_kind_find(yq_kinds_builtin(), yq_cstr(courses[i].kind));
        yq_str rest = yq_cstr(courses[i].states), state;
        size_t at = 0;
        while (yq_split(&rest, ' ', &state)) {
            while (at < k->states.n && !yq_eq(k->states.v[at].label.in[YQ_ZH], state)) at++;
            CHECK(courses[i].kind, at < k->states.n);
        }
    }
}

static const struct {
    const char *kind, *state, *move;
    yq_roles roles;
    yq_code code;
    const char *to, *says;
} moves[] = {
    { "call", "draft", "submit", YQ_ROLE_MEMBER, YQ_OK, "appraisal", "" },
    { "call", "appraisal", "publish", YQ_ROLE_OFFICE, YQ_OK, "open", "" },
    { "call", "appraisal", "publish", YQ_ROLE_MEMBER, YQ_DENIED, NULL, "other roles" },
    { "call", "appraisal", "publish", YQ_ROLE_MEMBER | YQ_ROLE_OFFICE, YQ_OK, "open", "" },
    { "call", "draft", "award", YQ_ROLE_OFFICE, YQ_INVALID, NULL, "submit" },
    { "call", "completed", "end", YQ_ROLE_OFFICE, YQ_INVALID, NULL, "nothing can be done" },
    { "call", "draft", "fly", YQ_ROLE_OFFICE, YQ_INVALID, NULL, "possible are" },
    { "call", "nowhere", "submit", YQ_ROLE_OFFICE, YQ_INVALID, NULL, "none" },
    { "bid", "sealed", "unseal", YQ_ROLE_OFFICE, YQ_OK, "checking", "" },
    { "bid", "sealed", "unseal", YQ_ROLE_REVIEWER, YQ_DENIED, NULL, "none" },
    { "project", "prototype", "to_type_test", YQ_ROLE_MANAGER, YQ_OK, "type_test", "" },
    { "deal", "signed", "terminate", 0, YQ_DENIED, NULL, "other roles" },
};

static void moves_by_role(void)
{
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        const yq_kind *k = yq_kind_find(yq_kinds_builtin(), yq_cstr(moves[i].kind));
        const yq_move *m;
        yq_err err = { 0 };
        CHECK(moves[i].move, yq_kind_move(k, yq_cstr(moves[i].state), yq_cstr(moves[i].move), moves[i].roles, &m, &err) == moves[i].code);
        CHECK(moves[i].move, moves[i].to ? m && yq_eq(k->states.v[m->to].id, yq_cstr(moves[i].to)) : !m && strstr(err.msg, moves[i].says));
    }
    const yq_kind *call = yq_kind_find(yq_kinds_builtin(), YQ_S("call"));
    const yq_move *legal[YQ_KIND_LIST_MAX];
    CHECK("the office may close, extend, void or end an open call", yq_kind_moves(call, YQ_S("open"), YQ_ROLE_OFFICE, legal) == 4);
    CHECK("the public may not", yq_kind_moves(call, YQ_S("open"), YQ_ROLE_PUBLIC, legal) == 0);
    CHECK("a case begins as a draft", yq_eq(yq_kind_initial(call)->id, YQ_S("draft")));
}

static void words(void)
{
    yq_choices roles = yq_role_words(), guards = yq_guard_words();
    CHECK("eight roles", roles.n == 8 && yq_eq(roles.v[2].id, YQ_S("office")));
    for (size_t i = 0; i < guards.n; i++) CHECK("every guard is told in both languages", guards.v[i].id.n && guards.v[i].label.in[YQ_ZH].n && guards.v[i].label.in[YQ_EN].n);
    static const char *const ids[] = {
#define X(name, id) id,
        YQ_GUARDS(X)
#undef X
    };
    for (size_t i = 0; i < guards.n; i++) CHECK("under its own id", yq_eq(guards.v[i].id, yq_cstr(ids[i])));
}

static void facts(void)
{
    const yq_kinds *all = yq_kinds_builtin();
    const yq_kind *need = yq_kind_find(all, YQ_S("need")), *technology = yq_kind_find(all, YQ_S("technology")), *fund = yq_kind_find(all, YQ_S("fund"));
    CHECK("who holds a technology", yq_eq(yq_kind_fact(technology, YQ_S("holder"))->label.in[YQ_ZH], YQ_S("持有者")));
    CHECK("and who has a need", yq_eq(yq_kind_fact(need, YQ_S("holder"))->label.in[YQ_ZH], YQ_S("提出方")));
    CHECK("at the other end", yq_eq(yq_kind_towards(yq_kind_find(all, YQ_S("organization")), YQ_S("role"))->label.in[YQ_EN], YQ_S("People")));
    CHECK("a fact of another kind", !yq_kind_fact(need, YQ_S("spoke")) && !yq_kind_towards(need, YQ_S("spoke")));
    CHECK("borrowed values", yq_choice_find(yq_kind_fact(fund, YQ_S("deal"))->values, YQ_S("letter_of_intent")) != NULL);
}

int main(void)
{
    built_from_the_folder();
    what_kinds_are_for();
    courses_of_states();
    moves_by_role();
    words();
    facts();
    return check_done();
}
