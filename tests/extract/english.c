/* What is read out of English sentences: each row is a way of saying it, with invented names. */
#include "check.h"
#include "extract/extract.h"

#include <string.h>

typedef struct {
    yq_arena *arena;
    yq_reading reading;
    yq_findings found;
} result;

static result extract_text(const char *what, const char *text)
{
    result r = { .arena = yq_arena_new(64u << 20) };
    yq_err err = { 0 };
    yq_code rc = yq_intake_read(r.arena, YQ_S("a.txt"), yq_cstr(text), NULL, &r.reading, &err);
    if (!rc) rc = yq_extract(r.arena, &r.reading, &r.found, &err);
    if (!CHECK(what, rc == YQ_OK)) fprintf(stderr, "  %s\n", err.msg);
    return r;
}

static yq_str org(const result *r, int i)
{
    return i == YQ_NONE ? YQ_S("-") : r->found.orgs.v[i].name;
}

/* ---------------------------------------------------------------- one line a finding */

static void print_orgs(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.orgs.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.orgs.v[i].name));
}

static void print_people(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.people.n; i++) {
        const yq_found_person *p = &r->found.people.v[i];
        yq_buf_printf(b, "%.*s", YQ_FMT(p->name));
        for (size_t k = 0; k < p->roles.n; k++) yq_buf_printf(b, ";%.*s@%.*s", YQ_FMT(p->roles.v[k].position), YQ_FMT(org(r, p->roles.v[k].org)));
        for (size_t k = 0; k < p->honours.n; k++) yq_buf_printf(b, ";*%.*s", YQ_FMT(p->honours.v[k].text));
        yq_buf_byte(b, '|');
    }
}

static void print_talks(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.talks.n; i++)
        yq_buf_printf(b, "%.*s:%.*s|", YQ_FMT(r->found.people.v[r->found.talks.v[i].person].name), YQ_FMT(r->found.talks.v[i].title));
}

static void print_events(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.events.n; i++) {
        const yq_found_event *e = &r->found.events.v[i];
        yq_buf_printf(b, "%.*s;%s;%.*s", YQ_FMT(e->name), e->date, YQ_FMT(e->place));
        for (size_t k = 0; k < e->organizers.n; k++) yq_buf_printf(b, ";%s=%.*s", e->organizers.v[k].role, YQ_FMT(org(r, e->organizers.v[k].org)));
        yq_buf_byte(b, '|');
    }
}

static void print_deals(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.deals.n; i++) {
        const yq_found_deal *d = &r->found.deals.v[i];
        yq_buf_printf(b, "%s", d->kind);
        for (size_t k = 0; k < d->parties.n; k++) yq_buf_printf(b, "%c%.*s", k ? '+' : ':', YQ_FMT(org(r, d->parties.v[k])));
        for (size_t k = 0; k < d->people.n && !strcmp(d->kind, "appointment"); k++) yq_buf_printf(b, "/%.*s", YQ_FMT(r->found.people.v[d->people.v[k]].name));
        yq_buf_byte(b, '|');
    }
}

static void print_technologies(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.technologies.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.technologies.v[i].name));
}

static void print_needs(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.needs.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.needs.v[i].text));
}

static void print_figures(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.figures.n; i++) yq_buf_printf(b, "%g %.*s|", r->found.figures.v[i].value, YQ_FMT(r->found.figures.v[i].unit));
}

typedef void printer(const result *r, yq_buf *b);

/* A line in front, so that the sentence is not taken for the title of the document. */
#define PAGE "Notes of the spring term\n\nThis page was written for the ward and is read in the ward.\n\n"

static const struct { const char *what; printer *print; const char *text, *expected; } rows[] = {
    /* organisations */
    { "a legal form ends the name", print_orgs, PAGE "A licence went to Fjordsens Medical Ltd for WarmNest and to Ravn Optikk AS in Bergen.", "Fjordsens Medical Ltd|Ravn Optikk AS|" },
    { "patrons stay in the name", print_orgs, PAGE "The work was paid by the Lady Ishbel Carrick Trust.", "Lady Ishbel Carrick Trust|" },
    { "words of other languages stand first", print_orgs, PAGE "She trained at Hôpital Saint-Brieg, at Universiti Selat Utara and at Clinica Santa Lucia.", "Hôpital Saint-Brieg|Universiti Selat Utara|Clinica Santa Lucia|" },
    { "known by trade or post", print_orgs, PAGE "Leeds firm Dovemark sent it to Tallow Quay, a maker of valves, and Brackwater chief executive Ann Roe agreed.", "Dovemark|Tallow Quay|Brackwater|" },
    { "part of an organisation", print_orgs, PAGE "He wrote to the Wound Group of the Strait Society of Nursing.", "Strait Society of Nursing|" },
    { "fields are no companies", print_orgs, PAGE "Teaching covers Epidemiology & Informatics and Data Systems.", "" },
    /* people */
    { "double and accented names", print_people, PAGE "Ailsa Drummond-Reid said so to Sinéad Ní Bhriain (Carrick Hospital).", "Ailsa Drummond-Reid|Sinéad Ní Bhriain;@Carrick Hospital|" },
    { "a calling in front is no name", print_people, PAGE "Inventor Mele Fifita spoke after Group CEO Sanjay Mehta-Wright.", "Mele Fifita;Inventor@-|Sanjay Mehta-Wright;CEO@-|" },
    { "common words are no name", print_people, PAGE "Manual Handling, Adviser training and Wound Care are on Level 2.", "" },
    { "short names", print_people, PAGE "Dr Catriona Mac Lean, Director of Carrick Hospital, met Dr Zhan Ruolin. Dr Mac Lean became Dean of Halden University. Dr Zhan was appointed Head of Surgery at Carrick Hospital.",
      "Catriona Mac Lean;Director@Carrick Hospital;Dean@Halden University|Zhan Ruolin;Head of Surgery@Carrick Hospital|" },
    /* posts */
    { "verbs of office", print_people, PAGE "Prof. Ewa Kaczmarek has been elected President of the Halden Society of Nephrology.", "Ewa Kaczmarek;President@Halden Society of Nephrology|" },
    { "joins from a place where", print_people, PAGE "Ingeborg Ravnsborg joined Tarn Devices as Head of Quality from Ostmark Medtech, where she was Quality Manager.",
      "Ingeborg Ravnsborg;Head of Quality@Tarn Devices;Quality Manager@Ostmark Medtech|" },
    { "formerly, and now", print_people, PAGE "Dr Paolo Santacroce, formerly Medical Director of Clinica Santa Lucia, is now adjunct professor at Halden University.",
      "Paolo Santacroce;Medical Director@Clinica Santa Lucia;adjunct professor@Halden University|" },
    { "a pronoun means the subject", print_people, PAGE "Dr Femi Adeyinka-Holt succeeds Dr Ann Roe, who is retiring. Until 2024 he was Senior Physician at the Ruhr Heart Institute.",
      "Femi Adeyinka-Holt;Senior Physician@Ruhr Heart Institute|Ann Roe|" },
    { "owner and post in front", print_people, PAGE "Tarn Devices's chief technology officer, Rory Abernethy-Singh, agreed.", "Rory Abernethy-Singh;chief technology officer@Tarn Devices|" },
    { "the next person's calling", print_people, PAGE "It was built by Dr Ann Roe, Reader at Halden University, and occupational therapist Eilidh Fairweather.",
      "Ann Roe;Reader@Halden University|Eilidh Fairweather;occupational therapist@-|" },
    { "a label", print_people, PAGE "Principal investigator: Mr Desmond Achebe, Consultant Surgeon, Carrick Hospital.", "Desmond Achebe;Consultant Surgeon@Carrick Hospital;Principal investigator@Carrick Hospital|" },
    { "honours", print_people, PAGE "Dr Ann Roe has been elected a Fellow of the Royal Society of Northern Medicine.", "Ann Roe;*Fellow of the Royal Society of Northern Medicine|" },
    { "appointment told as a noun", print_people, PAGE "Halden University announced the appointment of Dr Wanjiru Kamau-Okello as Chief Innovation Officer.", "Wanjiru Kamau-Okello;Chief Innovation Officer@Halden University|" },
    { "strokes and dashes", print_people, PAGE "- Assoc. Prof. Mei-Ling Ooi | Universiti Selat Utara\n- Niamh Keohane: Nurse Lead, Cork Harbour Hospice", "Mei-Ling Ooi;@Universiti Selat Utara|Niamh Keohane;Nurse Lead@Cork Harbour Hospice|" },
    /* talks */
    { "about, and the second speaker", print_talks, PAGE "Dr Ann Roe talked about \"Priming Below Five Kilos\" and Dr Hanno Pfaffen about \"Why Discs Beat Bowls\".", "Ann Roe:Priming Below Five Kilos|Hanno Pfaffen:Why Discs Beat Bowls|" },
    { "the title first", print_talks, PAGE "\"Listening to Cartilage\" – Dr Femi Adeyinka-Holt, Carrick Hospital", "Femi Adeyinka-Holt:Listening to Cartilage|" },
    { "keynote and bracket", print_talks, PAGE "Keynote: Rosario Villalba, \"The Ward at Four in the Morning\". Also: Dr Olivier Castaing (Hôpital Saint-Brieg), \"Rules Across Four Zones\".",
      "Rosario Villalba:The Ward at Four in the Morning|Olivier Castaing:Rules Across Four Zones|" },
    { "without marks", print_talks, PAGE "Dr Ann Roe will speak on salt-resistant catheters.", "Ann Roe:salt-resistant catheters|" },
    { "what is said is no talk", print_talks, PAGE "\"We cannot wait any longer now,\" said Dr Ann Roe.", "" },
    /* events */
    { "a diary", print_events, PAGE "Dates\n\n- 2–3 July 2026 — Bedside Engineering Meeting, Wellington. Hosted by Halden University; supported by Tarn Devices Ltd.\n- 5 June 2026: Applications close",
      "Bedside Engineering Meeting;2026-07-02;Wellington;host=Halden University;supporter=Tarn Devices Ltd|" },
    { "a title in marks", print_events, PAGE "At a symposium after the ceremony, \"Every Drop Counts: Blood in Small Patients\", there was tea.", "Every Drop Counts: Blood in Small Patients;;|" },
    { "a day in a range", print_events, PAGE "The 12th Fjord Congress on Perfusion will take place in Bergen from 7 to 9 October 2026.", "12th Fjord Congress on Perfusion;2026-10-07;Bergen|" },
    { "in passing", print_events, PAGE "It was shown at the Baltic Biotech Expo in Tallinn on 2 March 2026.", "Baltic Biotech Expo;2026-03-02;Tallinn|" },
    /* deals */
    { "memorandum", print_deals, PAGE "Carrick Hospital and Halden University signed a memorandum of understanding on 4 May.", "cooperation:Carrick Hospital+Halden University|" },
    { "bystanders are no parties", print_deals, PAGE "Carrick Hospital, a teaching hospital of Halden University, has entered into an agreement with Tarn Devices Ltd.", "cooperation:Carrick Hospital+Tarn Devices Ltd|" },
    { "two gifts in a sentence", print_deals, PAGE "The Ardmore Trust has awarded Carrick Hospital £1.2 million, and Tarn Devices Ltd has raised £3m from Kelp Ventures.",
      "funding:Ardmore Trust+Carrick Hospital|funding:Tarn Devices Ltd+Kelp Ventures|" },
    { "intent of the two", print_deals, PAGE "Staff of Carrick Hospital met those of Lorne Hospital. The two hospitals exchanged letters of intent.", "letter_of_intent:Lorne Hospital+Carrick Hospital|" },
    { "a post is taken", print_deals, PAGE "Carrick Hospital has appointed Beatriz Olmedo as Chief Nurse. Tamsin Okoro becomes Visiting Professor at Halden University.",
      "appointment:Carrick Hospital/Beatriz Olmedo|appointment:Halden University/Tamsin Okoro|" },
    { "a post that was held is none", print_deals, PAGE "Dr Ann Roe was previously Director of Carrick Hospital.", "" },
    { "launch and call", print_deals, PAGE "Tarn Devices Ltd launched a monitor for newborns. Carrick Hospital invites applications from companies.", "launch:Tarn Devices Ltd|initiative:Carrick Hospital|" },
    { "plans are none", print_deals, PAGE "Carrick Hospital may sign an agreement with Halden University, and would not say more.", "" },
    /* technologies */
    { "brands", print_technologies, PAGE "Tarn Devices Ltd showed WarmNest, its MikroWash(TM) disc technology and a monitor called Dovetail.", "WarmNest|MikroWash(TM) disc technology|Dovetail|" },
    { "names of people and sites are none", print_technologies, PAGE "Odhran McIlwaine put it on LinkedIn, and the SeaSide trial goes on.", "" },
    { "an invention without a name", print_technologies, PAGE "Nurse Tuva Ekelund has invented a fold-flat drip stand.", "fold-flat drip stand|" },
    /* needs */
    { "said in marks, two sentences", print_needs, PAGE "“Half of our dressings fall off in the humidity. There must be a better glue,” says Mele Tupou.", "Half of our dressings fall off in the humidity. There must be a better glue|" },
    { "told", print_needs, PAGE "Island patients wait up to nine months to see a hand surgeon. There is no significant difference between arms.", "Island patients wait up to nine months to see a hand surgeon|" },
    /* figures */
    { "signs of money", print_figures, PAGE "It costs NZ$640 a unit; NZ$150,000, £2.5m and KES 310 million were paid.", "640 NZ$|150000 NZ$|2.5 million £|310 million KES|" },
    { "words and their head", print_figures, PAGE "They did 716 open-heart operations, waited eleven weeks, and treated 2.1 million patients and 24 children; 38 per cent came again.",
      "716 operations|11 weeks|2.1 million patients|24 children|38 %|" },
    { "years and small words are none", print_figures, PAGE "She left in 2003 and was ill.", "" },
};

static void check_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        result r = extract_text(rows[i].what, rows[i].text);
        yq_buf b = { 0 };
        rows[i].print(&r, &b);
        if (!CHECK(rows[i].what, yq_eq(yq_buf_str(&b), yq_cstr(rows[i].expected)))) fprintf(stderr, "  got %.*s\n", YQ_FMT(yq_buf_str(&b)));
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

/* Text that repeats what is looked back for is read in time. */
static void check_bounds(void)
{
    static const char *const pieces[] = { "he was director and ", "The two hospitals signed an agreement. ", "Dr Roe, Dr Poe and ", "\"No Title Here\", NameBrand, a device (TM) " };
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        yq_buf b = { 0 };
        for (int i = 0; i < 2500; i++) yq_buf_put(&b, yq_cstr(pieces[k]));
        result r = { .arena = yq_arena_new(400u << 20) };
        yq_err err = { 0 };
        int64_t begin = yq_monotonic_us();
        yq_code rc = yq_intake_read(r.arena, YQ_S("a.txt"), yq_buf_str(&b), NULL, &r.reading, &err);
        if (!rc) rc = yq_extract(r.arena, &r.reading, &r.found, &err);
        CHECK("a long line", rc == YQ_OK || rc == YQ_NOMEM);
        CHECK("in time", yq_monotonic_us() - begin < 30000000);
        yq_buf_free(&b);
        yq_arena_free(r.arena);
    }
}

int main(void)
{
    check_rows();
    check_bounds();
    return check_done();
}
