/* intake/cage_internal.h - between the caller's side of the cage (cage.c), the small process (cage_server.c) and what it lets a reader do
 * (cage_rights.c).
 *
 * A request is one packet on a socket pair: a yq_cage_request, the file's name behind it, and three descriptors: the document (read), the answer
 * (written by the reader), a pipe on which the small process reports how the reader ended (yq_cage_report). The answer begins with a yq_cage_head;
 * behind YQ_CAGE_READING stands a reading in the format of wire.h.
 *
 * The reader of a series (YQ_CAGE_SERIES) has a socket beside: each yq_cage_turn that comes there is a document to read, which lies in the same
 * memory file as the one before did; behind the answer it sends a yq_cage_done. Its first report says which process it is.
 */
#ifndef YQ_CAGE_INTERNAL_H
#define YQ_CAGE_INTERNAL_H

#include "intake/cage.h"
#include "intake/foreign.h"

enum { YQ_CAGE_NAME_BYTES = 512, YQ_CAGE_ANSWER_FD = 3, YQ_CAGE_TURNS_FD = 4 };
enum { YQ_CAGE_DESCRIPTORS = 4 }; /* document, answer, report, and of a series its socket */

typedef struct {
    yq_intake_limits limits;
    uint64_t bytes;    /* of the document */
    uint32_t name;     /* bytes behind this */
    uint32_t step;     /* a yq_cage_step */
} yq_cage_request;

/* Who works: a reader, whose answer is a reading; or a program, whose answer is text or a file as it is. */
typedef enum { YQ_CAGE_READ, YQ_CAGE_PDF, YQ_CAGE_OFFICE, YQ_CAGE_SCAN, YQ_CAGE_SERIES } yq_cage_step;

/* Of a series. What takes more of anything is read in a process of its own. */
enum { YQ_SERIES_BYTES = 256 << 10, YQ_SERIES_MEMORY = 64 << 20, YQ_SERIES_MS = 500, YQ_SERIES_DOCUMENTS = 64 };

typedef struct {
    uint64_t bytes; /* of the document */
    uint32_t name;
    char name_bytes[YQ_CAGE_NAME_BYTES];
} yq_cage_turn;

typedef enum { YQ_CAGE_TAKES_MORE = 1, YQ_CAGE_LEAVES } yq_cage_done; /* one byte; it leaves when it has used much memory */

/* How a program ends: its answer is the result; its answer says why there is none; the PDF holds pictures only; it could not; it took too long;
 * this system cannot keep it apart; it is not there. */
enum { YQ_HELPER_DONE = 0, YQ_HELPER_REFUSED = 2, YQ_HELPER_SCANNED = 3, YQ_HELPER_FAILED = 4, YQ_HELPER_OVERDUE = 5, YQ_HELPER_NO_CAGE = 126, YQ_HELPER_MISSING = 127 };

typedef enum { YQ_CAGE_READING = 1, YQ_CAGE_REFUSAL, YQ_CAGE_FORBIDDEN } yq_cage_outcome;

typedef struct {
    uint32_t outcome;
    uint32_t code;     /* REFUSAL: a yq_code; FORBIDDEN: the number of the system call */
    uint64_t at;       /* REFUSAL: as in yq_err */
    char msg[240];
} yq_cage_head;

typedef struct {
    int32_t status;    /* as waitpid gives it */
    uint32_t cpu_ms;
    uint64_t peak_bytes; /* of address space, about: what was used and what was taken before */
    uint32_t overdue;  /* it was ended because it did not end */
    int32_t started;   /* of a series, first: the process; else 0 */
} yq_cage_report;

/* cage.c: a request with its descriptors, and what an answer holds. `report`: how the reader ended. */
bool yq_cage_send(int control, const int *fds, size_t count, yq_str name, size_t bytes, const yq_intake_limits *limits, yq_cage_step step);
yq_code yq_cage_judge(yq_arena *a, int answer, const yq_cage_report *report, const yq_intake_limits *limits, yq_reading *out, yq_err *err);
bool yq_cage_write(int fd, yq_str bytes);
/* The last bytes of a name: its ending tells the format. */
yq_str yq_cage_name(yq_str name);
/* cage_series.c: a reading from the process of the series, which is started, and replaced, as needed. False: ask for a process of its own. */
bool yq_cage_series_read(yq_cage_series *s, int control, yq_arena *a, yq_str name, yq_str bytes, const yq_intake_limits *limits, yq_reading *out);

/* cage_server.c: serves requests until the other end of control is closed. Never returns. */
_Noreturn void yq_cage_serve(int control, yq_cage_work *work);

/* cage_convert.c: converts the document into the answer with a program that is installed, and ends with one of YQ_HELPER_… . */
_Noreturn void yq_cage_convert(yq_convert_way way, yq_str name, int document, size_t bytes, int answer);

/* cage_rights.c */
typedef struct yq_cage_rights yq_cage_rights;
/* Makes the filter of system calls once, so that a reader only loads it. NULL: this system has no filters. A helper may also start as a program
 * and open files to read; which, yq_cage_rights_look says. */
yq_cage_rights *yq_cage_rights_make(bool helper);
/* From here on the process sees no files but programs, libraries, fonts and what is in `folder`. False: this system cannot (before Linux 5.13). */
bool yq_cage_rights_look(const char *folder);
/* From here on the process may read, write, allocate and end; anything else writes a FORBIDDEN head to YQ_CAGE_ANSWER_FD and ends it. */
bool yq_cage_rights_drop(const yq_cage_rights *r);
/* For a program that was not written for this: it reads programs, libraries, fonts and settings, and its own folder `program` lies in; it writes
 * in `folder` only. False: this system cannot (before Linux 5.13). */
bool yq_cage_rights_write_only(const char *folder, const char *program);
/* And it reaches no network, no other process, and does not leave its process group. */
bool yq_cage_rights_drop_program(void);
/* What a system call of that number was meant for: "open a file". */
const char *yq_cage_attempt(uint32_t number);

#endif
