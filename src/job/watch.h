/* job/watch.h - which files of some folders are new or changed, and whole.
 *
 * A file counts once nobody writes it any more: it was closed or moved into place, two seconds passed since, and its size and time stayed the same. One
 * that stays open is waited for as long as it grows. Sub-folders are seen, also those that come later, with what they already hold. Hidden files and
 * those that programs use while they write (~$a.docx, a.part) never count.
 */
#ifndef YQ_WATCH_H
#define YQ_WATCH_H

#include "base/base.h"

typedef struct yq_watch yq_watch;

/* paths: folders, or files (whose folder is watched for them); they outlive the watch. Links to folders below are not followed.
 * Errors: YQ_NOTFOUND - a path is not there; YQ_IO - the system watches no more folders (its message says which setting). */
yq_code yq_watch_open(const char *const *paths, size_t n, yq_watch **out, yq_err *err);
/* Waits up to wait_ms for files that are whole. Each comes as "folder/./below/name": what stands behind "/./" is the document's name (yq_import_paths).
 * After an overflow the given paths themselves come, to be read through. *list and its n strings live until the next call.
 * Errors: YQ_NOTFOUND - all that was watched is gone; YQ_NOMEM; YQ_IO. */
yq_code yq_watch_next(yq_watch *w, int wait_ms, const char *const **list, size_t *n, yq_err *err);
void yq_watch_close(yq_watch *w);

#endif
