/* job/handover.h - one writer a store: with a server running, the command line hands its work to it.
 *
 * The server listens on the local socket `yiqiao.sock` in the store's folder (owner only). One line of JSON asks:
 *     {"command": "import", "paths": ["/folder", …]}\n
 * and lines of JSON answer: one a file as it is done, {"name", "done", "total", "code", "error", "outcome", "found", "doubtful", "unread"}, and last
 * {"end": true, "read", "known", "refused", "partly", "found", "doubtful", "stopped", "code", "error"}.
 * Closing the connection stops the work after the file at hand. In the same way {"command": "reread", "documents": [name or id, …]}; and
 * {"command": "need", "act": {…}} (register/needs.h), whose end counts in "found" whether it changed anything;
 * {"command": "review", "decisions": [{"fact", "judgement", "value"?, "date"?, "subject"?, "object"?}, …]}, whose end counts in "found" what changed;
 * {"command": "settle"}, whose end has the outcome's appearances as "read", clusters as "known", changed as "found" and undecided as "doubtful"; and
 * {"command": "identity", "act": verdict, "split" or "undo", "ids": [id, …], "why"}, whose end has the number of the decision as "found".
 */
#ifndef YQ_HANDOVER_H
#define YQ_HANDOVER_H

#include "job/import.h"
#include "register/needs.h"
#include "register/review.h"

/* Asks the server of this store's folder to import. YQ_NOTFOUND: no server listens there. The watcher's stop ends it. */
yq_code yq_handover_import(const char *folder, const char *const *paths, size_t n, const yq_import_watcher *w, yq_import_counts *counts,
                           yq_err *err);

/* The same for reading again (job/reread.h) and for decisions (register/review.h). */
yq_code yq_handover_reread(const char *folder, const char *const *which, size_t n, const yq_import_watcher *w, yq_import_counts *counts, yq_err *err);
yq_code yq_handover_decide(const char *folder, const yq_fact_decision *v, size_t n, size_t *changed, yq_err *err);
yq_code yq_handover_settle(const char *folder, yq_settle_outcome *out, yq_err *err);

/* A decision on who is who (register/register.h), by the act's name: a verdict on ids a, b; "split" of ids; "undo" of two ids, or of one that is the number of an entry. */
typedef struct {
    const char *act, *why;
    int64_t *ids;
    size_t n;
} yq_identity_order;
/* Here, with the register, or there, by the server. *sequence: the number of the decision. */
yq_code yq_identity_obey(yq_register *r, const yq_identity_order *o, int64_t *sequence, yq_err *err);
yq_code yq_handover_identity(const char *folder, const yq_identity_order *o, int64_t *sequence, yq_err *err);

yq_code yq_handover_act(const char *folder, const yq_need_act *act, bool *changed, yq_err *err);

typedef struct yq_handover yq_handover;

/* Serves such requests with this register, on a thread of its own, one at a time; enter and leave of guard surround each group. */
yq_code yq_handover_listen(const char *folder, yq_register *r, const yq_import_watcher *guard, yq_handover **out, yq_err *err);
void yq_handover_close(yq_handover *h); /* ends the work at hand, joins the thread, removes the socket */

#endif
