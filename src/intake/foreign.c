/* What is converted, by whom, within which limits. */
#include "intake/foreign.h"

#include <strings.h>

static const yq_conversion conversions[] = {
    { "doc", "Word (.doc)", "doc", "docx", true },        { "dot", "Word (.dot)", "doc", "docx", true },
    { "rtf", "RTF", "rtf", "docx", false },               { "odt", "OpenDocument (.odt)", "odt", "docx", false },
    { "wps", "WPS Writer (.wps)", "doc", "docx", true },  { "xls", "Excel (.xls)", "xls", "xlsx", true },
    { "xlt", "Excel (.xlt)", "xls", "xlsx", true },       { "ods", "OpenDocument (.ods)", "ods", "xlsx", false },
    { "et", "WPS Spreadsheets (.et)", "xls", "xlsx", true }, { "ppt", "PowerPoint (.ppt)", "ppt", "pptx", true },
    { "pps", "PowerPoint (.pps)", "ppt", "pptx", true },  { "odp", "OpenDocument (.odp)", "odp", "pptx", false },
    { "dps", "WPS Presentation (.dps)", "ppt", "pptx", true },
};

/* A cold start of LibreOffice takes some seconds on a slow machine, a page of a scan about two. */
static const yq_convert_limits limits[] = {
    [YQ_CONVERT_OFFICE] = { "LibreOffice", 90, (size_t)4 << 30, (size_t)64 << 20, 0, "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui" },
    [YQ_CONVERT_SCAN] = { "tesseract", 300, (size_t)2 << 30, (size_t)16 << 20, 100, "tesseract-ocr tesseract-ocr-chi-sim poppler-utils" },
};

const yq_convert_limits *yq_convert_limits_of(yq_convert_way way)
{
    return &limits[way];
}

const yq_conversion *yq_conversion_of(yq_str name)
{
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        size_t n = strlen(conversions[i].extension);
        if (name.n > n && name.p[name.n - n - 1] == '.' && !strncasecmp(name.p + name.n - n, conversions[i].extension, n)) return &conversions[i];
    }
    return NULL;
}

static bool begins(yq_str s, const char *word)
{
    return s.n >= strlen(word) && !strncasecmp(s.p, word, strlen(word));
}

/* Systems of hospitals and offices export "Excel" that is a page or text with tabs. */
const char *yq_conversion_unneeded(const yq_conversion *c, yq_str bytes)
{
    if (!c->old) return NULL;
    if (yq_starts(bytes, YQ_S("PK\3\4"))) return c->becomes;
    yq_str text = yq_trim(yq_sub(bytes, 0, 4096));
    if (begins(text, "<html") || begins(text, "<!doctype html") || begins(text, "<table") || begins(text, "<meta") || begins(text, "<head")) return "html";
    bool plain = bytes.n && !memchr(text.p, 0, text.n) && !begins(text, "{\\rtf") && !begins(text, "<?xml");
    for (size_t i = 0; plain && i < text.n; i++) plain = (unsigned char)text.p[i] >= ' ' || strchr("\t\r\n", text.p[i]);
    if (!plain) return NULL;
    return !strcmp(c->becomes, "xlsx") ? "csv" : !strcmp(c->becomes, "docx") ? "txt" : NULL;
}
