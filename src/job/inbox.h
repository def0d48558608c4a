/* job/inbox.h - files handed in over HTTP: kept at once, read one after the other, shown as they go.
 *
 * A file that was taken lies on the disk beside the store ("<store>.inbox", for its owner only) before it is answered for: closing the page, ending the program or losing
 * power loses none, the next start goes on. A thread reads them in groups into the register. What was read is remembered until the program ends,
 * what was refused also beyond that, until somebody has seen it and clears the list.
 *
 * Each file:  16 hexadecimal digits, its number      a line {"name"} and the bytes
 *             the same with ".refused" behind        {"name","bytes","said"}
 */
#ifndef YQ_INBOX_H
#define YQ_INBOX_H

#include "job/import.h"

enum {
    YQ_INBOX_WAITING_MAX = 10000, /* files */
    YQ_INBOX_DONE_MAX = 10000,    /* remembered; the oldest are forgotten first */
    YQ_INBOX_NAME_MAX = 500       /* bytes */
};

typedef enum { YQ_INBOX_WAITING, YQ_INBOX_READING, YQ_INBOX_NEW, YQ_INBOX_KNOWN, YQ_INBOX_REREAD, YQ_INBOX_REFUSED } yq_inbox_state;
const char *yq_inbox_state_name(yq_inbox_state s); /* "waiting", "reading", "new", "known", "reread", "refused" */

typedef struct {
    int64_t id;
    int64_t changed; /* number of its last change; no two changes share one */
    yq_inbox_state state;
    char name[YQ_INBOX_NAME_MAX + 1];
    int64_t bytes;
    uint32_t found, doubtful;
    char document[YQ_ULID_CHARS + 1]; /* once it was read */
    char said[240];                   /* why it was refused, or which parts were */
} yq_inbox_item;

typedef struct yq_inbox yq_inbox;

/* Reads into reg on a thread of its own; enter and leave of guard surround each group. changed(arg) is called after each change, on any thread, with no lock held.
 * What was waiting from before goes on. Errors: YQ_IO - the folder cannot be made or read. */
yq_code yq_inbox_open(const yq_store *store, yq_register *reg, const yq_import_watcher *guard, void (*changed)(void *arg), void *arg, yq_inbox **out, yq_err *err);
void yq_inbox_close(yq_inbox *b); /* ends after the group at hand; what waits stays on the disk */

/* Keeps a file; on return it is on the disk. name: with folders, as a path below what was dropped. Errors: YQ_INVALID (name), YQ_BUSY (too many wait), YQ_IO. */
yq_code yq_inbox_put(yq_inbox *b, yq_str name, yq_str bytes, yq_inbox_item *out, yq_err *err);
/* Number of the last change; *count (may be NULL): how many items there are. */
int64_t yq_inbox_sequence(yq_inbox *b, size_t *count);
/* The items that changed after `since`, in the order of their changes, at most cap; *n of them. *cleared: number of the change by which the list was cleared since, or 0. */
void yq_inbox_since(yq_inbox *b, int64_t since, yq_inbox_item *out, size_t cap, size_t *n, int64_t *cleared);
/* Forgets what was read and what was refused; how many. */
size_t yq_inbox_clear(yq_inbox *b);
/* Is it a path of plain names, none of them hidden or "..", of at most YQ_INBOX_NAME_MAX bytes? */
bool yq_inbox_name_fits(yq_str name);

#endif
