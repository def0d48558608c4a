/* The door for libFuzzer: YIQIAO_TARGET names a row of the table. Built by clang with -Dfuzz=true. */
#include "targets.h"

#include <stdio.h>
#include <stdlib.h>

static const fuzz_target *chosen;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    chosen = fuzz_target_of(getenv("YIQIAO_TARGET"));
    if (chosen) return 0;
    fputs("YIQIAO_TARGET must be one of:", stderr);
    for (size_t i = 0; i < fuzz_target_count; i++) fprintf(stderr, " %s", fuzz_targets[i].name);
    fputs("\n", stderr);
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_feed(chosen, bytes, n);
    return 0;
}
