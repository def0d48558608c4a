/* Needs, news and feedback as they are read. An answer is named as the register names it today; who was erased has no name and is left out. */
#include "register/internal.h"

#include <stdio.h>

enum { MOST_NOTICES = 200 };

/* Has the appearance in column c still a name? */
#define NAMED(c) "EXISTS (SELECT 1 FROM entity e JOIN name m ON m.entity = e.survivor WHERE e.id = " c " AND m.main = 1)"

int64_t yq_need_meet(yq_arena *a, const yq_need_act *of)
{
    yq_str parts[] = { yq_fold(a, yq_trim(of->text)), of->want, yq_fold(a, of->where), yq_fold(a, of->without) };
    yq_hash h = yq_hash_of_parts(parts, 4);
    int64_t key;
    memcpy(&key, h.b, sizeof key);
    return key;
}

static void take_ulid(char out[YQ_ULID_CHARS + 1], yq_stmt *s, int col)
{
    snprintf(out, YQ_ULID_CHARS + 1, "%.*s", YQ_FMT(yq_sub(yq_col_text(s, col), 0, YQ_ULID_CHARS)));
}

/* ---------------------------------------------------------------- needs */

#define NEEDS                                                                                                                         \
    "SELECT k.id, k.ulid, k.text, k.want, k.given, k.left_out, k.asked_by, k.state, k.kept_us, k.sequence, (SELECT count(*) FROM notice n WHERE n.need = k.id AND n.news = 1 AND " NAMED("n.entity") \
    "), (SELECT count(*) FROM notice n WHERE n.need = k.id AND n.news = 1 AND n.id > k.seen AND " NAMED("n.entity") ") FROM kept_need k WHERE k.text <> '' AND " VISIBLE("k")

static yq_kept_need take_need(yq_arena *a, yq_stmt *s)
{
    yq_kept_need n = { .id = yq_col_int(s, 0), .text = yq_kept(a, s, 2), .want = yq_kept(a, s, 3), .where = yq_kept(a, s, 4), .without = yq_kept(a, s, 5), .who = yq_kept(a, s, 6),
                       .state = yq_kept(a, s, 7), .kept_us = yq_col_int(s, 8), .sequence = yq_col_int(s, 9), .told = yq_col_int(s, 10), .unseen = yq_col_int(s, 11) };
    take_ulid(n.ulid, s, 1);
    return n;
}

yq_code yq_register_needs(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str state, yq_kept_needs *out, yq_err *err)
{
    static const char all[] = NEEDS " ORDER BY k.kept_us DESC, k.id DESC", some[] = NEEDS " AND k.state = :state ORDER BY k.kept_us DESC, k.id DESC";
    yq_stmt *s;
    bool row;
    *out = (yq_kept_needs){ 0 };
    yq_code rc = yq_db_prepare(r->db, state.n ? some : all, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    if (state.n) yq_bind_text(s, "state", state);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = take_need(a, s);
    yq_finish(s);
    return rc;
}

static yq_code one_need(yq_stmt *s, const yq_viewer *v, yq_arena *a, yq_kept_need *out, yq_err *err)
{
    bool row;
    *out = (yq_kept_need){ 0 };
    yq_bind_viewer(s, v);
    yq_code rc = yq_step(s, &row, err);
    if (!rc && row) *out = take_need(a, s);
    yq_finish(s);
    return rc || out->id ? rc : yq_fail(err, YQ_NOTFOUND, 0, "there is no need with this id");
}

yq_code yq_register_need(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_str ulid, yq_kept_need *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, NEEDS " AND k.ulid = :ulid", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "ulid", ulid);
    return one_need(s, v, a, out, err);
}

yq_code yq_register_need_of(yq_reader *r, const yq_viewer *v, yq_arena *a, const yq_need_act *of, yq_kept_need *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, NEEDS " AND k.meet = :meet ORDER BY k.id LIMIT 1", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "meet", yq_need_meet(a, of));
    return one_need(s, v, a, out, err);
}

/* ---------------------------------------------------------------- news */

static const char notices[] =
    "SELECT n.id, n.need, n.document, n.span_from, n.span_to, n.score, n.news, n.fresh, CASE WHEN n.news = 1 AND n.id > k.seen THEN 1 ELSE 0 END, n.told_us, k.ulid, k.text, "
    "s.id, s.kind, " ULID_OF("s.id") ", " NAME_OF("s.id") ", d.ulid, d.name, p.title, p.date, r.clean, CASE WHEN p.id = r.id THEN '' ELSE p.clean END FROM notice n JOIN kept_need k ON "
    "k.id = n.need JOIN entity e ON e.id = n.entity JOIN entity s ON s.id = e.survivor JOIN document d ON d.id = n.document JOIN reading r ON r.id = n.reading JOIN reading p "
    "ON p.id = d.reading WHERE k.text <> '' AND (n.need = :need OR (:need = 0 AND k.state = 'kept')) AND (:who = '' OR k.asked_by = :who) AND (n.news = 1 OR :known = 1) AND (:unseen = 0 OR "
    "(n.news = 1 AND n.id > k.seen)) AND " NAMED("n.entity") " AND " VISIBLE("k") " AND " VISIBLE("d") " ORDER BY n.id DESC LIMIT :limit";

/* Where the sentence stands today: a document that was read again may have it elsewhere. */
static void find_today(yq_notice *n, yq_str today)
{
    size_t at = today.n && n->sentence.n ? yq_find(today, n->sentence, 0) : SIZE_MAX;
    if (at != SIZE_MAX) n->span = (yq_span){ (uint32_t)at, (uint32_t)(at + n->sentence.n) };
}

static yq_notice take_notice(yq_arena *a, yq_stmt *s)
{
    yq_notice n = { .id = yq_col_int(s, 0), .need = yq_col_int(s, 1), .document = yq_col_int(s, 2), .span = { (uint32_t)yq_col_int(s, 3), (uint32_t)yq_col_int(s, 4) },
                    .score = yq_col_real(s, 5), .news = yq_col_int(s, 6) != 0, .fresh = yq_col_int(s, 7) != 0, .unseen = yq_col_int(s, 8) != 0, .told_us = yq_col_int(s, 9),
                    .need_text = yq_kept(a, s, 11), .entity = yq_col_int(s, 12), .kind = yq_kept(a, s, 13), .name = yq_kept(a, s, 15), .document_name = yq_kept(a, s, 17),
                    .document_title = yq_kept(a, s, 18), .date = yq_kept(a, s, 19) };
    n.sentence = yq_dup(a, yq_at(yq_col_text(s, 20), n.span));
    find_today(&n, yq_col_text(s, 21));
    take_ulid(n.need_ulid, s, 10);
    take_ulid(n.ulid, s, 14);
    take_ulid(n.document_ulid, s, 16);
    return n;
}

static yq_code fill_places(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_notices *list, yq_err *err)
{
    yq_code rc = YQ_OK;
    for (size_t i = 0; i < list->n && !rc; i++) {
        yq_entity e = { .id = list->v[i].entity, .kind = list->v[i].kind };
        rc = yq_register_place(r, v, a, &e, err);
        list->v[i].organization = e.organization;
        list->v[i].position = e.position;
    }
    return rc;
}

yq_code yq_register_notices(yq_reader *r, const yq_viewer *v, yq_arena *a, const yq_notice_filter *f, yq_notices *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_notices){ 0 };
    yq_code rc = yq_db_prepare(r->db, notices, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "need", f->need);
    yq_bind_text(s, "who", f->who.n ? f->who : YQ_S(""));
    yq_bind_int(s, "known", f->with_known);
    yq_bind_int(s, "unseen", f->unseen);
    yq_bind_int(s, "limit", f->limit ? (int64_t)f->limit : MOST_NOTICES);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = take_notice(a, s);
    yq_finish(s);
    return rc ? rc : fill_places(r, v, a, out, err);
}

yq_code yq_register_unseen(yq_reader *r, const yq_viewer *v, int64_t *out, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT count(*) FROM notice n JOIN kept_need k ON k.id = n.need WHERE k.state = 'kept' AND k.text <> '' AND n.news = 1 AND n.id > k.seen AND "
                               NAMED("n.entity") " AND " VISIBLE("k"), &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    return yq_one_int(s, 0, out, err);
}

yq_code yq_register_best_known(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_best_knowns *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_best_knowns){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT n.need, e.kind, max(n.score) FROM notice n JOIN kept_need k ON k.id = n.need JOIN entity e ON e.id = n.entity WHERE n.news = 0 AND k.state = 'kept' "
                               "AND " VISIBLE("k") " GROUP BY n.need, e.kind ORDER BY n.need, e.kind", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, out) = (yq_best_known){ yq_col_int(s, 0), yq_kept(a, s, 1), yq_col_real(s, 2) };
    yq_finish(s);
    return rc;
}

static yq_code last_entry(yq_reader *r, const char *kind, int64_t *sequence, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db, "SELECT coalesce(max(sequence), 0) FROM entry WHERE kind = :kind", &s, err);
    if (rc) return rc;
    yq_bind_text(s, "kind", yq_cstr(kind));
    return yq_one_int(s, 0, sequence, err);
}

yq_code yq_register_looked_at(yq_reader *r, int64_t *sequence, yq_err *err)
{
    return last_entry(r, "news", sequence, err);
}

yq_code yq_register_needs_changed(yq_reader *r, int64_t *sequence, yq_err *err)
{
    return last_entry(r, "need", sequence, err);
}

/* ---------------------------------------------------------------- what arrived */

yq_code yq_register_arrivals(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t sequence, int64_t **documents, size_t *n, yq_err *err)
{
    YQ_VEC(int64_t) list = { 0 };
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT d.id FROM document d WHERE d.reading >= :first AND " VISIBLE("d") " ORDER BY d.reading", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "first", yq_id_block(sequence + 1));
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, &list) = yq_col_int(s, 0);
    yq_finish(s);
    *documents = list.v;
    *n = list.n;
    return rc;
}

static yq_code arrived_passages(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_arrived *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, "SELECT p.id, p.title, p.text FROM passage p WHERE p.document = :document AND " VISIBLE("p") " ORDER BY p.id", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", out->document);
    while (!(rc = yq_step(s, &row, err)) && row) *yq_push(a, &out->passages) = (yq_arrived_passage){ yq_col_int(s, 0), yq_kept(a, s, 1), yq_kept(a, s, 2) };
    yq_finish(s);
    if (!rc && out->passages.n) out->sequence = out->passages.v[0].id >> YQ_ID_BITS;
    return rc;
}

/* Everybody named, what things and institutions are called, and what facts of the predicates that answer needs say of both their ends. */
static const char arrived_namings[] =
    "SELECT m.entity, m.passage, e.kind, '' FROM mention m JOIN entity e ON e.id = m.entity WHERE m.document = :document AND m.passage > 0 AND " VISIBLE("m")
    " UNION ALL SELECT DISTINCT m.entity, 0, e.kind, coalesce(" NAME_OF("e.id") ", '') FROM mention m JOIN entity e ON e.id = m.entity WHERE m.document = :document AND e.kind <> 'person' AND "
    VISIBLE("m") " UNION ALL SELECT f.subject, 0, e.kind, coalesce(" NAME_OF("f.object") ", '') || ' ' || f.value FROM fact f JOIN entity e ON e.id = f.subject WHERE f.document = :document AND "
    "f.predicate IN ('role', 'spoke', 'holder', 'need', 'trial', 'party', 'honour') AND " STANDS("f")
    " UNION ALL SELECT f.object, 0, e.kind, coalesce(" NAME_OF("f.subject") ", '') || ' ' || f.value FROM fact f JOIN entity e ON e.id = f.object WHERE f.document = :document AND "
    "f.predicate IN ('role', 'holder', 'trial', 'party') AND " STANDS("f");

yq_code yq_register_arrived(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t document, yq_arrived *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_arrived){ .document = document };
    yq_code rc = arrived_passages(r, v, a, out, err);
    if (!rc) rc = yq_db_prepare(r->db, arrived_namings, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "document", document);
    while (!(rc = yq_step(s, &row, err)) && row)
        *yq_push(a, &out->namings) = (yq_arrived_naming){ yq_col_int(s, 0), yq_col_int(s, 1), yq_kept(a, s, 2), yq_kept(a, s, 3) };
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- feedback */

static int mark_order(yq_str mark)
{
    int i = 0;
    while (yq_mark_name((size_t)i) && !yq_eq(mark, yq_cstr(yq_mark_name((size_t)i)))) i++;
    return i;
}

/* Those of one answer stand together: the later goes before those that come after it in the order of the marks. */
static void put_in_order(yq_feedbacks *list)
{
    for (size_t i = list->n - 1; i > 0; i--) {
        yq_feedback *x = &list->v[i - 1], *y = &list->v[i];
        if (x->need != y->need || x->entity != y->entity || mark_order(x->mark) <= mark_order(y->mark)) return;
        yq_feedback t = *x;
        *x = *y;
        *y = t;
    }
}

yq_code yq_register_feedback(yq_reader *r, const yq_viewer *v, yq_arena *a, int64_t need, yq_feedbacks *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *out = (yq_feedbacks){ 0 };
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT f.need, e.survivor, " ULID_OF("e.survivor") ", s.kind, " NAME_OF("e.survivor") ", f.mark, min(f.who), min(f.at_us) FROM feedback f JOIN kept_need k ON k.id = "
                               "f.need JOIN entity e ON e.id = f.entity JOIN entity s ON s.id = e.survivor WHERE (f.need = :need OR :need = 0) AND k.text <> '' AND " NAMED("f.entity") " AND "
                               VISIBLE("f") " GROUP BY f.need, e.survivor, s.kind, f.mark ORDER BY f.need, e.survivor", &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_bind_int(s, "need", need);
    while (!(rc = yq_step(s, &row, err)) && row) {
        yq_feedback *f = yq_push(a, out);
        *f = (yq_feedback){ .need = yq_col_int(s, 0), .entity = yq_col_int(s, 1), .kind = yq_kept(a, s, 3), .name = yq_kept(a, s, 4), .mark = yq_kept(a, s, 5), .who = yq_kept(a, s, 6),
                            .at_us = yq_col_int(s, 7) };
        take_ulid(f->ulid, s, 2);
        put_in_order(out);
    }
    yq_finish(s);
    return rc;
}

/* ---------------------------------------------------------------- the report */

double yq_report_precision(const yq_need_report *r)
{
    int64_t judged = r->useful + r->not_useful;
    return judged ? (double)r->useful / (double)judged : -1;
}

static yq_code count_shown(yq_reader *r, yq_need_report *row, yq_err *err)
{
    yq_stmt *s;
    yq_code rc = yq_db_prepare(r->db,
                               "SELECT count(*) FROM (SELECT e.survivor FROM notice n JOIN entity e ON e.id = n.entity WHERE n.need = :need AND " NAMED("n.entity")
                               " UNION SELECT e.survivor FROM feedback f JOIN entity e ON e.id = f.entity WHERE f.need = :need AND " NAMED("f.entity") ") x", &s, err);
    if (rc) return rc;
    yq_bind_int(s, "need", row->need.id);
    return yq_one_int(s, 0, &row->shown, err);
}

/* One answer with all its marks. */
static void count_answer(yq_need_report *row, const yq_feedback *f, size_t n)
{
    bool has[8] = { false };
    for (size_t i = 0; i < n; i++) has[mark_order(f[i].mark) & 7] = true;
    row->useful += has[0];
    row->not_useful += has[1];
    row->contacted += has[2] || has[3] || has[4] || has[5];
    row->declined += has[3];
    row->met += has[4] || has[5];
    row->signed_ += has[5];
}

static void count_marks(yq_need_report *row, const yq_feedbacks *all)
{
    for (size_t i = 0; i < all->n;) {
        size_t end = i + 1;
        while (end < all->n && all->v[end].need == all->v[i].need && all->v[end].entity == all->v[i].entity) end++;
        if (all->v[i].need == row->need.id) count_answer(row, &all->v[i], end - i);
        i = end;
    }
}

static void add_up(yq_need_report *total, const yq_need_report *row)
{
    total->shown += row->shown, total->useful += row->useful, total->not_useful += row->not_useful, total->contacted += row->contacted;
    total->declined += row->declined, total->met += row->met, total->signed_ += row->signed_;
}

yq_code yq_register_report(yq_reader *r, const yq_viewer *v, yq_arena *a, yq_need_reports *out, yq_err *err)
{
    yq_kept_needs needs;
    yq_feedbacks marks;
    yq_need_report total = { 0 };
    *out = (yq_need_reports){ 0 };
    yq_code rc = yq_register_needs(r, v, a, YQ_S(""), &needs, err);
    if (!rc) rc = yq_register_feedback(r, v, a, 0, &marks, err);
    for (size_t i = 0; i < needs.n && !rc; i++) {
        yq_need_report row = { .need = needs.v[i] };
        rc = count_shown(r, &row, err);
        count_marks(&row, &marks);
        add_up(&total, &row);
        *yq_push(a, out) = row;
    }
    *yq_push(a, out) = total;
    return rc;
}

/* ---------------------------------------------------------------- weights */

yq_code yq_register_weights(yq_reader *r, yq_weight *v, size_t n, int64_t *version, yq_err *err)
{
    yq_stmt *s;
    bool row;
    *version = 0;
    yq_code rc = yq_db_prepare(r->db, "SELECT version, part, weight FROM weights WHERE sequence = (SELECT max(sequence) FROM weights)", &s, err);
    if (rc) return rc;
    while (!(rc = yq_step(s, &row, err)) && row) {
        *version = yq_col_int(s, 0);
        for (size_t i = 0; *version && i < n; i++)
            if (yq_eq(yq_col_text(s, 1), yq_cstr(v[i].part))) v[i].weight = yq_col_real(s, 2);
    }
    yq_finish(s);
    return rc;
}
