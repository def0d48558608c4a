/* Which rows of a table name its columns? Formats rarely say; the words do.
 *
 * A header row holds short labels (序号, 姓名, 时间, 题目, Speaker …) and no sentence or bare number. Rows above it that group columns
 * (基本信息 over five of them) are header too.
 */
#include "intake/internal.h"

enum { SEARCHED_ROWS = 6, LABEL_CHARS = 16 };

/* A cell that contains one of these words and is short is a label. */
static const char *const label_words[] = {
    "序号", "编号", "姓名", "名称", "性别", "籍贯", "职称", "职务", "单位", "科室", "部门", "专业", "方向", "邮箱", "电话", "联系", "时间", "日期",
    "题目", "主题", "议题", "内容", "讲者", "讲题", "主讲", "报告人", "嘉宾", "演讲", "主持", "地点", "会场", "需求", "描述", "简介", "类别", "领域", "阶段",
    "项目", "备注", "机构", "医院", "城市", "地区", "负责人", "专利", "金额", "数量", "技术", "产品", "成果", "合作", "委员会", "届", "级别", "说明", "要求",
    "name", "title", "speaker", "topic", "time", "date", "affiliation", "institution", "organization", "organisation", "position", "department",
    "chair", "moderator", "venue", "email", "phone", "contact", "need", "description", "holder", "technology", "stage", "country", "city",
    "hospital", "role", "no.", "session", "notes",
};


static bool is_label(yq_str cell)
{
    char lower[LABEL_CHARS * 4 + 1];
    cell = yq_trim(cell);
    if (!cell.n || cell.n >= sizeof lower || yq_utf8_count(cell) > LABEL_CHARS) return false;
    for (size_t i = 0; i < cell.n; i++) {
        lower[i] = cell.p[i] >= 'A' && cell.p[i] <= 'Z' ? cell.p[i] | 32 : cell.p[i];
        if (lower[i] >= '0' && lower[i] <= '9') return false;
    }
    for (size_t k = 0; k < sizeof label_words / sizeof *label_words; k++)
        if (memmem(lower, cell.n, label_words[k], strlen(label_words[k]))) return true;
    return false;
}

/* Two thirds of a row's filled cells must be labels, and two at least. */
static bool names_columns(yq_str text, const yq_table *t, uint32_t row)
{
    size_t labels = 0, filled = 0;
    for (size_t i = 0; i < t->cells.n && t->cells.v[i].row <= row; i++) {
        yq_str cell = yq_at(text, t->cells.v[i].span);
        if (t->cells.v[i].row != row || yq_blank(cell)) continue;
        filled++;
        labels += is_label(cell);
    }
    return labels >= 2 && labels * 3 >= filled * 2;
}

/* How many cells of a row the format calls header; 0 when not all are. */
static size_t told_by_format(const yq_table *t, uint32_t row)
{
    size_t told = 0;
    for (size_t i = 0; i < t->cells.n && t->cells.v[i].row <= row; i++) {
        if (t->cells.v[i].row != row) continue;
        if (!t->cells.v[i].header) return 0;
        told++;
    }
    return told;
}

void yq_find_header(yq_str text, yq_table *t)
{
    uint32_t searched = t->rows < SEARCHED_ROWS ? t->rows : SEARCHED_ROWS, rows = 0;
    bool named = false; /* the format itself named the columns: "Study Chair, Cloud Hospital" below is no second header */

    for (uint32_t r = 0; r < searched; r++) {
        size_t told = told_by_format(t, r);
        if (told || (!named && names_columns(text, t, r))) rows = r + 1;
        else if (rows) break;
        named |= told > 1;
    }
    t->header_rows = rows;
    for (size_t i = 0; i < t->cells.n; i++) t->cells.v[i].header |= t->cells.v[i].row < rows;
}
