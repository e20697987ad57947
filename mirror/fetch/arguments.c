#include "fetch/arguments.h"

#include <getopt.h>

#include "common/str.h"

enum { FOR_MAX_S = 7 * 24 * 3600 };

enum arguments_result
arguments_read(struct arguments *arguments, int argc, char **argv) {
    static const struct option options[] = {
        {"print", no_argument, NULL, 'p'},
        {"for", required_argument, NULL, 'f'},
        {"selftest", no_argument, NULL, 's'},
        {"no-sandbox", no_argument, NULL, 'n'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},
        {0},
    };
    int option;

    *arguments = (struct arguments){0};
    opterr = 0;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        switch (option) {
        case 'c': arguments->config_path = optarg; break;
        case 'p': arguments->print = true; break;
        case 'f':
            if (!str_to_long(optarg, &arguments->for_s) ||
                arguments->for_s < 1 || arguments->for_s > FOR_MAX_S) {
                return ARGUMENTS_WRONG;
            }
            break;
        case 's': arguments->selftest = true; break;
        case 'n': arguments->no_sandbox = true; break;
        case 'h': return ARGUMENTS_HELP;
        case 'v': return ARGUMENTS_VERSION;
        default: return ARGUMENTS_WRONG;
        }
    }
    if (optind < argc || (arguments->for_s > 0 && !arguments->print) ||
        (arguments->selftest && (arguments->print || arguments->no_sandbox))) {
        return ARGUMENTS_WRONG;
    }
    return ARGUMENTS_RUN;
}
