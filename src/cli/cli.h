/* cli/cli.h - the command line: one table of commands over the same engines as the other doors. */
#ifndef YQ_CLI_H
#define YQ_CLI_H

/* Exit status: 0 done, 1 some input was refused (said why), 2 wrong usage, 3 broken environment. */
int yq_cli(int argc, char **argv);

#endif
