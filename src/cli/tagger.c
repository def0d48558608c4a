/* yiqiao tagger train, yiqiao tagger tag: the sequence tagger alone. */
#include "cli/internal.h"
#include "tagger/quick.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

#define TRAIN_MEMORY ((size_t)12 << 30)
#define TAG_MEMORY ((size_t)2 << 30)   /* the sentences of one file with their spans */
#define SENTENCE_MEMORY ((size_t)1 << 30)
#define MOST_BYTES ((size_t)1 << 30)   /* of a file */

typedef struct {
    const yq_arguments *given;
    yq_arena *arena;
    char *bytes, *model_bytes;
    yq_tagger *model;
    yq_quick quick;      /* instead of model, when quick.kinds is not 0 */
    yq_tagger_form form;
    const char *refused; /* the file that err speaks of */
} tagger_job;

/* A file that is not there is input to be refused. */
static yq_code read_input(tagger_job *j, const char *path, char **bytes, size_t *n, yq_err *err)
{
    j->refused = path;
    yq_code rc = yq_file_read(path, MOST_BYTES, bytes, n, err);
    return rc == YQ_IO ? YQ_INVALID : rc;
}

static yq_code read_sentences(tagger_job *j, const char *path, bool marked, yq_tagger_set *set, yq_err *err)
{
    size_t n = 0;
    j->refused = path;
    if (!yq_tagger_form_of(path, &j->form)) return yq_fail(err, YQ_INVALID, 0, "the ending must be .bmes or .jsonl; it tells the form");
    yq_code rc = read_input(j, path, &j->bytes, &n, err);
    return rc == YQ_OK ? yq_tagger_read(j->arena, (yq_str){ j->bytes, n }, j->form, marked, set, err) : rc;
}

static yq_code write_output(tagger_job *j, yq_buf *out, yq_err *err)
{
    j->refused = j->given->out;
    yq_code rc = out->failed ? yq_fail(err, YQ_NOMEM, 0, "no memory for the output") : yq_folder_of(j->given->out, err);
    if (rc == YQ_OK) rc = yq_file_write(j->given->out, yq_buf_str(out), err);
    yq_buf_free(out);
    return rc;
}

/* ---------------------------------------------------------------- train */

static yq_code train(void *arg, yq_err *err)
{
    tagger_job *j = arg;
    const yq_tagger_options options = yq_tagger_defaults();
    yq_tagger_set set;
    yq_buf model = { 0 };
    yq_code rc = read_sentences(j, j->given->rest[1], true, &set, err);
    if (rc == YQ_OK)
        rc = j->given->quick ? yq_quick_train(j->arena, &set, options.seed, &model, err) : yq_tagger_train(j->arena, &set, &options, &model, err);
    if (rc == YQ_OK) rc = write_output(j, &model, err);
    if (rc == YQ_OK) printf("%zu sentences, %zu kinds\n", set.sentences.n, set.kinds.n);
    yq_buf_free(&model);
    return rc;
}

/* ---------------------------------------------------------------- tag */

static void tag_quick(const yq_quick *m, yq_arena *scratch, yq_str text, yq_tagger_sentence *found)
{
    yq_quick_word *word;
    yq_str plain = yq_simplify(scratch, text);
    size_t words = yq_quick_words(scratch, plain, &word);
    yq_quick_tag(yq_quick_room_new(scratch, m), plain, word, words, 0.5f, found);
}

/* A sentence's own work is forgotten after it; its spans are kept. */
static yq_code tag_sentences(tagger_job *j, yq_arena *scratch, yq_tagger_set *set)
{
    for (size_t i = 0; i < set->sentences.n; i++) {
        yq_tagger_sentence *s = &set->sentences.v[i], found;
        if (j->quick.kinds) tag_quick(&j->quick, scratch, s->text, &found);
        else yq_tagger_tag(j->model, scratch, s->text, &found);
        s->n = found.n;
        s->span = YQ_ARRAY(j->arena, yq_tagger_span, found.n + 1);
        if (found.n) memcpy(s->span, found.span, found.n * sizeof *s->span);
        yq_arena_clear(scratch);
    }
    return YQ_OK;
}

typedef struct {
    tagger_job *job;
    yq_arena *scratch;
    yq_tagger_set *set;
} tag_job;

static yq_code run_tag(void *arg, yq_err *err)
{
    tag_job *t = arg;
    (void)err;
    return tag_sentences(t->job, t->scratch, t->set);
}

static yq_code tag_all(tagger_job *j, yq_tagger_set *set, yq_err *err)
{
    tag_job t = { j, yq_arena_new(SENTENCE_MEMORY), set };
    if (!t.scratch) return yq_fail(err, YQ_NOMEM, 0, "no memory to tag in");
    for (uint32_t k = 0; k < j->quick.kinds; k++) *yq_push(j->arena, &set->kinds) = j->quick.kind[k];
    for (uint32_t k = 0; !j->quick.kinds && k < yq_tagger_kind_count(j->model); k++) *yq_push(j->arena, &set->kinds) = yq_tagger_kind(j->model, k);
    yq_code rc = yq_arena_run(t.scratch, run_tag, &t, err);
    yq_arena_free(t.scratch);
    return rc;
}

static yq_code load_model(tagger_job *j, yq_err *err)
{
    size_t n = 0;
    yq_code rc = read_input(j, j->given->rest[1], &j->model_bytes, &n, err);
    yq_str bytes = { j->model_bytes, n };
    if (rc == YQ_OK) rc = yq_quick_is(bytes) ? yq_quick_open(bytes, &j->quick, err) : yq_tagger_load(bytes, &j->model, err);
    return rc == YQ_NEWER ? YQ_INVALID : rc; /* the model is input as well */
}

static yq_code tag(void *arg, yq_err *err)
{
    tagger_job *j = arg;
    yq_tagger_form form;
    yq_tagger_set set;
    yq_buf out = { 0 };
    yq_code rc = load_model(j, err);
    if (rc == YQ_OK) rc = read_sentences(j, j->given->rest[2], false, &set, err);
    if (rc != YQ_OK) return rc;
    if (!yq_tagger_form_of(j->given->out, &form) || form != j->form)
        return j->refused = j->given->out, yq_fail(err, YQ_INVALID, 0, "OUT must have the ending of INPUT");
    rc = tag_all(j, &set, err);
    if (rc != YQ_OK) return rc;
    yq_tagger_write(j->arena, &set, form, &out);
    return write_output(j, &out, err);
}

/* ---------------------------------------------------------------- both */

static const struct {
    const char *name;
    size_t words; /* with the name */
    size_t memory;
    yq_code (*run)(void *job, yq_err *err);
} actions[] = { { "train", 2, TRAIN_MEMORY, train }, { "tag", 3, TAG_MEMORY, tag } };

static int run_action(const yq_arguments *a, size_t which)
{
    tagger_job j = { .given = a, .arena = yq_arena_new(actions[which].memory) };
    yq_err err = { 0 };
    if (!j.arena) return fputs("yiqiao: no memory\n", stderr), YQ_EXIT_BROKEN;
    yq_code rc = yq_arena_run(j.arena, actions[which].run, &j, &err);
    int status = rc == YQ_OK ? YQ_EXIT_DONE : yq_report(j.refused, rc, &err);
    yq_tagger_free(j.model);
    yq_arena_free(j.arena);
    free(j.bytes);
    free(j.model_bytes);
    return status;
}

int yq_run_tagger(const yq_arguments *a)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(a->rest[0], actions[i].name) == 0 && a->rest_count == actions[i].words && a->out) return run_action(a, i);
    return fputs("usage: yiqiao tagger train TRAIN --out MODEL, or tagger tag MODEL INPUT --out OUT\n", stderr), YQ_EXIT_USAGE;
}
