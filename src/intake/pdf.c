/* PDF. The program yiqiao-pdf (src/pdfreader) makes text of it: a paragraph or a line a line, tabs between cells, in reading order. What is left here is
 * plain text, which txt.c reads. Positions of such a reading are bytes of that text: running yiqiao-pdf over the same file gives it again.
 */
#include "intake/internal.h"

yq_code yq_read_pdf(yq_draft *d, yq_str bytes, yq_err *err)
{
    if (yq_starts(bytes, YQ_S("%PDF"))) return yq_fail(err, YQ_INVALID, 0, "a PDF is read in the cage only, by the program yiqiao-pdf");
    return yq_read_txt(d, bytes, err);
}
