/* How names of a list look beside written affiliations: each feature where it is there, and where it must not be. */
#include "resolve/link_best.h"

#include "check.h"

static const char list[] = "id,name,city,country\n"
                           "iu,Indiana University,Bloomington,US\nius,Indiana University School of Medicine,Indianapolis,US\n"
                           "iuh,Indiana University Hospital,Indianapolis,US\niuc,Indiana University Cancer Research,Indianapolis,US\n"
                           "yku,York University,Toronto,CA\nuyk,University of York,York,GB\n"
                           "bjt,Beijing Jiaotong University,Beijing,CN\nbfl,Beijing Flour,Beijing,CN\npgi,Post Graduate Institute,Chandigarh,IN\n"
                           "umd,University of Maryland,College Park,US\numb,\"University of Maryland, Baltimore\",Baltimore,US\n"
                           "fra,Goethe University,Frankfurt am Main,DE\nulm,Ulm University,Ulm,DE\n"
                           "mit,MIT,Cambridge,US\nmit,Massachusetts Institute of Technology,Cambridge,US\nmel,MIT,Melbourne,AU\n"
                           "mll,MIT Lincoln Laboratory,Lexington,US\n"
                           "nus,Northeastern University,Boston,US\nncn,Northeastern University,Shenyang,CN\n"
                           "ibm,IBM (Germany),Boeblingen,DE\ncol,Columbia University,New York,US\ncub,Columbia University (Quito),Quito,EC\n"
                           "skl,State Key Laboratory of Silicon Materials,Hangzhou,CN\nzju,Zhejiang University,Hangzhou,CN\n"
                           "shh,Sir Run Run Shaw Hospital,Hangzhou,CN\nasm,Academy of Silicon Makers,Hangzhou,CN\n"
                           "cbg,Cambridge Biology,Oxford,GB\nnsf,Silicon Society,Reno,US\nsys,Maryland System,Adelphi,US\n"
                           "lib,Silicon Library,Reno,US\nmin,Ministry of Silicon,Reno,US\ninc,Silicon Inc,Reno,US\ncoe,Reno College,Reno,US\n"
                           "cen,Silicon Center,Reno,US\ndep,Silicon Department,Reno,US\n"
                           "jl,吉林大学,Changchun,CN\njl2,Second Hospital of Jilin,Changchun,CN\n";

typedef struct {
    const char *what, *text, *id;
    int feature;
    bool there;
} row;

static const row rows[] = {
    { "a row of words", "Dept of Physics, York University", "yku", LOOK_RUN, true },
    { "the same words in another order are none", "Dept of Physics, York University", "uyk", LOOK_RUN, false },
    { "they are inverted", "Dept of Physics, York University", "uyk", LOOK_INVERTED, true },
    { "beside an abbreviation that says less", "York Univ., Toronto", "uyk", LOOK_INVERTED_SHORT, true },
    { "and not twice", "York Univ., Toronto", "uyk", LOOK_INVERTED, false },
    { "letter for letter", "Ulm University", "ulm", LOOK_VERBATIM, true },
    { "an abbreviation is not", "Ulm Univ.", "ulm", LOOK_VERBATIM, false },
    { "the whole text", "Ulm University", "ulm", LOOK_WHOLE_TEXT, true },
    { "a part is not the whole text", "Physics, Ulm University", "ulm", LOOK_WHOLE_TEXT, false },
    { "the part names nothing else", "Physics, Ulm University", "ulm", LOOK_WHOLE_PART, true },
    { "the part names more", "Central Ulm University", "ulm", LOOK_WHOLE_PART, false },
    { "what else it names", "Central Ulm University", "ulm", LOOK_BEYOND, true },
    { "a department is less", "Ulm University Department of Physics", "ulm", LOOK_BEYOND_UNIT, true },
    { "and not both", "Ulm University Department of Physics", "ulm", LOOK_BEYOND, false },
    { "its city is nothing else", "Goethe University Frankfurt am Main", "fra", LOOK_BEYOND, false },
    { "over a comma", "University of Maryland, Baltimore", "umb", LOOK_RUN_ACROSS, true },
    { "not without the comma", "University of Maryland Baltimore", "umb", LOOK_RUN_ACROSS, false },
    { "bits elsewhere that are a place", "University of Maryland, Baltimore", "umb", LOOK_ELSEWHERE_PLACE, true },
    { "bits elsewhere that are none", "Silicon Materials, State Key Laboratory", "skl", LOOK_ELSEWHERE, true },
    { "written apart", "Beijing Jiao tong University", "bjt", LOOK_RUN, true },
    { "written together", "Postgraduate Institute", "pgi", LOOK_RUN, true },
    { "a blank is missing", "Universityof York", "uyk", LOOK_RUN, true },
    { "in another spelling", "Beijing Jiaotonk University", "bjt", LOOK_FUZZY, true },
    { "in its own", "Beijing Jiaotong University", "bjt", LOOK_FUZZY, false },
    { "a missing word", "Jiaotong University", "bjt", LOOK_MISSING, true },
    { "none is missing", "Beijing Jiaotong University", "bjt", LOOK_MISSING_ANY, false },
    { "the rarest is missing", "Beijing University", "bjt", LOOK_RAREST_MISSING, true },
    { "another is missing", "Jiaotong University", "bjt", LOOK_RAREST_MISSING, false },
    { "its own words are a place", "Biology, Cambridge", "cbg", LOOK_ONLY_PLACE, false },
    { "only as a place", "Department of Physics, York", "yku", LOOK_ONLY_PLACE, true },
    { "what it has in brackets", "IBM Research", "ibm", LOOK_BRACKET_LACKING, true },
    { "the text has it, too", "IBM Germany", "ibm", LOOK_BRACKET_LACKING, false },
    { "a name that goes on only in brackets goes on from nothing", "Columbia University, New York", "cub", LOOK_WITHIN_OTHER, false },
    { "the city beside it", "Goethe University, Frankfurt am Main", "fra", LOOK_CITY_OF_SURE, true },
    { "the beginning of the city", "Goethe University, Frankfurt", "fra", LOOK_CITY_OTHER_OF_SURE, false },
    { "the city that the name has", "Ulm University, Ulm", "ulm", LOOK_CITY_IN_SURE, true },
    { "another city", "Goethe University, Shenyang", "fra", LOOK_CITY_OTHER_OF_SURE, true },
    { "another city, and a name of two", "Northeastern University, Shenyang", "nus", LOOK_CITY_OTHER, true },
    { "its city, and a name of two", "Northeastern University, Boston", "nus", LOOK_CITY, true },
    { "a child's city", "Indiana University, Indianapolis", "iu", LOOK_CITY_CHILD_OF_SURE, true },
    { "which is no other city", "Indiana University, Indianapolis", "iu", LOOK_CITY_OTHER_OF_SURE, false },
    { "the country", "York University, Canada", "yku", LOOK_COUNTRY_OF_SURE, true },
    { "another country", "York University, Canada", "uyk", LOOK_COUNTRY_OTHER, true },
    { "the country of a state", "Northeastern University, Reno, NV 89501", "ncn", LOOK_COUNTRY_OTHER, true },
    { "the country of a city", "Northeastern University, Shenyang", "ncn", LOOK_COUNTRY, true },
    { "a country inside a name is none where one stands alone", "South China Ulm University, Germany", "ulm", LOOK_COUNTRY_OTHER_OF_SURE, false },
    { "the last part", "Goethe University, Ulm University", "ulm", LOOK_LATER, true },
    { "places are no parts", "Ulm University, Ulm, Germany", "ulm", LOOK_LATER, false },
    { "a name of two things", "Northeastern University", "nus", LOOK_TWINS, true },
    { "a name of one", "Ulm University", "ulm", LOOK_TWINS, false },
    { "two names", "Massachusetts Institute of Technology", "mit", LOOK_FORMS, true },
    { "names that go on from it", "Physics, Indiana University", "iu", LOOK_CHILDREN, true },
    { "of the twin in the same country", "Physics, MIT", "mit", LOOK_CHILDREN_OF_TWIN, true },
    { "not of the other", "Physics, MIT", "mel", LOOK_CHILDREN_OF_TWIN, false },
    { "three letters", "Physics, MIT", "mel", LOOK_ACRONYM_3, true },
    { "alone in its part", "Physics, MIT", "mel", LOOK_ACRONYM_ALONE, true },
    { "not alone", "MIT Physics", "mel", LOOK_ACRONYM_ALONE, false },
    { "not in small letters", "Physics, mit", "mel", LOOK_HAVE, false },
    { "the name and its acronym", "Massachusetts Institute of Technology (MIT)", "mit", LOOK_BOTH_NAMES, true },
    { "a university, when the text says so", "Columbia University", "col", LOOK_UNIVERSITY, true },
    { "Boston alone is no Boston University", "Columbia", "col", LOOK_UNIVERSITY, false },
    { "the kind that the text lacks", "Columbia", "col", LOOK_KIND_LACKING, true },
    { "a department instead of the kind", "Columbia Law School", "col", LOOK_KIND_ONLY_LACKING, true },
    { "a college", "Reno College", "coe", LOOK_COLLEGE, true },
    { "an academy", "Academy of Silicon Makers", "asm", LOOK_ACADEMY, true },
    { "an institute", "Post Graduate Institute", "pgi", LOOK_INSTITUTE, true },
    { "a hospital", "Sir Run Run Shaw Hospital", "shh", LOOK_HOSPITAL, true },
    { "a centre", "Silicon Center", "cen", LOOK_CENTRE, true },
    { "a laboratory", "State Key Laboratory of Silicon Materials", "skl", LOOK_LABORATORY, true },
    { "a department", "Silicon Dept.", "dep", LOOK_UNIT, true },
    { "a society", "Silicon Society", "nsf", LOOK_SOCIETY, true },
    { "a ministry", "Ministry of Silicon", "min", LOOK_GOVERNMENT, true },
    { "a company", "Silicon Inc", "inc", LOOK_COMPANY, true },
    { "a library", "Silicon Library", "lib", LOOK_COLLECTION, true },
    { "a system", "Maryland System", "sys", LOOK_SYSTEM, true },
    { "a school goes on from its university", "Indiana University School of Medicine", "ius", LOOK_WITHIN_UNIT, true },
    { "a hospital does", "Indiana University Hospital", "iuh", LOOK_WITHIN_HOSPITAL, true },
    { "anything else does", "Indiana University Cancer Research", "iuc", LOOK_WITHIN_OTHER, true },
    { "the university of the longer name", "Indiana University School of Medicine, Indianapolis", "iu", LOOK_UNIVERSITY_OF_LONGER, true },
    { "of the hospital", "Indiana University Hospital", "iu", LOOK_HOSPITAL_OF_LONGER, true },
    { "no parent, but covered", "University of Maryland Baltimore", "sys", LOOK_PART_OF_LONGER, true },
    { "a laboratory beside its university", "State Key Laboratory of Silicon Materials, Zhejiang University", "skl", LOOK_BESIDE_UNIVERSITY_LAB, true },
    { "a hospital beside its university", "Sir Run Run Shaw Hospital, Zhejiang University", "shh", LOOK_BESIDE_UNIVERSITY_HOSPITAL, true },
    { "another beside its university", "Academy of Silicon Makers, Zhejiang University", "asm", LOOK_BESIDE_UNIVERSITY, true },
    { "beside one of another city", "Academy of Silicon Makers, Ulm University", "asm", LOOK_BESIDE_OTHER, true },
    { "behind another of its kind", "Zhejiang University, Ulm University", "ulm", LOOK_AFTER_SAME_KIND, true },
    { "not before", "Ulm University, Zhejiang University", "ulm", LOOK_AFTER_SAME_KIND, false },
    { "behind one of another kind", "Sir Run Run Shaw Hospital, Ulm University", "ulm", LOOK_AFTER_OTHER, true },
    { "Han beside Han", "吉林大学第二医院", "jl", LOOK_BEYOND, true },
};

/* The best-looking name of the thing: the one with most of its words there. */
static const look *find_look(const link_list *l, const link_candidate_form *c, size_t n, yq_str id)
{
    const look *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (yq_eq(l->id.v[l->form[c[i].form].thing], id) && (!best || c[i].look.cover > best->cover)) best = &c[i].look;
    return best;
}

static void test_features(link_list *l)
{
    static link_candidate_form room[LOOK_CLOSER];
    static const look nothing;
    link_ask q;
    link_ask_make(&q, l);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        link_ask_read(&q, yq_cstr(rows[i].text));
        size_t n = link_likely(&q, room);
        const look *o = find_look(l, room, n, yq_cstr(rows[i].id));
        CHECK(rows[i].what, o || !rows[i].there);
        CHECK(rows[i].what, ((o ? o : &nothing)->x[rows[i].feature] != 0) == rows[i].there);
        link_ask_forget(&q);
    }
}

/* Words weigh the same in a short list as in a long one, so that what was learnt holds. */
static void test_scale(const link_list *l)
{
    float most = 0;
    for (size_t w = 0; w < l->text.n; w++)
        if (l->weight[w] > most) most = l->weight[w];
    CHECK("a word that stands once", most > 12 && most < 18);
    CHECK("a word that stands often", l->weight[link_find(&l->words, YQ_S("university"))] < most / 2);
}

int main(void)
{
    yq_arena *a = yq_arena_new((size_t)64 << 20);
    yq_link_table known;
    link_list l = { .arena = a };
    char *bytes = yq_dupz(a, yq_cstr(list));
    CHECK("the list", yq_link_csv(a, bytes, strlen(bytes), &known, NULL) == YQ_OK);
    link_list_read(&l, &known);
    test_scale(&l);
    test_features(&l);
    yq_arena_free(a);
    return check_done();
}
