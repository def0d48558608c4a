/* extract/learnt.c - the voice that learnt from marked sentences: people and organisations by what stands around them.
 *
 * It says how probable each is. Where others propose the same, both are believed more (judge.c); what it says alone is proposed only when it
 * is nearly sure.
 */
#include "extract/chinese.h"

static const float least = 0.5f; /* share of what is proposed; judge.c asks for more where no other voice says the same */

static size_t words_of(const yq_work *w, const yq_sentence *s, size_t i, yq_quick_word *out)
{
    const yq_token *t = w->chinese->tokens.v;
    size_t n = 0;
    for (size_t k = w->chinese->first_token.v[i]; k < w->chinese->first_token.v[i + 1]; k++) {
        unsigned sort = t[k].han ? (unsigned char)t[k].tag[0] + 256u * (unsigned char)t[k].tag[1] : 0;
        out[n++] = (yq_quick_word){ t[k].from - s->span.from, t[k].to - s->span.from, (uint16_t)sort };
    }
    return n;
}

/* A surname that is known and one or two more characters, which are together no usual word of the language. */
static bool shaped_as_name(yq_str name)
{
    const double usual = 100;
    yq_str value;
    yq_lex_hit hit;
    size_t characters = yq_utf8_count(name);
    if (characters < 2 || characters > 4 || !yq_lex_longest(name, 0, YQ_LEX_SURNAMES, &hit)) return false;
    if (yq_lex_is(name, YQ_LEX_WORDS, &value) && yq_lex_number(value, 0, 0) > usual) return false;
    return characters - yq_utf8_count(yq_sub(name, 0, hit.length)) <= 2;
}

static void propose_found(yq_work *w, const yq_sentence *s, const yq_tagger_span *found, yq_mention_kind kind)
{
    yq_span span = { s->span.from + found->span.from, s->span.from + found->span.to };
    if (kind == YQ_M_PERSON && !shaped_as_name(yq_at(w->text, span))) return;
    yq_propose(w, kind, span, YQ_S(""), found->confidence, YQ_VOICE_TAGGER);
}

/* The heads of columns name nobody. */
static bool in_header(const yq_work *w, const yq_sentence *s)
{
    return s->table != YQ_NO_TABLE && s->row < w->reading->tables.v[s->table].header_rows;
}

void yq_propose_learnt(yq_work *w)
{
    yq_mention_kind kind[YQ_QUICK_KINDS];
    yq_quick_word *word = YQ_ARRAY(w->arena, yq_quick_word, YQ_SENTENCE_BYTES);
    yq_tagger_sentence found;
    yq_quick_room *room = yq_quick_room_new(w->arena, w->voice);
    for (size_t k = 0; k < YQ_QUICK_KINDS; k++) kind[k] = yq_eq(w->voice->kind[k], YQ_S("person")) ? YQ_M_PERSON : yq_eq(w->voice->kind[k], YQ_S("organization")) ? YQ_M_ORG : YQ_M_KINDS;
    for (size_t i = 0; i < w->sentences.n; i++) {
        const yq_sentence *s = &w->sentences.v[i];
        if (in_header(w, s) || !yq_has_han(yq_at(w->text, s->span))) continue;
        size_t n = words_of(w, s, i, word);
        yq_quick_tag(room, yq_at(w->text, s->span), word, n, least, &found);
        for (size_t k = 0; k < found.n; k++)
            if (kind[found.span[k].kind] != YQ_M_KINDS) propose_found(w, s, &found.span[k], kind[found.span[k].kind]);
    }
}
