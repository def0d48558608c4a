/* bench/peers/asking.c - taking turns: see asking.h. */
#include "asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static FILE *open_in(const char *folder, const char *mode, const char *format, const char *name, unsigned terms)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/", folder);
    snprintf(path + n, sizeof path - (size_t)n, format, name, terms);
    FILE *f = fopen(path, mode);
    if (!f) perror(path), exit(EXIT_FAILURE);
    return f;
}

static size_t cut(char *line, char **terms)
{
    size_t n = 0;
    for (char *rest, *t = strtok_r(line, " \n", &rest); t && n < MOST_TERMS; t = strtok_r(NULL, " \n", &rest)) terms[n++] = t;
    return n;
}

static void put_list(FILE *f, const peer_hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++) fprintf(f, "%s%lld:%.9g", i ? " " : "", hits[i].record, hits[i].score);
    fputc('\n', f);
}

static void turn(const peer *p, void *engine, const char *folder, unsigned terms_n, double limit)
{
    FILE *queries = open_in(folder, "r", "%.0squeries-%u", "", terms_n), *lists = open_in(folder, "w", "%s-%u.lists", p->name, terms_n);
    char *line = NULL, *terms[MOST_TERMS];
    size_t cap = 0;
    double end = seconds() + limit;
    while (seconds() < end && getline(&line, &cap, queries) > 0) {
        peer_hit hits[TOP];
        p->prepare(engine, terms, cut(line, terms));
        double start = seconds();
        size_t n = p->ask(engine, hits);
        printf("%.1f ", (seconds() - start) * 1e6);
        put_list(lists, hits, n);
    }
    putchar('\n');
    fflush(stdout);
    free(line);
    fclose(lists);
    fclose(queries);
}

int peer_serve(const peer *p, void *engine, const char *folder)
{
    char told[64];
    unsigned terms;
    double limit;
    while (fgets(told, sizeof told, stdin))
        if (sscanf(told, "%u %lf", &terms, &limit) == 2) turn(p, engine, folder, terms, limit);
    return EXIT_SUCCESS;
}
