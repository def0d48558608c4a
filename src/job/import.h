/* job/import.h - folders and files into the register, one after the other, with progress, and without losing anything.
 *
 * Documents are committed in groups: a crash or Ctrl-C loses at most the open group, and running again goes on, since what is known is left
 * alone. A refused file says why and the rest goes on.
 */
#ifndef YQ_IMPORT_H
#define YQ_IMPORT_H

#include "register/register.h"

typedef struct {
    const char *path;          /* the file, as reached from the given path */
    const char *name;          /* the document's name: the path below the folder that was given */
    size_t done, total;        /* files, this one included */
    yq_code code;              /* YQ_OK, or why it was refused */
    yq_err error;
    yq_import_result result;
} yq_import_progress;

typedef struct {
    int64_t read, known, refused; /* documents */
    int64_t partly;               /* of those read: with an attachment or entry that was refused */
    int64_t found, doubtful;      /* findings */
    bool stopped;
} yq_import_counts;

/* All may be NULL except arg's use in them. enter and leave surround each group, for a server whose other writers wait meanwhile. */
typedef struct {
    void (*each)(void *arg, const yq_import_progress *p);
    bool (*stop)(void *arg);
    void (*enter)(void *arg);
    void (*leave)(void *arg);
    void *arg;
} yq_import_watcher;

/* Imports files and folders (walked in the order of names; hidden files and links to folders are left out; at most a million files, 32 folders
 * deep). Of "folder/./below/name" the document's name is what stands behind "/./". A path that is not there is refused like a file. Errors: those after which nothing more can be written (disk, store). */
yq_code yq_import_paths(yq_register *r, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);

#endif
