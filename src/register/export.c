/* Identities as COMMANDS.md has them: every person and organisation with all its mentions, one a document, name and organisation. */
#include "register/internal.h"

/* The document's name without folders and ending. */
static yq_str stem_of(yq_str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/') {
            name = yq_sub(name, i, name.n);
            break;
        }
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.') return yq_sub(name, 0, i - 1);
    return name;
}

static const char mentions_sql[] =
    "SELECT DISTINCT m.entity, e.kind, (SELECT n.text FROM name n WHERE n.entity = m.entity AND n.main = 1 AND " VISIBLE("n")
    " ORDER BY n.rank DESC, n.text LIMIT 1), d.name, m.form, m.organization FROM mention m JOIN entity e ON e.id = m.entity "
    "JOIN document d ON d.id = m.document WHERE e.kind IN ('organization', 'person') AND " VISIBLE("m") " AND " VISIBLE("d")
    " ORDER BY e.kind DESC, m.entity, d.name, m.form, m.organization";

static void end_entity(yq_json *j, bool open)
{
    if (!open) return;
    yq_json_end_array(j);
    yq_json_end_object(j);
}

static void begin_entity(yq_json *j, yq_stmt *s)
{
    yq_json_object(j);
    yq_json_kv(j, "kind", yq_col_text(s, 1));
    yq_json_kv(j, "name", yq_col_text(s, 2));
    yq_json_key(j, "mentions");
    yq_json_array(j);
}

static void put_mention(yq_json *j, yq_stmt *s)
{
    yq_json_object(j);
    yq_json_kv(j, "doc", stem_of(yq_col_text(s, 3)));
    yq_json_kv(j, "name", yq_col_text(s, 4));
    if (yq_col_text(s, 5).n) yq_json_kv(j, "organization", yq_col_text(s, 5));
    yq_json_end_object(j);
}

yq_code yq_register_identities(yq_reader *r, const yq_viewer *v, yq_buf *out, yq_err *err)
{
    yq_stmt *s;
    bool row;
    yq_code rc = yq_db_prepare(r->db, mentions_sql, &s, err);
    if (rc) return rc;
    yq_bind_viewer(s, v);
    yq_json j = yq_json_to(out);
    int64_t entity = 0;
    yq_json_array(&j);
    while (!(rc = yq_step(s, &row, err)) && row) {
        if (yq_col_int(s, 0) != entity) {
            end_entity(&j, entity != 0);
            begin_entity(&j, s);
            entity = yq_col_int(s, 0);
        }
        put_mention(&j, s);
    }
    end_entity(&j, entity != 0);
    yq_json_end_array(&j);
    yq_buf_byte(out, '\n');
    yq_finish(s);
    return rc ? rc : out->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the export") : YQ_OK;
}
