/* What is read out of English sentences: each row is a way of saying it, with invented names. */
#include "taken.h"

/* Without their holders, which the rows on posts and deals hold. */
static void print_things(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.technologies.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.technologies.v[i].name));
}

static void print_wants(const result *r, yq_buf *b)
{
    for (size_t i = 0; i < r->found.needs.n; i++) yq_buf_printf(b, "%.*s|", YQ_FMT(r->found.needs.v[i].text));
}

/* A line in front, so that the sentence is not taken for the title of the document. */
#define PAGE "Notes of the spring term\n\nThis page was written for the ward and is read in the ward.\n\n"

static const taken_row rows[] = {
    /* organisations */
    { "a legal form ends the name", print_orgs, "a.txt", PAGE "A licence went to Fjordsens Medical Ltd for WarmNest and to Ravn Optikk AS in Bergen.", "Fjordsens Medical Ltd|Ravn Optikk AS|" },
    { "patrons stay in the name", print_orgs, "a.txt", PAGE "The work was paid by the Lady Ishbel Carrick Trust.", "Lady Ishbel Carrick Trust|" },
    { "words of other languages stand first", print_orgs, "a.txt", PAGE "She trained at Hôpital Saint-Brieg, at Universiti Selat Utara and at Clinica Santa Lucia.", "Hôpital Saint-Brieg|Universiti Selat Utara|Clinica Santa Lucia|" },
    { "known by trade or post", print_orgs, "a.txt", PAGE "Leeds firm Dovemark sent it to Tallow Quay, a maker of valves, and Brackwater chief executive Ann Roe agreed.", "Dovemark|Tallow Quay|Brackwater|" },
    { "part of an organisation", print_orgs, "a.txt", PAGE "He wrote to the Wound Group of the Strait Society of Nursing.", "Strait Society of Nursing|" },
    { "fields are no companies", print_orgs, "a.txt", PAGE "Teaching covers Epidemiology & Informatics and Data Systems.", "" },
    /* people */
    { "double and accented names", print_people, "a.txt", PAGE "Ailsa Drummond-Reid said so to Sinéad Ní Bhriain (Carrick Hospital).", "Ailsa Drummond-Reid|Sinéad Ní Bhriain;@Carrick Hospital|" },
    { "a calling in front is no name", print_people, "a.txt", PAGE "Inventor Mele Fifita spoke after Group CEO Sanjay Mehta-Wright.", "Mele Fifita;Inventor@-|Sanjay Mehta-Wright;CEO@-|" },
    { "common words are no name", print_people, "a.txt", PAGE "Manual Handling, Adviser training and Wound Care are on Level 2.", "" },
    { "short names", print_people, "a.txt", PAGE "Dr Catriona Mac Lean, Director of Carrick Hospital, met Dr Zhan Ruolin. Dr Mac Lean became Dean of Halden University. Dr Zhan was appointed Head of Surgery at Carrick Hospital.",
      "Catriona Mac Lean;Director@Carrick Hospital;Dean@Halden University|Zhan Ruolin;Head of Surgery@Carrick Hospital|" },
    /* posts */
    { "verbs of office", print_people, "a.txt", PAGE "Prof. Ewa Kaczmarek has been elected President of the Halden Society of Nephrology.", "Ewa Kaczmarek;President@Halden Society of Nephrology|" },
    { "joins from a place where", print_people, "a.txt", PAGE "Ingeborg Ravnsborg joined Tarn Devices as Head of Quality from Ostmark Medtech, where she was Quality Manager.",
      "Ingeborg Ravnsborg;Head of Quality@Tarn Devices;Quality Manager@Ostmark Medtech|" },
    { "formerly, and now", print_people, "a.txt", PAGE "Dr Paolo Santacroce, formerly Medical Director of Clinica Santa Lucia, is now adjunct professor at Halden University.",
      "Paolo Santacroce;Medical Director@Clinica Santa Lucia;adjunct professor@Halden University|" },
    { "a pronoun means the subject", print_people, "a.txt", PAGE "Dr Femi Adeyinka-Holt succeeds Dr Ann Roe, who is retiring. Until 2024 he was Senior Physician at the Ruhr Heart Institute.",
      "Femi Adeyinka-Holt;Senior Physician@Ruhr Heart Institute|Ann Roe|" },
    { "owner and post in front", print_people, "a.txt", PAGE "Tarn Devices's chief technology officer, Rory Abernethy-Singh, agreed.", "Rory Abernethy-Singh;chief technology officer@Tarn Devices|" },
    { "the next person's calling", print_people, "a.txt", PAGE "It was built by Dr Ann Roe, Reader at Halden University, and occupational therapist Eilidh Fairweather.",
      "Ann Roe;Reader@Halden University|Eilidh Fairweather;occupational therapist@-|" },
    { "a label", print_people, "a.txt", PAGE "Principal investigator: Mr Desmond Achebe, Consultant Surgeon, Carrick Hospital.", "Desmond Achebe;Consultant Surgeon@Carrick Hospital;Principal investigator@Carrick Hospital|" },
    { "honours", print_people, "a.txt", PAGE "Dr Ann Roe has been elected a Fellow of the Royal Society of Northern Medicine.", "Ann Roe;*Fellow of the Royal Society of Northern Medicine|" },
    { "appointment told as a noun", print_people, "a.txt", PAGE "Halden University announced the appointment of Dr Wanjiru Kamau-Okello as Chief Innovation Officer.", "Wanjiru Kamau-Okello;Chief Innovation Officer@Halden University|" },
    { "strokes and dashes", print_people, "a.txt", PAGE "- Assoc. Prof. Mei-Ling Ooi | Universiti Selat Utara\n- Niamh Keohane: Nurse Lead, Cork Harbour Hospice", "Mei-Ling Ooi;@Universiti Selat Utara|Niamh Keohane;Nurse Lead@Cork Harbour Hospice|" },
    /* talks */
    { "about, and the second speaker", print_talks, "a.txt", PAGE "Dr Ann Roe talked about \"Priming Below Five Kilos\" and Dr Hanno Pfaffen about \"Why Discs Beat Bowls\".", "Ann Roe:Priming Below Five Kilos|Hanno Pfaffen:Why Discs Beat Bowls|" },
    { "the title first", print_talks, "a.txt", PAGE "\"Listening to Cartilage\" – Dr Femi Adeyinka-Holt, Carrick Hospital", "Femi Adeyinka-Holt:Listening to Cartilage|" },
    { "keynote and bracket", print_talks, "a.txt", PAGE "Keynote: Rosario Villalba, \"The Ward at Four in the Morning\". Also: Dr Olivier Castaing (Hôpital Saint-Brieg), \"Rules Across Four Zones\".",
      "Rosario Villalba:The Ward at Four in the Morning|Olivier Castaing:Rules Across Four Zones|" },
    { "without marks", print_talks, "a.txt", PAGE "Dr Ann Roe will speak on salt-resistant catheters.", "Ann Roe:salt-resistant catheters|" },
    { "what is said is no talk", print_talks, "a.txt", PAGE "\"We cannot wait any longer now,\" said Dr Ann Roe.", "" },
    /* events */
    { "a diary", print_events, "a.txt", PAGE "Dates\n\n- 2–3 July 2026 — Bedside Engineering Meeting, Wellington. Hosted by Halden University; supported by Tarn Devices Ltd.\n- 5 June 2026: Applications close",
      "Bedside Engineering Meeting;2026-07-02;Wellington;;host=Halden University;supporter=Tarn Devices Ltd|" },
    { "a title in marks", print_events, "a.txt", PAGE "At a symposium after the ceremony, \"Every Drop Counts: Blood in Small Patients\", there was tea.", "Every Drop Counts: Blood in Small Patients;;;|" },
    { "a day in a range", print_events, "a.txt", PAGE "The 12th Fjord Congress on Perfusion will take place in Bergen from 7 to 9 October 2026.", "12th Fjord Congress on Perfusion;2026-10-07;Bergen;|" },
    { "in passing", print_events, "a.txt", PAGE "It was shown at the Baltic Biotech Expo in Tallinn on 2 March 2026.", "Baltic Biotech Expo;2026-03-02;Tallinn;|" },
    /* deals */
    { "memorandum", print_deals, "a.txt", PAGE "Carrick Hospital and Halden University signed a memorandum of understanding on 4 May.", "cooperation:Carrick Hospital+Halden University|" },
    { "bystanders are no parties", print_deals, "a.txt", PAGE "Carrick Hospital, a teaching hospital of Halden University, has entered into an agreement with Tarn Devices Ltd.", "cooperation:Carrick Hospital+Tarn Devices Ltd|" },
    { "two gifts in a sentence", print_deals, "a.txt", PAGE "The Ardmore Trust has awarded Carrick Hospital £1.2 million, and Tarn Devices Ltd has raised £3m from Kelp Ventures.",
      "funding:Ardmore Trust+Carrick Hospital|funding:Tarn Devices Ltd+Kelp Ventures|" },
    { "intent of the two", print_deals, "a.txt", PAGE "Staff of Carrick Hospital met those of Lorne Hospital. The two hospitals exchanged letters of intent.", "letter_of_intent:Lorne Hospital+Carrick Hospital|" },
    { "a post is taken", print_deals, "a.txt", PAGE "Carrick Hospital has appointed Beatriz Olmedo as Chief Nurse. Tamsin Okoro becomes Visiting Professor at Halden University.",
      "appointment:Carrick Hospital/Beatriz Olmedo|appointment:Halden University/Tamsin Okoro|" },
    { "a post that was held is none", print_deals, "a.txt", PAGE "Dr Ann Roe was previously Director of Carrick Hospital.", "" },
    { "launch and call", print_deals, "a.txt", PAGE "Tarn Devices Ltd launched a monitor for newborns. Carrick Hospital invites applications from companies.", "launch:Tarn Devices Ltd|initiative:Carrick Hospital|" },
    { "plans are none", print_deals, "a.txt", PAGE "Carrick Hospital may sign an agreement with Halden University, and would not say more.", "" },
    /* technologies */
    { "brands", print_things, "a.txt", PAGE "Tarn Devices Ltd showed WarmNest, its MikroWash(TM) disc technology and a monitor called Dovetail.", "WarmNest|MikroWash(TM) disc technology|Dovetail|" },
    { "names of people and sites are none", print_things, "a.txt", PAGE "Odhran McIlwaine put it on LinkedIn, and the SeaSide trial goes on.", "" },
    { "an invention without a name", print_things, "a.txt", PAGE "Nurse Tuva Ekelund has invented a fold-flat drip stand.", "fold-flat drip stand|" },
    /* needs */
    { "said in marks, two sentences", print_wants, "a.txt", PAGE "“Half of our dressings fall off in the humidity. There must be a better glue,” says Mele Tupou.", "Half of our dressings fall off in the humidity. There must be a better glue|" },
    { "told", print_wants, "a.txt", PAGE "Island patients wait up to nine months to see a hand surgeon. There is no significant difference between arms.", "Island patients wait up to nine months to see a hand surgeon|" },
    /* figures */
    { "signs of money", print_figures, "a.txt", PAGE "It costs NZ$640 a unit; NZ$150,000, £2.5m and KES 310 million were paid.", "640 NZ$|150000 NZ$|2.5 million £|310 million KES|" },
    { "words and their head", print_figures, "a.txt", PAGE "They did 716 open-heart operations, waited eleven weeks, and treated 2.1 million patients and 24 children; 38 per cent came again.",
      "716 operations|11 weeks|2.1 million patients|24 children|38 %|" },
    { "years and small words are none", print_figures, "a.txt", PAGE "She left in 2003 and was ill.", "" },
};

int main(void)
{
    static const char *const pieces[] = { "he was director and ", "The two hospitals signed an agreement. ", "Dr Roe, Dr Poe and ", "\"No Title Here\", NameBrand, a device (TM) " };
    check_taken(rows, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) check_long(pieces[i], 2500, 30);
    return check_done();
}
