/* The conditions of a question: those of its words, those of its fields, and what was left out. A kept need, the command line and the address of the desk have fields and what is
 * left out as one line each, "region=华南;language=英语" and "region=广东省;unit=company"; what such a line says of time ("近三年") is counted from the day on which it is read. */
#include "match/condition.h"
#include "match/standing.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- what counts */

static bool is_without(const yq_need_question *q, yq_str id)
{
    for (size_t i = 0; i < q->without_count; i++)
        if (yq_eq(q->without[i], id)) return true;
    return false;
}

/* A field says more than words of its kind. */
static bool is_replaced(const yq_need_question *q, const yq_condition *c)
{
    for (size_t i = 0; i < q->given_count; i++)
        if (q->given[i].kind == c->kind && !c->negated) return true;
    return false;
}

/* "会英语" asks for no texts about English. A region, a kind of house and a stage stand in texts beside what is sought, and help to find it. */
static bool says_no_subject(yq_condition_kind kind)
{
    return kind == YQ_COND_LANGUAGE || kind == YQ_COND_GRADE || kind == YQ_COND_BUDGET || kind == YQ_COND_PERIOD;
}

static yq_str stage_words(yq_arena *a, const yq_need_question *q, const yq_conditions *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const yq_condition *c = &all->v[i];
        if (c->kind == YQ_COND_STAGE && !c->negated) return c->span.to ? yq_at(yq_simplify(a, q->text), c->span) : c->label[0];
    }
    return YQ_S("");
}

void conditions_of(yq_arena *a, const yq_need_question *q, asked_conditions *out)
{
    yq_conditions read = { 0 };
    *out = (asked_conditions){ .today = q->today.n ? q->today : day_of_clock(a) };
    yq_conditions_read(a, q->text, out->today, &read);
    for (size_t i = 0; i < read.n; i++) {
        bool left_out = is_replaced(q, &read.v[i]) || is_without(q, read.v[i].id);
        if (left_out) *yq_push(a, &out->ignored) = read.v[i].span;
        else *yq_push(a, &out->all) = read.v[i];
        if (left_out || says_no_subject(read.v[i].kind)) *yq_push(a, &out->no_subject) = read.v[i].span;
    }
    for (size_t i = 0; i < q->given_count; i++)
        if (!is_without(q, q->given[i].id)) *yq_push(a, &out->all) = q->given[i];
    out->available = stage_words(a, q, &out->all);
}

/* ---------------------------------------------------------------- lines */

/* One "kind=words" of a line; false: it is none. */
static bool field_at(yq_str one, yq_str *kind, yq_str *words)
{
    *words = yq_trim(one);
    if (!yq_split(words, '=', kind) || !words->p) return false;
    *kind = yq_trim(*kind), *words = yq_trim(*words);
    return true;
}

yq_code yq_question_where(yq_arena *a, yq_str line, yq_need_question *q, yq_err *err)
{
    yq_condition *given = YQ_ARRAY(a, yq_condition, YQ_GIVEN_MAX);
    yq_str one, kind, words;
    q->given = given, q->given_count = 0;
    while (line.p && yq_split(&line, ';', &one)) {
        if (yq_blank(one)) continue;
        if (q->given_count == YQ_GIVEN_MAX || !field_at(one, &kind, &words)) return yq_fail(err, YQ_INVALID, 0, "conditions are \"KIND=WORDS; …\", at most %d", YQ_GIVEN_MAX);
        yq_code rc = yq_condition_given(a, kind, words, q->today, &given[q->given_count], err);
        if (rc) return rc;
        q->given_count++;
    }
    return YQ_OK;
}

yq_code yq_question_without(yq_arena *a, yq_str line, yq_need_question *q, yq_err *err)
{
    yq_str *ids = YQ_ARRAY(a, yq_str, YQ_WITHOUT_MAX), one;
    q->without = ids, q->without_count = 0;
    while (line.p && yq_split(&line, ';', &one)) {
        if (yq_blank(one)) continue;
        if (q->without_count == YQ_WITHOUT_MAX) return yq_fail(err, YQ_INVALID, 0, "at most %d conditions are left out", YQ_WITHOUT_MAX);
        ids[q->without_count++] = yq_trim(one);
    }
    return YQ_OK;
}

/* ---------------------------------------------------------------- as a kept need has them */

/* One line of it all: what would end a condition in the line is a blank. */
static yq_str in_line(yq_arena *a, yq_str words)
{
    char *s = yq_dupz(a, words);
    for (size_t i = 0; i < words.n; i++)
        if (s[i] == ';' || (s[i] > 0 && s[i] < ' ')) s[i] = ' ';
    return (yq_str){ s, words.n };
}

static yq_str where_line(yq_arena *a, const yq_need_question *q)
{
    yq_str all = YQ_S("");
    for (size_t i = 0; i < q->given_count; i++)
        all = yq_printf(a, "%.*s%s%s=%.*s", YQ_FMT(all), all.n ? ";" : "", yq_condition_kind_name(q->given[i].kind), YQ_FMT(in_line(a, q->given[i].words)));
    return all;
}

static int by_text(const void *a, const void *b)
{
    return yq_cmp(*(const yq_str *)a, *(const yq_str *)b);
}

/* In one order, each once: whichever was left out first, the need is the same. */
static yq_str without_line(yq_arena *a, const yq_need_question *q)
{
    yq_str all = YQ_S(""), *ids = YQ_ARRAY(a, yq_str, q->without_count + 1);
    for (size_t i = 0; i < q->without_count; i++) ids[i] = yq_trim(in_line(a, q->without[i]));
    qsort(ids, q->without_count, sizeof *ids, by_text);
    for (size_t i = 0; i < q->without_count; i++)
        if (ids[i].n && (!i || !yq_eq(ids[i], ids[i - 1]))) all = yq_printf(a, "%.*s%s%.*s", YQ_FMT(all), all.n ? ";" : "", YQ_FMT(ids[i]));
    return all;
}

void yq_naming_need(yq_arena *a, const yq_need_question *q, yq_need_act *out)
{
    out->text = q->text, out->want = q->want;
    out->where = where_line(a, q);
    out->without = without_line(a, q);
}

void yq_question_of(yq_arena *a, const yq_kept_need *n, yq_need_question *q)
{
    q->text = n->text, q->want = n->want;
    yq_question_where(a, n->where, q, NULL);
    yq_question_without(a, n->without, q, NULL);
}

/* ---------------------------------------------------------------- as the API gives them */

static void put_where(yq_json *j, yq_str line)
{
    yq_str one, kind, words;
    yq_json_key(j, "where");
    yq_json_array(j);
    while (line.p && yq_split(&line, ';', &one)) {
        if (!field_at(one, &kind, &words)) continue;
        yq_json_object(j);
        yq_json_kv(j, "kind", kind);
        yq_json_kv(j, "words", words);
        yq_json_end_object(j);
    }
    yq_json_end_array(j);
}

static void put_without(yq_json *j, yq_str line)
{
    yq_str one;
    yq_json_key(j, "without");
    yq_json_array(j);
    while (line.p && yq_split(&line, ';', &one))
        if (one.n) yq_json_str(j, one);
    yq_json_end_array(j);
}

void yq_standing_need_json(yq_arena *a, const yq_kept_need *n, yq_json *j)
{
    yq_need_question q = { 0 };
    asked_conditions asked;
    yq_question_of(a, n, &q);
    conditions_of(a, &q, &asked);
    yq_json_object(j);
    yq_kept_need_json(j, n);
    put_where(j, n->where);
    put_without(j, n->without);
    yq_conditions_json(&asked.all, j);
    yq_json_end_object(j);
}
