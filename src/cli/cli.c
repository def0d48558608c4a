/* The table of commands, the table of options, and what every command needs: errors in words, signals, opening a store. */
#include "cli/cli.h"
#include "cli/internal.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { ANY = 100000 };

static const yq_command commands[] = {
    { "init", "[--store S]", "makes an empty store", "store", 0, 0, yq_run_init },
    { "import", "[--store S] [--watch] PATH...", "reads documents and folders into the register; with --watch goes on with what comes", "store json watch", 1, ANY,
      yq_run_import },
    { "reread", "[--store S] [DOCUMENT...] [--json]", "reads kept originals again: those that an older version read, or these; decisions hold", "store json", 0, ANY,
      yq_run_reread },
    { "review", "[--store S] DOCUMENT [--all] [--json] | confirm FACT... | refuse FACT... | undo FACT... | correct FACT [--value V] [--object NAME] [--subject NAME] [--date D]",
      "what is doubtful in a document; a person's decision on facts", "store all json value object subject date", 1, ANY, yq_run_review },
    { "serve", "[--store S] [--port N] [--address A] [--institution NAME|ID]", "opens the desk and the API",
      "store port address institution", 0, 0, yq_run_serve },
    { "match", "[--store S] \"NEED\" [--want KIND] [--top N] [--where \"region=华南; language=英语\"] [--without \"unit=hospital; …\"] [--json] | --needs FILE --out FILE | report [--json] | tune [--apply|--reset] [--json]",
      "answers a need in plain words; conditions are read from it and may be added and taken away; report: what became of the answers; tune: learns from that", "store want top where without json needs out apply reset", 0, 1, yq_run_match },
    { "need", "[--store S] keep \"TEXT\" [--want KIND] [--where …] [--without …] [--owner NAME] | keep --needs FILE | list [--all] | show ID | close ID | news [--owner NAME] [--all] | seen [ID] | mark|unmark ID ANSWER MARK [--owner NAME]",
      "needs that are kept and told what arrives later; what became of an answer", "store want where without owner all json needs", 1, 4, yq_run_need },
    { "show", "[--store S] NAME", "an entity with its facts and their sentences", "store", 1, 1, yq_run_show },
    { "ways", "[--store S] --from NAME|ID --to NAME|ID [--top N] [--json]", "who can introduce whom, by which sentences", "store from to top json", 0, 0,
      yq_run_ways },
    { "extract", "FILE... --out DIR [--voice MODEL] [--raw]", "documents to findings, without a store", "out voice raw", 1, ANY, yq_run_extract },
    { "rank", "--corpus FILE --queries FILE --out FILE [--top N] [--by owner]", "the retrieval engine alone", "corpus queries out top by", 0, 0,
      yq_run_rank },
    { "link", "A.csv [B.csv] --kind person|organization|record [--best] --out FILE", "the identity engine alone: which rows are the same",
      "kind best out", 1, 2, yq_run_link },
    { "tagger", "train TRAIN [--quick] --out MODEL | tag MODEL INPUT --out OUT", "the sequence tagger alone: learns spans and their kinds, marks them", "out quick", 2, 3,
      yq_run_tagger },
    { "kinds", "[FOLDER] [--json]", "what a person, a challenge or an agreement is; with a folder: checks the kinds in it", "json", 0, 1, yq_run_kinds },
    { "export", "[--store S] --identities FILE | --corrections FILE.jsonl", "every person and organisation with all mentions; sentences that people decided, for tagger train",
      "store identities corrections", 0, 0, yq_run_export },
    { "queue", "[--store S] [--top N] [--json] | same|different|undecided ID ID | sources ID [--json] | split SOURCE... | undo NUMBER | undo ID ID",
      "who may be who: the undecided pairs, most facts first; joins two, keeps them apart, takes sources out of one, takes a decision back", "store top json", 0, ANY, yq_run_queue },
    { "settle", "[--store S] [--json]", "decides again who is who, so that the order of imports does not matter", "store json", 0, 0, yq_run_settle },
    { "verify", "[--store S]", "checks every hash of the journal", "store", 0, 0, yq_run_verify },
    { "rebuild", "[--store S]", "makes the tables again from the journal", "store", 0, 0, yq_run_rebuild },
    { "dump", "[--store S]", "prints every table in canonical order", "store", 0, 0, yq_run_dump },
    { "backup", "[--store S] FILE", "a consistent copy in one file", "store", 1, 1, yq_run_backup },
    { "restore", "[--store S] FILE", "a new store from a backup", "store", 1, 1, yq_run_restore },
};

static const struct option options[] = {
    { "store", required_argument, 0, 's' },   { "out", required_argument, 0, 'o' },        { "needs", required_argument, 0, 'n' },
    { "want", required_argument, 0, 'w' },    { "corpus", required_argument, 0, 'c' },     { "queries", required_argument, 0, 'q' },
    { "by", required_argument, 0, 'b' },      { "identities", required_argument, 0, 'i' }, { "address", required_argument, 0, 'a' },
    { "top", required_argument, 0, 't' },     { "port", required_argument, 0, 'p' },       { "json", no_argument, 0, 'j' },
    { "kind", required_argument, 0, 'k' },    { "best", no_argument, 0, 'B' },             { "watch", no_argument, 0, 'W' },
    { "help", no_argument, 0, 'h' },          { "quick", no_argument, 0, 'Q' },
    { "voice", required_argument, 0, 'V' },   { "raw", no_argument, 0, 'R' },
    { "from", required_argument, 0, 'f' },    { "to", required_argument, 0, 'T' },         { "institution", required_argument, 0, 'I' },
    { "value", required_argument, 0, 'v' },   { "object", required_argument, 0, 'O' },     { "subject", required_argument, 0, 'S' },
    { "owner", required_argument, 0, 'N' },   { "apply", no_argument, 0, 'Y' },            { "reset", no_argument, 0, 'Z' },
    { "date", required_argument, 0, 'd' },    { "all", no_argument, 0, 'A' },              { "corrections", required_argument, 0, 'C' },
    { "where", required_argument, 0, 'x' },   { "without", required_argument, 0, 'y' },
    { 0 },
};

/* ---------------------------------------------------------------- saying things */

int yq_report(const char *subject, yq_code code, const yq_err *err)
{
    if (subject) fprintf(stderr, "%s: %s\n", subject, err->msg);
    else fprintf(stderr, "yiqiao: %s\n", err->msg);
    switch (code) {
    case YQ_INVALID:
    case YQ_NOTFOUND:
    case YQ_DENIED:
    case YQ_CORRUPT:
    case YQ_CANCELLED: return YQ_EXIT_REFUSED;
    default: return YQ_EXIT_BROKEN;
    }
}

static int usage(FILE *to, const yq_command *one)
{
    if (one) {
        fprintf(to, "usage: yiqiao %s %s\n  %s\n", one->name, one->usage, one->purpose);
        return YQ_EXIT_USAGE;
    }
    fputs("yiqiao " YQ_VERSION " - joins people, technologies and institutions of medical innovation\n\n", to);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) fprintf(to, "  %-8s %s\n", commands[i].name, commands[i].purpose);
    fputs("\nyiqiao COMMAND --help says more. A store (--store) is a SQLite file, a folder with one, or postgresql://…; without it, the\n"
          "folder in YIQIAO_DATA, or ./data.\n",
          to);
    return YQ_EXIT_USAGE;
}

yq_code yq_folder_of(const char *file, yq_err *err)
{
    const char *slash = strrchr(file, '/');
    if (!slash || slash == file) return YQ_OK;
    char *folder = strndup(file, (size_t)(slash - file));
    yq_code rc = folder ? yq_folder_make(folder, err) : yq_fail(err, YQ_NOMEM, 0, "no memory for a path");
    free(folder);
    return rc;
}

/* ---------------------------------------------------------------- signals */

atomic_bool yq_stop_asked;

static void on_signal(int number)
{
    (void)number;
    atomic_store(&yq_stop_asked, true);
}

void yq_watch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESETHAND }; /* a second Ctrl-C ends at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* ---------------------------------------------------------------- a store with its index */

static yq_code open_writer(const yq_arguments *a, yq_session *s, yq_err *err)
{
    const yq_store_options how = { 0 };
    yq_code rc = yq_store_open(a->store, &how, &s->store, err);
    if (rc == YQ_OK) rc = yq_register_open(s->store, &s->reg, err);
    if (rc == YQ_OK) s->index = yq_register_index(s->reg);
    return rc;
}

static yq_code open_beside_writer(const yq_arguments *a, yq_session *s, yq_err *err)
{
    const yq_store_options how = { .read_only = true };
    yq_code rc = yq_store_open(a->store, &how, &s->store, err);
    if (rc == YQ_OK) rc = yq_register_index_beside(s->store, &s->own_index, err);
    s->index = s->own_index;
    return rc;
}

int yq_session_open(const yq_arguments *a, yq_session *s)
{
    yq_err err = { 0 };
    *s = (yq_session){ 0 };
    yq_code rc = open_writer(a, s, &err);
    if (rc == YQ_BUSY) {
        yq_register_close(s->reg);
        yq_store_close(s->store);
        *s = (yq_session){ 0 };
        rc = open_beside_writer(a, s, &err);
    }
    if (rc == YQ_OK) rc = yq_reader_open(a->store, &s->reader, &err);
    if (rc == YQ_OK) return YQ_EXIT_DONE;
    yq_session_close(s);
    return yq_report(a->store, rc, &err);
}

void yq_session_close(yq_session *s)
{
    yq_reader_close(s->reader);
    yq_index_close(s->own_index);
    yq_register_close(s->reg);
    yq_store_close(s->store);
    *s = (yq_session){ 0 };
}

/* ---------------------------------------------------------------- arguments */

static bool knows(const yq_command *c, const char *option)
{
    yq_str rest = yq_cstr(c->takes), word;
    while (yq_split(&rest, ' ', &word))
        if (yq_eq(word, yq_cstr(option))) return true;
    return false;
}

static bool whole_number(const char *name, long least, long most, long *out)
{
    char *end;
    *out = strtol(optarg, &end, 10);
    if (*optarg && !*end && *out >= least && *out <= most) return true;
    fprintf(stderr, "yiqiao: --%s must be a whole number from %ld to %ld\n", name, least, most);
    return false;
}

bool yq_wanted_kind(const char *want)
{
    return yq_kind_is_wanted(yq_kinds_builtin(), yq_cstr(want));
}

yq_str yq_wanted_kinds(char out[YQ_WANTED_BYTES])
{
    return yq_kind_names(yq_kinds_builtin(), yq_kind_is_wanted, out, YQ_WANTED_BYTES);
}

static bool take_want(yq_arguments *a)
{
    char names[YQ_WANTED_BYTES];
    a->want = optarg;
    if (yq_wanted_kind(optarg)) return true;
    fprintf(stderr, "yiqiao: --want is %.*s\n", YQ_FMT(yq_wanted_kinds(names)));
    return false;
}

static bool take(yq_arguments *a, int option)
{
    switch (option) {
    case 's': return a->store = optarg, a->store_given = true;
    case 'o': return a->out = optarg, true;
    case 'n': return a->needs = optarg, true;
    case 'w': return take_want(a);
    case 'c': return a->corpus = optarg, true;
    case 'q': return a->queries = optarg, true;
    case 'b': return a->by = optarg, true;
    case 'i': return a->identities = optarg, true;
    case 'V': return a->voice = optarg, true;
    case 'a': return a->address = optarg, true;
    case 'k': return a->kind = optarg, true;
    case 'f': return a->from = optarg, true;
    case 'T': return a->to = optarg, true;
    case 'I': return a->institution = optarg, true;
    case 'v': return a->value = optarg, true;
    case 'O': return a->object = optarg, true;
    case 'S': return a->subject = optarg, true;
    case 'd': return a->date = optarg, true;
    case 'C': return a->corrections = optarg, true;
    case 'N': return a->owner = optarg, true;
    case 'Y': return a->apply = true;
    case 'Z': return a->reset = true;
    case 'x': return a->where = optarg, true;
    case 'y': return a->without = optarg, true;
    case 'A': return a->all = true;
    case 'j': return a->json = true;
    case 'B': return a->best = true;
    case 'W': return a->watch = true;
    case 'Q': return a->quick = true;
    case 'R': return a->raw = true;
    case 't': return whole_number("top", 1, 10000, &a->top);
    case 'p': return whole_number("port", 0, 65535, &a->port);
    default: return false;
    }
}

/* -1: go on; else the exit status. */
static int read_arguments(const yq_command *c, int argc, char **argv, yq_arguments *a)
{
    int option, which = -1;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", options, &which)) != -1) {
        if (option == 'h') return usage(stdout, c), YQ_EXIT_DONE;
        if (option == ':' || option == '?') {
            fprintf(stderr, option == ':' ? "yiqiao: %s needs a value\n" : "yiqiao: %s is not an option\n", argv[optind - 1]);
            return usage(stderr, c);
        }
        if (!knows(c, options[which].name)) {
            fprintf(stderr, "yiqiao: %s does not take --%s\n", c->name, options[which].name);
            return usage(stderr, c);
        }
        if (!take(a, option)) return YQ_EXIT_USAGE;
    }
    a->rest = (const char **)argv + optind;
    a->rest_count = (size_t)(argc - optind);
    return a->rest_count < c->least || a->rest_count > c->most ? usage(stderr, c) : -1;
}

static const yq_command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

int yq_cli(int argc, char **argv)
{
    const yq_command *c = argc > 1 ? find_command(argv[1]) : NULL;
    if (!c) {
        bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0);
        if (argc > 1 && strcmp(argv[1], "--version") == 0) return puts("yiqiao " YQ_VERSION), YQ_EXIT_DONE;
        if (argc > 1 && !asked) fprintf(stderr, "yiqiao: there is no command %s\n", argv[1]);
        return usage(asked ? stdout : stderr, NULL), asked ? YQ_EXIT_DONE : YQ_EXIT_USAGE;
    }
    const char *data = getenv("YIQIAO_DATA");
    yq_arguments a = { .store = data && *data ? data : "data", .port = 8750 };
    int status = read_arguments(c, argc - 1, argv + 1, &a);
    return status >= 0 ? status : c->run(&a);
}
