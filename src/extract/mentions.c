/* extract/mentions.c - finding one's way in the judged mentions: by sentence, by border, by kind. */
#include "extract/internal.h"

void yq_propose(yq_work *w, yq_mention_kind kind, yq_span span, yq_str value, double confidence, uint8_t voices)
{
    if (span.from >= span.to) return;
    yq_mention m = { .kind = kind, .span = span, .value = value, .confidence = (float)confidence, .voices = voices, .ref = YQ_NONE };
    *yq_push(w->arena, &w->proposals) = m;
}

const yq_sentence *yq_sentence_at(const yq_work *w, size_t at)
{
    size_t low = 0, high = w->sentences.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (w->sentences.v[mid].span.to <= at) low = mid + 1;
        else high = mid;
    }
    if (low == w->sentences.n || w->sentences.v[low].span.from > at) return NULL;
    return &w->sentences.v[low];
}

const yq_mention *yq_sentence_mentions(const yq_work *w, const yq_sentence *s, size_t *n)
{
    *n = s->count;
    return s->count ? &w->mentions.v[s->first] : NULL;
}

const yq_mention *yq_next_mention(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t from)
{
    for (size_t i = s->first; i < s->first + s->count; i++) {
        const yq_mention *m = &w->mentions.v[i];
        if ((kinds & YQ_MASK(m->kind)) && m->span.from >= from) return m;
    }
    return NULL;
}

const yq_mention *yq_last_mention(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t to)
{
    for (size_t i = s->first + s->count; i-- > s->first;) {
        const yq_mention *m = &w->mentions.v[i];
        if ((kinds & YQ_MASK(m->kind)) && m->span.to <= to) return m;
    }
    return NULL;
}

const yq_mention *yq_mention_from(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t at)
{
    const yq_mention *m = yq_next_mention(w, s, kinds, at);
    return m && m->span.from == at ? m : NULL;
}

const yq_mention *yq_mention_to(const yq_work *w, const yq_sentence *s, unsigned kinds, size_t at)
{
    for (size_t i = s->first; i < s->first + s->count && w->mentions.v[i].span.from < at; i++) {
        const yq_mention *m = &w->mentions.v[i];
        if ((kinds & YQ_MASK(m->kind)) && m->span.to == at) return m;
    }
    return NULL;
}

void yq_mentions_in(const yq_work *w, yq_span span, unsigned kinds, yq_mention_list *out)
{
    out->n = 0;
    const yq_sentence *s = yq_sentence_at(w, span.from);
    const yq_sentence *end = w->sentences.v + w->sentences.n;
    for (; s && s < end && s->span.from < span.to; s++)
        for (size_t i = s->first; i < s->first + s->count; i++) {
            const yq_mention *m = &w->mentions.v[i];
            if (!(kinds & YQ_MASK(m->kind)) || m->span.from < span.from || m->span.to > span.to) continue;
            *yq_push(w->arena, out) = m;
        }
}

size_t yq_next_cue(const yq_work *w, size_t at, size_t high, yq_cues cues)
{
    return w->every ? at : yq_cue_from(w->text, at, high, cues);
}

yq_str yq_words_of(const yq_work *w, yq_span span)
{
    return yq_trim(yq_at(w->text, span));
}

enum { ROW_CELLS_MAX = 200 }; /* to each side of a cell; rows that are longer are no rows that somebody reads */

/* The sentence of a table row reaches from its first cell to its last. */
static yq_span row_around(const yq_work *w, const yq_sentence *s)
{
    yq_span row = s->span;
    const yq_sentence *first = w->sentences.v, *end = first + w->sentences.n;
    int cells = 0;
    for (const yq_sentence *t = s; cells < ROW_CELLS_MAX && t >= first && t->table == s->table && t->row == s->row; t--, cells++) row.from = t->span.from;
    cells = 0;
    for (const yq_sentence *t = s; cells < ROW_CELLS_MAX && t < end && t->table == s->table && t->row == s->row; t++, cells++) row.to = t->span.to;
    return row;
}

yq_evidence yq_evidence_of(const yq_work *w, yq_span span, double confidence, uint8_t voices)
{
    yq_evidence e = { .span = span, .sentence = span, .confidence = (float)confidence, .voices = voices };
    const yq_sentence *s = yq_sentence_at(w, span.from);
    if (s) e.sentence = s->table == YQ_NO_TABLE ? s->span : row_around(w, s);
    if (e.sentence.to < span.to) e.sentence.to = span.to;
    return e;
}
