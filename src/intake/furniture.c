/* What a copied web page shows around its article, told by its words: menus, breadcrumbs, counters, copyright lines, further articles.
 *
 * Formats without markup give no other hint, and pages with markup hide theirs often enough. Rules look at short lines only: a paragraph
 * of the article may well speak of 版权所有.
 */
#include "intake/internal.h"

enum { SHORT_CHARS = 60, OPENER_CHARS = 24, HEAD_LINES = 14, MENU_ITEM_CHARS = 10, MENU_ITEMS = 3, LONG_CHARS = 60, TAIL_SENTENCE_CHARS = 80 };

typedef enum { BEGINS, CONTAINS, WHOLE } where;

static const struct { where at; const char *text; } furniture[] = {
    { BEGINS, "当前位置" }, { BEGINS, "您的位置" }, { BEGINS, "您现在的位置" }, { BEGINS, "你的位置" }, { BEGINS, "您所在的位置" }, { BEGINS, "位置：首页" },
    { BEGINS, "首页 >" }, { BEGINS, "首页>" }, { BEGINS, "首页 |" }, { BEGINS, "首页|" }, { BEGINS, "返回首页" }, { BEGINS, "回到首页" },
    { BEGINS, "返回顶部" }, { BEGINS, "回到顶部" },
    { BEGINS, "返回列表" }, { BEGINS, "版权所有" }, { BEGINS, "Copyright" }, { BEGINS, "copyright" }, { BEGINS, "©" }, { BEGINS, "网站首页" },
    { BEGINS, "上一篇" }, { BEGINS, "下一篇" }, { BEGINS, "上一条" }, { BEGINS, "下一条" },
    { BEGINS, "浏览次数" }, { BEGINS, "浏览量" }, { BEGINS, "阅读次数" }, { BEGINS, "点击次数" }, { BEGINS, "访问量" }, { BEGINS, "分享到" },
    { BEGINS, "分享：" }, { BEGINS, "分享至" }, { BEGINS, "关键词：" }, { BEGINS, "标签：" }, { BEGINS, "关于我们" }, { BEGINS, "关闭窗口" },
    { BEGINS, "打印本页" }, { BEGINS, "【打印" }, { BEGINS, "【关闭" }, { BEGINS, "字号" }, { BEGINS, "扫一扫" }, { BEGINS, "扫描二维码" },
    { BEGINS, "长按二维码" }, { BEGINS, "点击关注" }, { BEGINS, "免责声明" }, { BEGINS, "网友评论" }, { BEGINS, "Skip to" }, { BEGINS, "Home >" },
    { BEGINS, "You are here" }, { BEGINS, "Share this" }, { BEGINS, "Privacy Policy" }, { BEGINS, "Terms of Use" },
    { BEGINS, "Follow us" },
    { CONTAINS, "ICP备" }, { CONTAINS, "ICP证" }, { CONTAINS, "公网安备" }, { CONTAINS, "违法和不良信息" }, { CONTAINS, "未经授权" },
    { CONTAINS, "禁止转载" }, { CONTAINS, "未经许可" }, { CONTAINS, "版权所有" }, { CONTAINS, "All rights reserved" },
    { CONTAINS, "All Rights Reserved" },
    { CONTAINS, "网站地图" }, { CONTAINS, "友情链接" }, { CONTAINS, "法律声明" }, { CONTAINS, "返回首页" }, { CONTAINS, "广告服务" },
    { CONTAINS, "免费注册" }, { CONTAINS, "客户端下载" }, { CONTAINS, "邮编" }, { CONTAINS, "邮政编码" }, { CONTAINS, "加入收藏" },
    { CONTAINS, "设为首页" },
    { WHOLE, "正文内容" }, { WHOLE, "正文内容:" }, { WHOLE, "正文内容：" }, { WHOLE, "正文" }, { WHOLE, "打印" }, { WHOLE, "关闭" }, { WHOLE, "分享" },
    { WHOLE, "收藏" }, { WHOLE, "点赞" }, { WHOLE, "Share" }, { WHOLE, "Print" }, { WHOLE, "Menu" }, { WHOLE, "Search" },
    { WHOLE, "Add to Calendar" },
    { WHOLE, "首页" }, { WHOLE, "登录" }, { WHOLE, "注册" }, { WHOLE, "English" }, { WHOLE, "繁體" }, { WHOLE, "繁体" }, { WHOLE, "搜索" },
};

static const char *const openers[] = {
    "相关阅读", "相关链接", "相关新闻", "相关文章", "相关报道", "相关推荐", "相关资讯", "更多精彩", "更多新闻", "更多文章", "更多阅读", "推荐阅读", "推荐文章",
    "延伸阅读", "扩展阅读", "热门推荐", "热门文章", "热门新闻", "热点新闻", "热点推荐", "最新文章", "猜你喜欢", "为您推荐", "网友评论", "精彩评论", "最新评论",
    "发表评论", "往期回顾", "往期推荐", "往期精彩", "精彩推荐", "新闻排行", "点击排行", "Related articles", "Related Articles", "Related links",
    "Related Links", "Related news", "Related News", "Related stories", "You may also like", "More news", "More News",
    "Recommended for you",
    "Further reading", "Read next", "Leave a comment",
};

static bool matches(yq_str line, where at, yq_str text)
{
    if (at == BEGINS) return yq_starts(line, text);
    if (at == CONTAINS) return yq_has(line, text);
    return yq_eq(line, text);
}

/* Words with only spaces, bars or dots between: a menu written in one line. */
static bool is_menu_row(yq_str line)
{
    size_t words = 0, longest = 0, chars = 0;
    for (size_t at = 0; at < line.n;) {
        uint32_t cp = yq_utf8_next(line, &at);
        bool gap = yq_is_space(cp) || cp == '|' || cp == 0xFF5C || cp == 0xB7 || cp == '-';
        if (!gap && yq_is_punct(cp)) return false;
        if (gap) words += chars > 0, chars = 0;
        else chars++;
        if (chars > longest) longest = chars;
    }
    words += chars > 0;
    return words >= 5 && longest <= 6 && yq_is_han(yq_utf8_next(line, &(size_t){ 0 }));
}

bool yq_is_furniture(yq_str line)
{
    line = yq_trim(line);
    if (yq_utf8_count(line) > SHORT_CHARS) return false;
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++)
        if (matches(line, furniture[i].at, yq_cstr(furniture[i].text))) return true;
    return is_menu_row(line);
}

bool yq_opens_further_articles(yq_str line)
{
    line = yq_trim(line);
    for (size_t at = 0; at < line.n;) { /* marks in front: ▶ 【 ■ */
        size_t next = at;
        uint32_t cp = yq_utf8_next(line, &next);
        if (!yq_is_punct(cp) && !yq_is_space(cp)) {
            line = yq_sub(line, at, line.n);
            break;
        }
        at = next;
    }
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        yq_str opener = yq_cstr(openers[i]);
        if (!yq_starts(line, opener)) continue;
        yq_str rest = yq_trim(yq_sub(line, opener.n, line.n));
        if (yq_utf8_count(line) <= OPENER_CHARS || yq_starts(rest, YQ_S(":")) || yq_starts(rest, YQ_S("："))) return true;
    }
    return false;
}

static yq_str text_of(const yq_draft *d, size_t i)
{
    return yq_trim(yq_at(d->text, d->lines.v[i].span));
}

static bool is_sentence(yq_str s)
{
    return yq_utf8_count(s) >= TAIL_SENTENCE_CHARS && (yq_has(s, YQ_S("。")) || yq_has(s, YQ_S(". ")));
}

/* Further articles end where a real paragraph begins again. */
static void drop_further_articles(yq_draft *d)
{
    bool dropping = false;
    size_t body = 0;
    for (size_t i = 0; i < d->lines.n; i++) {
        yq_line *line = &d->lines.v[i];
        if (line->dropped) continue;
        yq_str s = text_of(d, i);
        if (is_sentence(s) || line->kind == YQ_BLOCK_TABLE) dropping = false, body++;
        else if (body && yq_opens_further_articles(s)) dropping = true;
        line->dropped |= dropping;
    }
}

static bool menu_entry(const yq_draft *d, size_t i)
{
    yq_str s = text_of(d, i);
    if (d->lines.v[i].kind == YQ_BLOCK_TABLE || yq_utf8_count(s) > MENU_ITEM_CHARS + 2) return false;
    return !yq_has(s, YQ_S("：")) && !yq_has(s, YQ_S(":")) && !yq_has(s, YQ_S("。")) && !yq_has(s, YQ_S("，"));
}

static bool bulleted(yq_str s)
{
    return yq_starts(s, YQ_S("•")) || yq_starts(s, YQ_S("·")) || yq_starts(s, YQ_S("- ")) || yq_starts(s, YQ_S("* ")) || yq_starts(s, YQ_S("|"));
}

/* At the head, bulleted short lines in a row are a menu, and short lines above a menu or breadcrumb are the site's name. */
static void drop_head(yq_draft *d)
{
    size_t last_menu = 0;
    bool found = false;
    for (size_t i = 0; i < d->lines.n && i < HEAD_LINES; i++) {
        if (yq_utf8_count(text_of(d, i)) >= LONG_CHARS) break;
        if (d->lines.v[i].dropped && (is_menu_row(text_of(d, i)) || yq_has(text_of(d, i), YQ_S("位置")))) last_menu = i, found = true;
        size_t run = i;
        while (run < d->lines.n && menu_entry(d, run) && (bulleted(text_of(d, run)) || d->lines.v[run].kind == YQ_BLOCK_ITEM)) run++;
        if (run - i >= MENU_ITEMS) last_menu = run - 1, found = true, i = run - 1;
    }
    for (size_t i = 0; found && i <= last_menu; i++) d->lines.v[i].dropped |= menu_entry(d, i) || d->lines.v[i].kind == YQ_BLOCK_ITEM;
}

void yq_drop_furniture(yq_draft *d)
{
    for (size_t i = 0; i < d->lines.n; i++)
        if (d->lines.v[i].kind != YQ_BLOCK_TABLE && yq_is_furniture(text_of(d, i))) d->lines.v[i].dropped = true;
    drop_head(d);
    drop_further_articles(d);
}
