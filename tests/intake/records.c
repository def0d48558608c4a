/* Records of registers and libraries: what stands in their fields becomes prose and tables; what is no record stays what it was. All samples are made up. */
#include "check.h"
#include "outline.h"

#include <stdlib.h>

#define CT_HEAD "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\",\"briefTitle\":\"A Trial of Green Lanes\",\"orgStudyIdInfo\":{\"id\":\"GL-1\"}," \
                "\"secondaryIdInfos\":[{\"id\":\"X 2\"}]},\"statusModule\":{\"overallStatus\":\"NOT_YET_RECRUITING\",\"studyFirstPostDateStruct\":{\"date\":\"2024-05-06\"}},"
#define JATS_FRONT "<front><journal-meta><journal-title>J Test</journal-title></journal-meta><article-meta><article-id pub-id-type=\"pmid\">7</article-id>" \
                   "<article-id pub-id-type=\"doi\">10.1/x</article-id><title-group><article-title>Green <italic>lanes</italic></article-title></title-group>" \
                   "<contrib-group><contrib contrib-type=\"author\"><name><surname>Zhou</surname><given-names>Lan</given-names></name><xref ref-type=\"aff\" rid=\"a2\"><sup>2</sup></xref>" \
                   "<xref ref-type=\"aff\" rid=\"a1\"/></contrib><contrib contrib-type=\"author\"><name><surname>Lin</surname><given-names>Zhou</given-names></name>" \
                   "<xref ref-type=\"aff\" rid=\"nowhere\"/></contrib></contrib-group><aff id=\"a1\"><label>1</label>Cloud Hospital</aff><aff id=\"a2\">Sea University</aff>" \
                   "<pub-date pub-type=\"epub\"><day>3</day><month>2</month><year>2024</year></pub-date><abstract><p>Short.</p></abstract></article-meta></front>"

static const struct { const char *what, *name, *text, *blocks, *date; } records[] = {
    { "a trial of ClinicalTrials.gov", "x.json",
      CT_HEAD "\"sponsorCollaboratorsModule\":{\"leadSponsor\":{\"name\":\"Cloud Hospital\"},\"collaborators\":[]},\"designModule\":{\"phases\":[\"PHASE1\",\"PHASE2\"]},"
              "\"eligibilityModule\":{\"eligibilityCriteria\":\"Inclusion:\\n\\n* age \\\\>= 18\\n  and more\\n* x &lt; 5\"},"
              "\"contactsLocationsModule\":{\"overallOfficials\":[{\"name\":\"Zhou Lan\",\"affiliation\":\"Cloud Hospital\",\"role\":\"PRINCIPAL_INVESTIGATOR\"}],"
              "\"locations\":[{\"facility\":\"Cloud Hospital\",\"city\":\"Cloudtown\"},{\"facility\":\"Sea Hospital\"}]}},\"hasResults\":false}",
      "T:A Trial of Green Lanes|P:Trial number: NCT00000001|P:Other numbers: GL-1, X 2|P:Sponsor: Cloud Hospital|P:Status: Not yet recruiting|P:Phase: Phase 1, Phase 2|"
      "P:First posted: 2024-05-06|H:Investigators|B:h1 0,0=Name 0,1=Position 0,2=Affiliation 1,0=Zhou Lan 1,1=Principal investigator 1,2=Cloud Hospital|"
      "H:Eligibility|P:Inclusion:|I:* age >= 18 and more|I:* x < 5|H:Sites|B:h1 0,0=Institution 0,1=City 1,0=Cloud Hospital 1,1=Cloudtown 2,0=Sea Hospital|", "2024-05-06" },
    { "two of them as the API lists them", "x.json", "{\"studies\":[" CT_HEAD "\"x\":1}}," CT_HEAD "\"x\":1}}]}",
      "T:A Trial of Green Lanes|P:Trial number: NCT00000001|P:Other numbers: GL-1, X 2|P:Status: Not yet recruiting|P:First posted: 2024-05-06|"
      "H:A Trial of Green Lanes|P:Trial number: NCT00000001|P:Other numbers: GL-1, X 2|P:Status: Not yet recruiting|P:First posted: 2024-05-06|", "2024-05-06" },
    { "a classic record as XML, wrapped text", "x.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clinical_study>\n <id_info><nct_id>NCT1</nct_id></id_info>\n <brief_title>Green &amp; Lanes</brief_title>\n <phase>Phase 2</phase>\n"
      " <overall_official><last_name>Zhou Lan</last_name><role>Study Chair</role><affiliation>Cloud Hospital</affiliation></overall_official>\n"
      " <brief_summary><textblock>\n  One line\n  and more.\n </textblock></brief_summary>\n</clinical_study>",
      "T:Green & Lanes|P:Trial number: NCT1|P:Phase: Phase 2|H:Summary|P:One line and more.|H:Investigators|B:h1 0,0=Name 0,1=Position 0,2=Affiliation 1,0=Zhou Lan 1,1=Study Chair 1,2=Cloud Hospital|", "" },
    { "EudraCT", "x.json", "{\"a2_eudract_number\":\"2020-1\",\"a3_full_title_of_the_trial\":\"Lanes\",\"b1_sponsor\":[{\"b11_name_of_sponsor\":\"Cloud\",\"b134_country\":\"Belgium\"}]}",
      "T:Lanes|P:Trial number: 2020-1|H:Sponsors|B:h1 0,0=Organization 0,1=Country 1,0=Cloud 1,1=Belgium|", "" },
    { "CTIS", "x.json",
      "{\"ctNumber\":\"2024-1\",\"publishDate\":\"2025-09-16T03:39:42.5\",\"authorizedApplication\":{\"authorizedPartI\":{\"trialDetails\":{\"clinicalTrialIdentifiers\":{\"fullTitle\":\"Lanes\"}}},"
      "\"authorizedPartsII\":[{\"trialSites\":[{\"organisationAddressInfo\":{\"organisation\":{\"name\":\"Cloud Hospital\"}},\"personInfo\":{\"firstName\":\"Lan\",\"lastName\":\"Zhou\"}}]}]}}",
      "T:Lanes|P:Trial number: 2024-1|H:Sites|B:h1 0,0=Institution 0,1=Investigator's name 1,0=Cloud Hospital 1,1=Lan Zhou|", "2025-09-16" },
    { "ISRCTN as XML, contacts beside the trial", "x.xml",
      "<allTrials><fullTrial><trial><isrctn>5</isrctn><trialDescription><title>Lanes</title></trialDescription></trial>"
      "<contact><forename>Lan</forename><surname>Zhou</surname><contactTypes><contactType>Scientific</contactType></contactTypes></contact></fullTrial></allTrials>",
      "T:Lanes|P:Trial number: 5|H:Contacts|B:h1 0,0=Name 0,1=Position 1,0=Lan Zhou 1,1=Scientific|", "" },
    { "PubMed with a document type", "x.xml",
      "<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" \"https://x/y.dtd\"><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>9</PMID><Article>"
      "<Journal><JournalIssue><PubDate><Year>2018</Year><Month>05</Month><Day>17</Day></PubDate></JournalIssue><Title>J Test</Title></Journal><ArticleTitle>Lanes</ArticleTitle>"
      "<Abstract><AbstractText Label=\"AIM\">To see CO<sub>2</sub>.</AbstractText><AbstractText Label=\"END\">Seen.</AbstractText></Abstract>"
      "<AuthorList><Author><LastName>Zhou</LastName><ForeName>Lan</ForeName><AffiliationInfo><Affiliation>Cloud Hospital.</Affiliation></AffiliationInfo></Author>"
      "<Author><CollectiveName>Lane Group</CollectiveName></Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
      "T:Lanes|P:Journal: J Test|P:Published: 2018-05-17|P:PMID: 9|H:Authors|B:h1 0,0=Name 0,1=Affiliation 1,0=Lan Zhou 1,1=Cloud Hospital. 2,0=Lane Group|H:Abstract|P:AIM: To see CO2.|P:END: Seen.|", "2018-05-17" },
    { "an article of PMC, authors find their affiliations", "x.nxml",
      "<article>" JATS_FRONT "<body><sec><title>Results</title><p>They <bold>work</bold> [<xref>1</xref>].</p><table-wrap><p>no</p></table-wrap><sec><title>More</title><p>Yes.</p></sec></sec></body></article>",
      "T:Green lanes|P:Journal: J Test|P:Published: 2024-2-3|P:DOI: 10.1/x|P:PMID: 7|H:Authors|B:h1 0,0=Name 0,1=Affiliation 1,0=Lan Zhou 1,1=Sea University; Cloud Hospital 2,0=Zhou Lin|"
      "H:Affiliations|P:Cloud Hospital|P:Sea University|H:Abstract|P:Short.|H:Results|P:They work [1].|H:More|P:Yes.|", "2024-02-03" },
    { "a work of Crossref", "x.json",
      "{\"status\":\"ok\",\"message\":{\"DOI\":\"10.1/x\",\"publisher\":\"P\",\"title\":[\"Green <i>lanes</i>\"],\"issued\":{\"date-parts\":[[2024,2,3]]},"
      "\"author\":[{\"given\":\"Lan\",\"family\":\"Zhou\",\"affiliation\":[{\"name\":\"Cloud Hospital\"}]}],\"abstract\":\"<jats:p>We\\u2019re <jats:x y=\\\"z\\\"/>here.</jats:p>\"}}",
      "T:Green lanes|P:Publisher: P|P:Published: 2024-2-3|P:DOI: 10.1/x|H:Authors|B:h1 0,0=Name 0,1=Affiliation 1,0=Lan Zhou 1,1=Cloud Hospital|H:Abstract|P:We’re here.|", "2024-02-03" },
    { "JSON that is no record stays JSON", "x.json", "{\"title\":\"Lanes\",\"text\":\"NCT00000001\"}", "T:Lanes|P:NCT00000001|", "" },
};

static void check_records(void)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        result r = read_text(records[i].name, records[i].text);
        if (CHECK(records[i].what, r.code == YQ_OK)) {
            yq_str got = outline(&r);
            if (!CHECK(records[i].what, yq_eq(got, yq_cstr(records[i].blocks)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(got));
            if (!CHECK(records[i].what, strcmp(r.reading.date, records[i].date) == 0)) fprintf(stderr, "  %s\n", r.reading.date);
        } else fprintf(stderr, "  %s: %s\n", records[i].what, r.err.msg);
        yq_arena_free(r.arena);
    }
}

/* A word of the reading is found again in the file. */
static void check_places(void)
{
    static const struct { const char *what, *name, *text, *word; } rows[] = {
        { "JSON behind an escape", "x.json", "{\"message\":{\"DOI\":\"1\",\"publisher\":\"P\",\"title\":\"A \\u2014 B\",\"abstract\":\"We saw \\\"green\\\" lanes.\"}}", "lanes" },
        { "JSON in GB18030", "x.json", "{\"message\":{\"DOI\":\"1\",\"publisher\":\"\xD4\xC6\xC9\xCF\xD2\xBD\xD4\xBA\xB0\xEC\xC2\xDB\xCC\xB3\xA1\xA3\",\"title\":\"lanes\"}}", "lanes" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        result r = read_text(rows[i].name, rows[i].text);
        size_t at = r.code ? SIZE_MAX : yq_find(r.reading.clean, yq_cstr(rows[i].word), 0);
        if (CHECK(rows[i].what, at != SIZE_MAX)) CHECK(rows[i].what, yq_starts(yq_cstr(rows[i].text + yq_map_origin(&r.reading.map, at)), yq_cstr(rows[i].word)));
        yq_arena_free(r.arena);
    }
}

static const struct { const char *what, *text, *says; } refusals[] = {
    { "XML of no known kind", "<a><b>text</b></a>", "this kind of XML is not known" },
    { "no XML", "Text.", "damaged" },
    { "entities that double", "<!DOCTYPE a [<!ENTITY x \"aaaa\"><!ENTITY y \"&x;&x;\">]><article>&y;</article>", "entities of its own" },
    { "an entity that opens a file", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><article>&x;</article>", "entities of its own" },
    { "cut off", "<article>" "<front><journal-meta>", "damaged" },
};

static void check_refusals(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        result r = read_text("x.xml", refusals[i].text);
        CHECK(refusals[i].what, r.code == YQ_INVALID);
        if (!CHECK(refusals[i].what, strstr(r.err.msg, refusals[i].says) != NULL)) fprintf(stderr, "  said: %s\n", r.err.msg);
        yq_arena_free(r.arena);
    }
}

static void check_bounds(void)
{
    static const struct { const char *what, *name, *before, *again; size_t times; const char *behind; yq_code code; } rows[] = {
        { "deep XML", "x.xml", "", "<a>", 10000, "", YQ_INVALID },
        { "deep prose", "x.xml", "<article>" JATS_FRONT "<body>", "<sec>", 150, "", YQ_INVALID },
        { "many authors without their affiliation", "x.xml", "<article>" JATS_FRONT "<body>", "<xref ref-type=\"aff\" rid=\"a1\" id=\"a1\"/>", 100000, "<p>Text.</p></body></article>", YQ_OK },
        { "many phases", "x.json", CT_HEAD "\"designModule\":{\"phases\":[\"A\"", ",\"PHASE2\"", 200000, "]}}}", YQ_OK },
        { "many open tags in a text", "x.json", "{\"message\":{\"DOI\":\"1\",\"publisher\":\"P\",\"title\":\"A\",\"abstract\":\"", "<jats:", 300000, "\"}}", YQ_OK },
        { "too many elements", "x.xml", "<article>" JATS_FRONT, "<p/>", 1000001, "</article>", YQ_INVALID },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        yq_buf b = { 0 };
        yq_buf_put(&b, yq_cstr(rows[i].before));
        for (size_t k = 0; k < rows[i].times; k++) yq_buf_put(&b, yq_cstr(rows[i].again));
        yq_buf_put(&b, yq_cstr(rows[i].behind));
        int64_t begin = yq_monotonic_us();
        yq_arena *a = yq_arena_new(400u << 20);
        yq_reading reading;
        yq_err err = { 0 };
        yq_code code = yq_intake_read(a, yq_cstr(rows[i].name), yq_buf_str(&b), NULL, &reading, &err);
        if (!CHECK(rows[i].what, code == rows[i].code)) fprintf(stderr, "  %d: %s\n", code, err.msg);
        CHECK(rows[i].what, yq_monotonic_us() - begin < 9000000);
        yq_arena_free(a);
        yq_buf_free(&b);
    }
}

/* Cut off anywhere, in exactly as many bytes, each sample is read or refused. */
static void check_truncated(void)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        for (size_t n = 1; n < strlen(records[i].text); n += 7) {
            char *exact = malloc(n);
            memcpy(exact, records[i].text, n);
            result r = read_bytes(records[i].name, (yq_str){ exact, n });
            CHECK("cut", r.code == YQ_OK || (r.code == YQ_INVALID && r.err.msg[0]));
            yq_arena_free(r.arena);
            free(exact);
        }
}

int main(void)
{
    check_records();
    check_places();
    check_refusals();
    check_bounds();
    check_truncated();
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) read_mutations(records[i].what, records[i].name, yq_cstr(records[i].text), 200);
    return check_done();
}
