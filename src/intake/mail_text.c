/* What a mail repeats of others, and who signs it, is text but heads nothing. In a body, a short line above a long one looks like a heading; in a quote or a
 * signature it is a line of somebody's address.
 */
#include "intake/internal.h"

/* Where the text of an earlier mail begins: its header lines, or the line that a mail program puts above it. */
static const char *const quote_openers[] = {
    "发件人:", "发件人：", "寄件者:", "寄件者：", "寄件人:", "寄件人：", "From:", "-----Original", "----- Original", "-----原始邮件", "----- 原始邮件", "------------------ 原始邮件",
    "-----邮件原件", "---- 回复的原邮件", "---- 原邮件", "-------- 原始邮件", "-------- Original",
};
static const char *const quote_endings[] = { "写道：", "写道:", "寫道：", "寫道:", "wrote:", "wrote：" };
static const char *const head_lines[] = {
    "发件人", "寄件者", "寄件人", "收件人", "收件者", "抄送", "副本", "发送时间", "发送日期", "寄件日期", "日期:", "日期：", "主题:", "主题：", "主旨:", "主旨：", "From:", "To:", "Cc:",
    "Sent:", "Date:", "Subject:",
};

#define COUNT(v) (sizeof(v) / sizeof *(v))

static bool starts(yq_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (yq_starts(s, yq_cstr(words[i]))) return true;
    return false;
}

static bool opens_quote(yq_str s)
{
    if (starts(s, quote_openers, COUNT(quote_openers))) return true;
    for (size_t i = 0; i < COUNT(quote_endings); i++)
        if (yq_ends(s, yq_cstr(quote_endings[i]))) return true;
    return false;
}

/* With these a letter ends; a name, an office and its address follow. */
static const char *const closings[] = { "此致", "敬礼", "祝好", "祝商祺", "顺祝", "顺颂", "順頌", "順祝", "Best regards", "Kind regards", "Warm regards", "Best wishes", "Regards", "Sincerely", "Yours" };
enum { CLOSING_BYTES = 40 };

static bool opens_signature(yq_str s)
{
    if (s.n <= CLOSING_BYTES && starts(s, closings, COUNT(closings))) return true;
    return yq_eq(s, YQ_S("--")) || yq_eq(s, YQ_S("—")) || yq_eq(s, YQ_S("——")) || yq_starts(s, YQ_S("发自我的")) || yq_starts(s, YQ_S("Sent from my"));
}

/* "周主任：", "Dear Dr. Zhou,": to whom, not about what. */
static bool is_greeting(yq_str s)
{
    return yq_ends(s, YQ_S("：")) || yq_ends(s, YQ_S(":")) || yq_ends(s, YQ_S(",")) || yq_ends(s, YQ_S("，")) || yq_ends(s, YQ_S("！"));
}

static bool seems_heading(const yq_block *b)
{
    return b->kind == YQ_BLOCK_TITLE || b->kind == YQ_BLOCK_SUBTITLE || b->kind == YQ_BLOCK_HEADING;
}

void yq_settle_mail(yq_reading *body)
{
    bool quoted = false, signature = false, plain = body->format && !strcmp(body->format, "txt"); /* the subject is the title: nothing typed below is */
    for (size_t i = 0; i < body->blocks.n; i++) {
        yq_block *b = &body->blocks.v[i];
        yq_str s = yq_trim(yq_at(body->clean, b->span));
        if (b->kind == YQ_BLOCK_TABLE) continue;
        quoted |= opens_quote(s);
        signature = !opens_quote(s) && (signature || opens_signature(s));
        bool marked = yq_starts(s, YQ_S(">")) || yq_starts(s, YQ_S("＞"));
        if (quoted && starts(s, head_lines, COUNT(head_lines))) b->kind = YQ_BLOCK_META, b->level = 0;
        else if (seems_heading(b) && (quoted || signature || marked || (b->kind == YQ_BLOCK_TITLE && (plain || is_greeting(s))))) b->kind = YQ_BLOCK_PARAGRAPH, b->level = 0;
    }
}
