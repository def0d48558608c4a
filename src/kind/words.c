/* The vocabulary of kind files: field types, levels, roles, guards, with what people read of them. */
#include "kind/internal.h"

#include <stdio.h>

const char *const kind_field_types[YQ_FIELD_TYPES] = { "text", "long_text", "date", "money", "integer", "choice", "entity", "url", "file" };
const char *const kind_shared_levels[YQ_SHARED_LEVELS] = { "public", "alliance", "partner", "own" };
const char *const kind_wanted_words[YQ_WANTED_ALWAYS + 1] = { "never", "if_asked", "always" };

#define WORD(id, zh, en) { { "" id, sizeof(id) - 1 }, { { { "" zh, sizeof(zh) - 1 }, { "" en, sizeof(en) - 1 } } } }

yq_choices yq_role_words(void)
{
    static const yq_choice roles[] = {
        WORD("member", "成员", "Member"),       WORD("manager", "主管", "Manager"),      WORD("office", "办公室", "Office"),
        WORD("reviewer", "评审人", "Reviewer"), WORD("observer", "观察员", "Observer"), WORD("investor", "投资方", "Investor"),
        WORD("administrator", "管理员", "Administrator"), WORD("public", "公众", "Public"),
    };
    _Static_assert(1u << (COUNT(roles) - 1) == YQ_ROLE_PUBLIC, "a bit for each role, in the order of the list");
    return (yq_choices){ roles, COUNT(roles) };
}

yq_choices yq_guard_words(void)
{
    static const yq_choice guards[YQ_GUARD_COUNT] = {
        [YQ_GUARD_OWNER] = WORD("owner", "只能由其所属单位的人办理", "only those of the institution it belongs to"),
        [YQ_GUARD_ASSIGNEE] = WORD("assignee", "只能由被请求的人办理", "only the person who was asked"),
        [YQ_GUARD_NO_CONFLICT] = WORD("no_conflict", "与该事项没有利益冲突", "without a conflict of interest"),
        [YQ_GUARD_BEFORE_DEADLINE] = WORD("before_deadline", "截止日期之前", "before the deadline"),
        [YQ_GUARD_AFTER_DEADLINE] = WORD("after_deadline", "截止日期已过", "after the deadline"),
        [YQ_GUARD_CALL_OPEN] = WORD("call_open", "榜单正在接受申报", "while the challenge is open for bids"),
        [YQ_GUARD_CALL_CLOSED] = WORD("call_closed", "榜单已截止并开封", "once the challenge has closed and its bids are opened"),
        [YQ_GUARD_CALL_AWARDED] = WORD("call_awarded", "榜单已立项", "once the challenge is awarded"),
        [YQ_GUARD_HAS_BIDS] = WORD("has_bids", "至少有一件申报", "with at least one bid"),
        [YQ_GUARD_NO_BIDS] = WORD("no_bids", "没有申报", "without any bid"),
        [YQ_GUARD_BIDS_CHECKED] = WORD("bids_checked", "申报均已形式审查，至少一件通过", "once every bid was checked and at least one admitted"),
        [YQ_GUARD_REVIEWERS_ASSIGNED] = WORD("reviewers_assigned", "每件申报都已指派足够的评审人", "once every admitted bid has enough reviewers"),
        [YQ_GUARD_REVIEWS_COMPLETE] = WORD("reviews_complete", "评审意见已收齐", "once all reviews are in"),
        [YQ_GUARD_MILESTONES_PLANNED] = WORD("milestones_planned", "至少已设一个里程碑", "with at least one milestone planned"),
        [YQ_GUARD_MILESTONES_ACCEPTED] = WORD("milestones_accepted", "里程碑均已通过或取消", "once every milestone is accepted or dropped"),
        [YQ_GUARD_PARTIES_AGREED] = WORD("parties_agreed", "各方均已同意", "once all parties agreed"),
    };
    return (yq_choices){ guards, YQ_GUARD_COUNT };
}

int kind_word(const char *const *words, size_t n, yq_str word)
{
    for (size_t i = 0; i < n; i++)
        if (yq_eq(word, yq_cstr(words[i]))) return (int)i;
    return -1;
}

yq_str kind_words_told(yq_arena *a, const char *const *words, size_t n)
{
    yq_str told = YQ_S("");
    for (size_t i = 0; i < n; i++) told = yq_printf(a, "%.*s%s%s", YQ_FMT(told), i ? ", " : "", words[i]);
    return told;
}

void kind_fault(yq_arena *a, yq_kind_faults *faults, yq_str where, const char *fmt, ...)
{
    char what[512];
    va_list args;
    if (faults->n >= YQ_KIND_LIST_MAX) return;
    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    *yq_push(a, faults) = yq_printf(a, "%.*s: %s", YQ_FMT(where), what);
}

yq_str kind_place(yq_arena *a, yq_str file, const char *list, size_t i, yq_str id)
{
    if (!id.n) return yq_printf(a, "%.*s: %s[%zu]", YQ_FMT(file), list, i);
    return yq_printf(a, "%.*s: %s[%zu] (%.*s)", YQ_FMT(file), list, i, YQ_FMT(id));
}
