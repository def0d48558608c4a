/* tests/check.h - rows that say what they show. A test is a program: CHECK rows, then return check_done(). */
#ifndef YQ_CHECK_H
#define YQ_CHECK_H

#include <stdio.h>
#include <stdlib.h>

static unsigned check_passed, check_failed;

#define CHECK(what, condition) check_row((condition), __FILE__, __LINE__, (what), #condition)

__attribute__((unused)) static int check_row(int ok, const char *file, int line, const char *what, const char *condition)
{
    if (ok) return (void)check_passed++, 1;
    check_failed++;
    fprintf(stderr, "%s:%d: %s: not %s\n", file, line, what, condition);
    return 0;
}

/* The closing line that ./test adds up. */
__attribute__((unused)) static int check_done(void)
{
    printf("%u passed, %u failed\n", check_passed, check_failed);
    return check_failed || !check_passed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
