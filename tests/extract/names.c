/* Who and where and as what, sentence by sentence: each row shows one rule of the language. Names are invented. */
#include "../check.h"
#include "extract/extract.h"

typedef struct {
    const char *what, *text;
    const char *people; /* "name; name" in the order of the text */
    const char *orgs;
    const char *roles;  /* "name|organisation|position; ..." */
} row;

static const row rows[] = {
    { "title in front", "澜州市中心医院院长周岚表示，将继续努力。", "周岚", "澜州市中心医院", "周岚|澜州市中心医院|院长" },
    { "department between", "汀阳市人民医院呼吸与危重症医学科主任梁思远介绍了经验。", "梁思远", "汀阳市人民医院", "梁思远|汀阳市人民医院|呼吸与危重症医学科主任" },
    { "chain of posts", "云岭大学党委常委、副校长、医学部主任、第一附属医院院长吕恒说。", "吕恒", "云岭大学; 云岭大学医学部; 云岭大学第一附属医院",
      "吕恒|云岭大学|党委常委; 吕恒|云岭大学|副校长; 吕恒|云岭大学医学部|主任; 吕恒|云岭大学第一附属医院|院长" },
    { "organisation inherited", "云岭省人民医院党委副书记、院长庄行，副院长兼总会计师阮青禾出席。", "庄行; 阮青禾", "云岭省人民医院",
      "庄行|云岭省人民医院|党委副书记; 庄行|云岭省人民医院|院长; 阮青禾|云岭省人民医院|副院长; 阮青禾|云岭省人民医院|总会计师" },
    { "title behind", "论坛邀请榆川大学附属第一医院何晓川教授作报告。", "何晓川", "榆川大学附属第一医院", "何晓川|榆川大学附属第一医院|教授" },
    { "former post of an abolished school", "联盟得到原第九军医大学校长郑木生支持。", "郑木生", "第九军医大学", "郑木生|第九军医大学|原校长" },
    { "verb of appointment", "会议决定，由澜州医学会会长许澄担任主席。", "许澄", "澜州医学会", "许澄|澜州医学会|会长; 许澄|澜州医学会|主席" },
    { "brackets", "联系人：骆清河（榆川市人民医院科研处处长）", "骆清河", "榆川市人民医院", "骆清河|榆川市人民医院|科研处处长" },
    { "alumni year", "1988级校友、北滨大学人民医院副院长王天佑分享。", "王天佑", "北滨大学人民医院", "王天佑|北滨大学人民医院|副院长" },
    { "foreign name", "诺维克心脏公司首席执行官安妮卡·桑德尔说，合作顺利。", "安妮卡·桑德尔", "诺维克心脏公司", "安妮卡·桑德尔|诺维克心脏公司|首席执行官" },
    { "compound surname", "云岭大学校长欧阳澈致辞。", "欧阳澈", "云岭大学", "欧阳澈|云岭大学|校长" },
    { "list with and", "会议由许澄和梁思远主持。", "许澄; 梁思远", "", "" },
    { "verb is no part of the name", "澜州市中心医院院长韩霁说得好。", "韩霁", "澜州市中心医院", "韩霁|澜州市中心医院|院长" },
    { "titles without names", "各医院院长和主任医师参加了培训，县级医院优先。", "", "", "" },
    { "bracketed city", "屿衡医疗科技（澜州）有限公司董事长顾临川出席。屿衡医疗已上市。", "顾临川", "屿衡医疗科技（澜州）有限公司", "顾临川|屿衡医疗科技（澜州）有限公司|董事长" },
    { "two joined by a verb", "朔曲机器人股份有限公司联合澜州理工大学研制测量垫片。", "", "朔曲机器人股份有限公司; 澜州理工大学", "" },
    { "laboratory of a university is a department", "澜州理工大学脑机接口实验室主任单一诺演示。", "单一诺", "澜州理工大学", "单一诺|澜州理工大学|脑机接口实验室主任" },
    { "short form of hospital", "西滨交通大学第一附属医院开诊。西滨交大一附院副院长张谞丰到场。", "张谞丰", "西滨交通大学第一附属医院",
      "张谞丰|西滨交通大学第一附属医院|副院长" },
    { "English title and organisation", "The MoU was signed by Annika Sandell, Chief Executive Officer of Norrvik Cardio AB.", "Annika Sandell", "Norrvik Cardio AB",
      "Annika Sandell|Norrvik Cardio AB|Chief Executive Officer" },
    { "English degrees", "Speakers: Keith C. Hemmert, MD, PhD, Medical Director, Lakeview General Hospital", "Keith C. Hemmert", "Lakeview General Hospital",
      "Keith C. Hemmert|Lakeview General Hospital|Medical Director" },
    { "pinyin is the same person", "澜州医学会会长许澄出席会议。Mr Xu Cheng gave a talk.", "许澄", "澜州医学会", "许澄|澜州医学会|会长" },
    { "post under the institution of the block", "需求单位：榆川市中心医院；联系人：耳鼻咽喉科副主任谈笑峰", "谈笑峰", "榆川市中心医院", "谈笑峰|榆川市中心医院|耳鼻咽喉科副主任" },
    { "several are appointed", "澜州医学会聘请梁思远、许澄、周岚为名誉顾问。", "梁思远; 许澄; 周岚", "澜州医学会",
      "梁思远|澜州医学会|名誉顾问; 许澄|澜州医学会|名誉顾问; 周岚|澜州医学会|名誉顾问" },
    { "biography", "黄思源 教授\n\n经历\n\n* 北滨大学计算机与资讯中心主任\n\n学历\n\n* 北滨大学工学博士\n", "黄思源", "北滨大学", "黄思源||教授; 黄思源|北滨大学|计算机与资讯中心主任" },
    { "semicolon hands the company on", "棱桥医药科技有限公司董事长顾临川介绍了产品；首席科学家陆景行演示了操作。", "顾临川; 陆景行", "棱桥医药科技有限公司",
      "顾临川|棱桥医药科技有限公司|董事长; 陆景行|棱桥医药科技有限公司|首席科学家" },
    { "the paper itself", "澜州日报\n本报记者江雪晴报道，展览开幕。", "江雪晴", "澜州日报", "江雪晴|澜州日报|记者" },
    { "academician is an honour", "中国工程院院士、云岭大学校长欧阳澈致辞。", "欧阳澈", "云岭大学", "欧阳澈|云岭大学|校长" },
    { "English appointment", "Wuqiao People's Hospital has appointed Dr Yin Sipu as its first Chief Innovation Officer.", "Yin Sipu", "Wuqiao People's Hospital",
      "Yin Sipu|Wuqiao People's Hospital|Chief Innovation Officer" },
    { "foreign name behind a Chinese title", "诺维克心脏公司副总裁Ingrid Solheim率团来访。", "Ingrid Solheim", "诺维克心脏公司", "Ingrid Solheim|诺维克心脏公司|副总裁" },
    { "kinds of institutions are none", "县级医院和三甲医院、基层医疗机构共同参加。", "", "", "" },
    { "nothing", "今天天气很好，大家都很高兴。", "", "", "" },
};

static void append(yq_buf *b, const char *separator, yq_str s)
{
    if (b->n) yq_buf_put(b, yq_cstr(separator));
    yq_buf_put(b, s);
}

static void describe(const yq_findings *f, yq_buf *people, yq_buf *orgs, yq_buf *roles)
{
    for (size_t i = 0; i < f->orgs.n; i++) append(orgs, "; ", f->orgs.v[i].name);
    for (size_t i = 0; i < f->people.n; i++) {
        const yq_found_person *p = &f->people.v[i];
        append(people, "; ", p->name);
        for (size_t k = 0; k < p->roles.n; k++) {
            append(roles, "; ", p->name);
            yq_buf_put(roles, YQ_S("|"));
            if (p->roles.v[k].org != YQ_NONE) yq_buf_put(roles, f->orgs.v[p->roles.v[k].org].name);
            yq_buf_put(roles, YQ_S("|"));
            yq_buf_put(roles, p->roles.v[k].position);
        }
    }
}

static void same(const char *what, const yq_buf *found, const char *expected)
{
    if (!CHECK(what, yq_eq(yq_buf_str(found), yq_cstr(expected)))) fprintf(stderr, "    found \"%.*s\"\n", YQ_FMT(yq_buf_str(found)));
}

static void check(const row *r)
{
    yq_arena *a = yq_arena_new(64u << 20);
    yq_intake_limits limits = yq_intake_defaults();
    yq_reading reading;
    yq_findings findings;
    yq_buf people = { 0 }, orgs = { 0 }, roles = { 0 };
    bool ok = yq_intake_read(a, YQ_S("row.txt"), yq_cstr(r->text), &limits, &reading, NULL) == YQ_OK && yq_extract(a, &reading, &findings, NULL) == YQ_OK;
    if (CHECK(r->what, ok)) {
        describe(&findings, &people, &orgs, &roles);
        same(r->what, &people, r->people);
        same(r->what, &orgs, r->orgs);
        same(r->what, &roles, r->roles);
    }
    yq_buf_free(&people);
    yq_buf_free(&orgs);
    yq_buf_free(&roles);
    yq_arena_free(a);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check(&rows[i]);
    return check_done();
}
