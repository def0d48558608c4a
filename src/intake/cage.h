/* intake/cage.h - documents are read in a process that can do nothing but read them.
 *
 * What a document can do to a reader with a fault in it (a crash, a loop, all memory, somebody else's code) ends with that process: one refused file
 * with its reason. The reader's process is born of a small one that was started before any thread and that holds nothing of the store.
 * docs/decisions/0005-the-cage.md says why it is built so.
 */
#ifndef YQ_CAGE_H
#define YQ_CAGE_H

#include "intake/intake.h"

/* What runs inside; NULL means the readers of intake. It need not fill in what follows from the clean text alone. Tests plant readers that
 * misbehave. */
typedef yq_code yq_cage_work(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

/* Starts the small process. Call it first thing, before any thread: a second call does nothing, and without one the first document starts it.
 * Errors: YQ_IO - the system refuses, or threads run already. */
yq_code yq_cage_start(yq_cage_work *work, yq_err *err);
/* Ends the small process and those it started; the next document starts it again. Not while a document is read. */
void yq_cage_stop(void);

/* As yq_intake_read, in the cage. Any thread may call it, several at a time.
 * Errors beside those of reading: YQ_INVALID - the reader crashed, ran over limits->cpu_seconds or address_space, or tried what a reader may not do;
 * YQ_IO - there is no cage on this system. */
yq_code yq_cage_read(yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

/* Documents of one asker, one after the other, by one thread. Small ones in formats that this program reads by itself (text, Markdown, CSV, JSON)
 * share a process, which costs far less than one each; all others have their own. Whatever such a document comes to but a reading (a refusal, a crash, a
 * loop) is forgotten together with the process, and the document is read again in one of its own: that alone refuses it. See docs/decisions/0027. */
typedef struct yq_cage_series yq_cage_series;
/* NULL: no memory; reading works without. */
yq_cage_series *yq_cage_series_new(void);
/* Ends its process. NULL is allowed. */
void yq_cage_series_free(yq_cage_series *s);
/* As yq_cage_read; s NULL: exactly that. */
yq_code yq_cage_read_next(yq_cage_series *s, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out, yq_err *err);

#endif
