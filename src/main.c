/* Yiqiao: only wires. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return yq_cli(argc, argv);
}
