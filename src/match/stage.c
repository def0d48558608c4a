/* "已经有注册证、医院能采购的": a need may ask for what can be had today, and then a prototype is at best the nearest miss. How far a thing has come is
 * read where it is spoken of; of most things nothing is said, and these are neither preferred nor refused. */
#include "match/stage.h"

/* What a need says that asks for what can be had. */
static const char *const asked[] = {
    "已上市", "已经上市", "上市了", "已拿证", "已经拿证", "拿到证", "已取证", "有证", "注册证", "已获批", "已经获批", "买得到", "能买", "可以买", "买的", "想买", "要买", "购买", "想采购", "准备采购", "在售", "现货", "能采购",
    "可采购", "马上能用", "on the market", "licensed", "holds a licence", "holds a license", "already approved", "commercially available", "buy now", "order now", "to buy", "to purchase",
    "can order", "can buy", "purchase now", "ready to buy", "cleared device", "ce-marked", "fda-cleared",
};

static const struct { const char *word; float early, available; } said[] = {
    { "样机", 1, 0 }, { "原型", 1, 0 }, { "动物实验", 1, 0 }, { "临床前", 1, 0 }, { "实验室阶段", 1, 0 }, { "在研", 1, 0 }, { "研发中", 1, 0 }, { "概念验证", 1, 0 },
    { "型式检验", 1, 0 }, { "注册检验", 1, 0 }, { "小试", 1, 0 }, { "中试", 1, 0 }, { "正在开展临床试验", 1, 0 }, { "临床试验阶段", 1, 0 }, { "尚未取得注册", 1, 0 },
    { "未取得注册证", 1, 0 }, { "尚未上市", 1, 0 }, { "未上市", 1, 0 }, { "尚未注册", 1, 0 }, { "拟申报", 1, 0 }, { "申报注册", 1, 0 },
    { "prototype", 1, 0 }, { "preclinical", 1, 0 }, { "pre-clinical", 1, 0 }, { "animal stud", 1, 0 }, { "proof of concept", 1, 0 }, { "bench test", 1, 0 },
    { "停止开发", 1, 0 }, { "不再开发", 1, 0 }, { "已停产", 1, 0 }, { "不再生产", 1, 0 }, { "已撤下", 1, 0 }, { "project ended", 1, 0 }, { "no further development", 1, 0 }, { "discontinued", 1, 0 },
    { "no clinical data", 1, 0 }, { "stage: announced", 1, 0 }, { "announced only", 1, 0 }, { "concept stage", 1, 0 }, { "not yet licensed", 1, 0 }, { "not yet approved", 1, 0 }, { "in development", 1, 0 },
    { "取得注册证", 0, 1 }, { "获得注册证", 0, 1 }, { "取得医疗器械注册证", 0, 1 }, { "类医疗器械注册证", 0, 1 }, { "获批上市", 0, 1 }, { "已上市", 0, 1 }, { "上市销售", 0, 1 },
    { "已获批", 0, 1 }, { "获国家药监局批准", 0, 1 }, { "批准上市", 0, 1 }, { "已取得", 0, 0.5f }, { "投入使用", 0, 0.6f }, { "装机", 0, 0.8f }, { "已列入采购", 0, 1 },
    { "licensed in", 0, 1 }, { "ce mark", 0, 1 }, { "ce-marked", 0, 1 }, { "fda clear", 0, 1 }, { "on the market", 0, 1 }, { "commercially available", 0, 1 },
    { "holds a licen", 0, 1 }, { "approved for sale", 0, 1 }, { "registration certificate", 0, 1 },
};

/* In small letters; blanks stay. */
static yq_str small(yq_arena *a, yq_str s)
{
    char *p = yq_dupz(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] + 32);
    return (yq_str){ p, s.n };
}

yq_str stage_asked(yq_arena *a, yq_str plain)
{
    yq_str folded = small(a, plain);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *at = memmem(folded.p, folded.n, asked[i], strlen(asked[i]));
        if (at) return (yq_str){ plain.p + (at - folded.p), strlen(asked[i]) };
    }
    return YQ_S("");
}

stage stage_said(yq_arena *a, yq_str plain)
{
    stage s = { 0 };
    yq_str folded = small(a, plain);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!yq_has(folded, yq_cstr(said[i].word))) continue;
        if (said[i].early > s.early) s.early = said[i].early;
        if (said[i].available > s.available) s.available = said[i].available;
    }
    if (s.early > 0) s.available = 0; /* "尚未取得注册证" */
    return s;
}
