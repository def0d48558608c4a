/* job/reread.h - documents that the register has, read again by the present reader and extractor, with progress as in an import. */
#ifndef YQ_JOB_REREAD_H
#define YQ_JOB_REREAD_H

#include "job/import.h"

/* which: names or ids of documents; n = 0: all that an older version read. What people decided holds (register/review.h). A document that is not there, or
 * whose original is not kept, is refused with its reason, and the rest goes on. */
yq_code yq_reread_documents(yq_register *r, const char *const *which, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);

#endif
