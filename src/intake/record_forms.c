/* What is known of public registers and libraries: where in their records stands what. A new source is a new table. */
#include "intake/record.h"

/* ---------------------------------------------------------------- ClinicalTrials.gov, API version 2 (JSON) */

#define CT "protocolSection/"

static const yq_field_column ctgov_officials[] = { { "Name", "name" }, { "Position", "~role" }, { "Affiliation", "affiliation" }, { 0 } };
static const yq_field_column ctgov_contacts[] = { { "Name", "name" }, { "Phone", "phone" }, { "Email", "email" }, { 0 } };
static const yq_field_column ctgov_sites[] = { { "Institution", "facility" }, { "City", "city" }, { "Country", "country" }, { "Status", "~status" }, { "Contact", "contacts/name" }, { 0 } };
static const yq_field_column ctgov_interventions[] = { { "Type", "~type" }, { "Intervention", "name" }, { "Details", "description" }, { 0 } };
static const yq_field_column ctgov_outcomes[] = { { "Outcome", "measure" }, { "Measured", "timeFrame" }, { "Details", "description" }, { 0 } };

static const yq_field ctgov[] = {
    { YQ_FIELD_TITLE, "", CT "identificationModule/briefTitle|" CT "identificationModule/officialTitle", NULL },
    { YQ_FIELD_DATE, "", "#" CT "statusModule/studyFirstPostDateStruct/date", NULL },
    { YQ_FIELD_LINE, "Official title", CT "identificationModule/officialTitle", NULL },
    { YQ_FIELD_LINE, "Trial number", CT "identificationModule/nctId", NULL },
    { YQ_FIELD_LINE, "Other numbers", CT "identificationModule/orgStudyIdInfo/id+" CT "identificationModule/secondaryIdInfos/id", NULL },
    { YQ_FIELD_LINE, "Sponsor", CT "sponsorCollaboratorsModule/leadSponsor/name", NULL },
    { YQ_FIELD_LINE, "Collaborators", CT "sponsorCollaboratorsModule/collaborators/name", NULL },
    { YQ_FIELD_LINE, "Status", "~" CT "statusModule/overallStatus", NULL },
    { YQ_FIELD_LINE, "Phase", "~" CT "designModule/phases", NULL },
    { YQ_FIELD_LINE, "Study type", "~" CT "designModule/studyType", NULL },
    { YQ_FIELD_LINE, "Enrollment", CT "designModule/enrollmentInfo/count", NULL },
    { YQ_FIELD_LINE, "Start", "#" CT "statusModule/startDateStruct/date", NULL },
    { YQ_FIELD_LINE, "Completion", "#" CT "statusModule/completionDateStruct/date", NULL },
    { YQ_FIELD_LINE, "First posted", "#" CT "statusModule/studyFirstPostDateStruct/date", NULL },
    { YQ_FIELD_LINE, "Conditions", CT "conditionsModule/conditions", NULL },
    { YQ_FIELD_LINE, "Keywords", CT "conditionsModule/keywords", NULL },
    { YQ_FIELD_TEXT, "Summary", CT "descriptionModule/briefSummary", NULL },
    { YQ_FIELD_TABLE, "Investigators", CT "contactsLocationsModule/overallOfficials", ctgov_officials },
    { YQ_FIELD_TABLE, "Contacts", CT "contactsLocationsModule/centralContacts", ctgov_contacts },
    { YQ_FIELD_TABLE, "Interventions", CT "armsInterventionsModule/interventions", ctgov_interventions },
    { YQ_FIELD_TABLE, "Primary outcomes", CT "outcomesModule/primaryOutcomes", ctgov_outcomes },
    { YQ_FIELD_TABLE, "Secondary outcomes", CT "outcomesModule/secondaryOutcomes", ctgov_outcomes },
    { YQ_FIELD_TEXT, "Eligibility", CT "eligibilityModule/eligibilityCriteria", NULL },
    { YQ_FIELD_TABLE, "Sites", CT "contactsLocationsModule/locations", ctgov_sites },
    { YQ_FIELD_TEXT, "Detailed description", CT "descriptionModule/detailedDescription", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- ClinicalTrials.gov before 2024 (XML, and the same as JSON) */

static const yq_field_column classic_officials[] = { { "Name", "first_name+middle_name+last_name|last_name" }, { "Position", "role" }, { "Affiliation", "affiliation" }, { 0 } };
static const yq_field_column classic_sites[] = { { "Institution", "facility/name" }, { "City", "facility/address/city" }, { "Country", "facility/address/country" },
                                                 { "Status", "status" }, { "Investigator's name", "investigator/last_name" }, { 0 } };
static const yq_field_column classic_interventions[] = { { "Type", "intervention_type" }, { "Intervention", "intervention_name" }, { "Details", "description" }, { 0 } };
static const yq_field_column classic_outcomes[] = { { "Outcome", "measure" }, { "Measured", "time_frame" }, { "Details", "description" }, { 0 } };

static const yq_field ctgov_classic[] = {
    { YQ_FIELD_TITLE, "", "brief_title|official_title", NULL },
    { YQ_FIELD_DATE, "", "study_first_posted", NULL },
    { YQ_FIELD_LINE, "Official title", "official_title", NULL },
    { YQ_FIELD_LINE, "Trial number", "id_info/nct_id", NULL },
    { YQ_FIELD_LINE, "Other numbers", "id_info/org_study_id+id_info/secondary_id", NULL },
    { YQ_FIELD_LINE, "Sponsor", "sponsors/lead_sponsor/agency", NULL },
    { YQ_FIELD_LINE, "Collaborators", "sponsors/collaborator/agency", NULL },
    { YQ_FIELD_LINE, "Status", "overall_status", NULL },
    { YQ_FIELD_LINE, "Phase", "phase", NULL },
    { YQ_FIELD_LINE, "Study type", "study_type", NULL },
    { YQ_FIELD_LINE, "Enrollment", "enrollment", NULL },
    { YQ_FIELD_LINE, "Start", "start_date", NULL },
    { YQ_FIELD_LINE, "Completion", "completion_date", NULL },
    { YQ_FIELD_LINE, "First posted", "study_first_posted", NULL },
    { YQ_FIELD_LINE, "Conditions", "condition", NULL },
    { YQ_FIELD_LINE, "Keywords", "keyword", NULL },
    { YQ_FIELD_TEXT, "Summary", "brief_summary/textblock", NULL },
    { YQ_FIELD_TABLE, "Investigators", "overall_official", classic_officials },
    { YQ_FIELD_TABLE, "Interventions", "intervention", classic_interventions },
    { YQ_FIELD_TABLE, "Primary outcomes", "primary_outcome", classic_outcomes },
    { YQ_FIELD_TABLE, "Secondary outcomes", "secondary_outcome", classic_outcomes },
    { YQ_FIELD_TEXT, "Eligibility", "eligibility/criteria/textblock", NULL },
    { YQ_FIELD_TABLE, "Sites", "location", classic_sites },
    { YQ_FIELD_TEXT, "Detailed description", "detailed_description/textblock", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- EU Clinical Trials Register (EudraCT) */

static const yq_field_column euctr_sponsors[] = {
    { "Organization", "b11_name_of_sponsor" }, { "Country", "b134_country" }, { "Supported by", "b4_sources_of_monetary_or_material_support/b41_name_of_organisation_providing_support" },
    { "Contact organization", "b51_name_of_organisation" }, { "Contact", "b52_functional_name_of_contact_point" }, { "City", "b532_town_city" }, { "Email", "b56_email" }, { 0 },
};
static const yq_field_column euctr_products[] = { { "Product", "d2111_trade_name|d31_product_name" }, { "Code", "d32_product_code_where_applicable" },
                                                  { "Authorisation holder", "d2112_name_of_the_marketing_authorisation_holder" }, { "Form", "d34_pharmaceutical_form" }, { 0 } };

static const yq_field euctr[] = {
    { YQ_FIELD_TITLE, "", "a3_full_title_of_the_trial|a31_title_of_the_trial_for_lay_people_in_easily_understood_ie_nontechnical_language", NULL },
    { YQ_FIELD_DATE, "", "#x6_date_on_which_this_record_was_first_entered_in_the_eudract_database", NULL },
    { YQ_FIELD_LINE, "In plain words", "a31_title_of_the_trial_for_lay_people_in_easily_understood_ie_nontechnical_language", NULL },
    { YQ_FIELD_LINE, "Trial number", "a2_eudract_number", NULL },
    { YQ_FIELD_LINE, "Other numbers", "a41_sponsors_protocol_code_number+a51_isrctn_international_standard_randomised_controlled_trial_number+a52_us_nct_clinicaltrialsgov_registry_number", NULL },
    { YQ_FIELD_LINE, "Member state", "a1_member_state_concerned", NULL },
    { YQ_FIELD_LINE, "Status", "p_end_of_trial_status|x5_trial_status", NULL },
    { YQ_FIELD_LINE, "Decision of the competent authority", "n_competent_authority_decision", NULL },
    { YQ_FIELD_LINE, "Date of the decision", "#n_date_of_competent_authority_decision", NULL },
    { YQ_FIELD_LINE, "Condition", "e11_medical_conditions_being_investigated", NULL },
    { YQ_FIELD_LINE, "Therapeutic area", "e112_therapeutic_area", NULL },
    { YQ_FIELD_LINE, "Subjects in the member state", "f41_in_the_member_state", NULL },
    { YQ_FIELD_LINE, "Phase 1", "e71_human_pharmacology_phase_i", NULL },
    { YQ_FIELD_LINE, "Phase 2", "e72_therapeutic_exploratory_phase_ii", NULL },
    { YQ_FIELD_LINE, "Phase 3", "e73_therapeutic_confirmatory_phase_iii", NULL },
    { YQ_FIELD_LINE, "Phase 4", "e74_therapeutic_use_phase_iv", NULL },
    { YQ_FIELD_TABLE, "Sponsors", "b1_sponsor", euctr_sponsors },
    { YQ_FIELD_TABLE, "Products", "dimp", euctr_products },
    { YQ_FIELD_TEXT, "Objective", "e21_main_objective_of_the_trial", NULL },
    { YQ_FIELD_TEXT, "Primary end points", "e51_primary_end_points", NULL },
    { YQ_FIELD_TEXT, "Inclusion criteria", "e3_principal_inclusion_criteria", NULL },
    { YQ_FIELD_TEXT, "Exclusion criteria", "e4_principal_exclusion_criteria", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- EU Clinical Trials Information System (CTIS) */

#define PART1 "authorizedApplication/authorizedPartI/"
#define DETAILS PART1 "trialDetails/"

static const yq_field_column ctis_sponsors[] = { { "Organization", "organisation/name" }, { "Kind", "organisation/type" }, { "City", "addresses/address/city" },
                                                 { "Country", "addresses/address/countryName" }, { "Contact", "scientificContacts/functionalName|publicContacts/functionalName" },
                                                 { "Third parties", "thirdParties/organisationAddress/organisation/name" }, { 0 } };
static const yq_field_column ctis_products[] = { { "Product", "productName|productDictionaryInfo/prodName" }, { "Active substance", "productDictionaryInfo/activeSubstanceName" },
                                                 { "Organization", "productDictionaryInfo/nameOrg" }, { 0 } };
static const yq_field_column ctis_sites[] = { { "Institution", "organisationAddressInfo/organisation/name" }, { "Department", "departmentName" },
                                              { "Investigator's name", "personInfo/firstName+personInfo/lastName" }, { "City", "organisationAddressInfo/address/city" },
                                              { "Country", "organisationAddressInfo/address/countryName" }, { 0 } };

static const yq_field ctis[] = {
    { YQ_FIELD_TITLE, "", DETAILS "clinicalTrialIdentifiers/fullTitle|" DETAILS "clinicalTrialIdentifiers/publicTitle", NULL },
    { YQ_FIELD_DATE, "", "#publishDate|" PART1 "conclusionDate", NULL },
    { YQ_FIELD_LINE, "In plain words", DETAILS "clinicalTrialIdentifiers/publicTitle", NULL },
    { YQ_FIELD_LINE, "Trial number", "ctNumber", NULL },
    { YQ_FIELD_LINE, "Other numbers",
      DETAILS "clinicalTrialIdentifiers/shortTitle+" DETAILS "clinicalTrialIdentifiers/secondaryIdentifyingNumbers/nctNumber/number+authorizedApplication/eudraCt/eudraCtCode", NULL },
    { YQ_FIELD_LINE, "Sponsor", PART1 "sponsors/organisation/name", NULL },
    { YQ_FIELD_LINE, "Phase", "trialPhase", NULL },
    { YQ_FIELD_LINE, "Countries", "authorizedApplication/memberStatesConcerned/mscName", NULL },
    { YQ_FIELD_LINE, "Decisions", "decisionDate", NULL },
    { YQ_FIELD_LINE, "Start in the EU", "startDateEU", NULL },
    { YQ_FIELD_LINE, "Estimated end", "#" DETAILS "trialInformation/trialDuration/estimatedEndDate", NULL },
    { YQ_FIELD_LINE, "Enrollment", "totalNumberEnrolled", NULL },
    { YQ_FIELD_LINE, "Conditions", DETAILS "trialInformation/medicalCondition/partIMedicalConditions/medicalCondition", NULL },
    { YQ_FIELD_LINE, "Therapeutic areas", PART1 "therapeuticAreas/name", NULL },
    { YQ_FIELD_TABLE, "Sponsors", PART1 "sponsors", ctis_sponsors },
    { YQ_FIELD_TABLE, "Products", PART1 "products", ctis_products },
    { YQ_FIELD_TEXT, "Objective", DETAILS "trialInformation/trialObjective/mainObjective", NULL },
    { YQ_FIELD_TEXT, "Primary end points", DETAILS "trialInformation/endPoint/primaryEndPoints/endPoint", NULL },
    { YQ_FIELD_TEXT, "Inclusion criteria", DETAILS "trialInformation/eligibilityCriteria/principalInclusionCriteria/principalInclusionCriteria", NULL },
    { YQ_FIELD_TEXT, "Exclusion criteria", DETAILS "trialInformation/eligibilityCriteria/principalExclusionCriteria/principalExclusionCriteria", NULL },
    { YQ_FIELD_TABLE, "Sites", "authorizedApplication/authorizedPartsII/trialSites", ctis_sites },
    { 0 },
};

/* ---------------------------------------------------------------- ISRCTN (XML, and the same as JSON) */

static const yq_field_column isrctn_centres[] = { { "Institution", "name" }, { "City", "city" }, { "Country", "country" }, { 0 } };
static const yq_field_column isrctn_interventions[] = { { "Type", "interventionType" }, { "Phase", "phase" }, { "Drugs", "drugNames" }, { "Details", "description" }, { 0 } };
static const yq_field_column isrctn_contacts[] = { { "Name", "forename+surname" }, { "Position", "contactTypes/contactType" }, { "Address", "contactDetails/address" },
                                                   { "Country", "contactDetails/country" }, { "Email", "contactDetails/email" }, { 0 } };
static const yq_field_column isrctn_bodies[] = { { "Organization", "organisation|name" }, { "Country", "contactDetails/country" }, { 0 } };

static const yq_field isrctn[] = {
    { YQ_FIELD_TITLE, "", "trialDescription/title|trialDescription/scientificTitle", NULL },
    { YQ_FIELD_DATE, "", "#@lastUpdated|participants/recruitmentStart", NULL },
    { YQ_FIELD_LINE, "Scientific title", "trialDescription/scientificTitle", NULL },
    { YQ_FIELD_LINE, "Acronym", "trialDescription/acronym", NULL },
    { YQ_FIELD_LINE, "Trial number", "isrctn", NULL },
    { YQ_FIELD_LINE, "Other numbers", "externalRefs/doi+externalRefs/clinicalTrialsGovNumber+externalRefs/eudraCTNumber+externalRefs/protocolSerialNumber", NULL },
    { YQ_FIELD_LINE, "Design", "trialDesign/studyDesign", NULL },
    { YQ_FIELD_LINE, "Phase", "interventions/intervention/phase", NULL },
    { YQ_FIELD_LINE, "Conditions", "conditions/condition/description", NULL },
    { YQ_FIELD_LINE, "Enrollment", "participants/totalFinalEnrolment|participants/targetEnrolment", NULL },
    { YQ_FIELD_LINE, "Recruitment begins", "#participants/recruitmentStart", NULL },
    { YQ_FIELD_LINE, "Recruitment ends", "#participants/recruitmentEnd", NULL },
    { YQ_FIELD_LINE, "Ends", "#trialDesign/overallEndDate", NULL },
    { YQ_FIELD_LINE, "Countries", "participants/recruitmentCountries/country", NULL },
    { YQ_FIELD_TEXT, "Summary", "trialDescription/plainEnglishSummary", NULL },
    { YQ_FIELD_TEXT, "Hypothesis", "trialDescription/studyHypothesis", NULL },
    { YQ_FIELD_TABLE, "Centres", "participants/trialCentres/trialCentre", isrctn_centres },
    { YQ_FIELD_TABLE, "Contacts", "contact|../contact", isrctn_contacts },
    { YQ_FIELD_TABLE, "Sponsors", "sponsor|../sponsor", isrctn_bodies },
    { YQ_FIELD_TABLE, "Funders", "funder|../funder", isrctn_bodies },
    { YQ_FIELD_TABLE, "Interventions", "interventions/intervention", isrctn_interventions },
    { YQ_FIELD_TEXT, "Primary outcome", "trialDescription/primaryOutcome", NULL },
    { YQ_FIELD_TEXT, "Inclusion criteria", "participants/inclusion", NULL },
    { YQ_FIELD_TEXT, "Exclusion criteria", "participants/exclusion", NULL },
    { YQ_FIELD_TEXT, "Ethics approval", "trialDescription/ethicsApproval", NULL },
    { YQ_FIELD_TEXT, "Publications", "results/publicationDetails", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- PubMed (XML) */

#define ARTICLE "MedlineCitation/Article/"

static const yq_field_column pubmed_authors[] = { { "Name", "ForeName+LastName|Initials+LastName|CollectiveName" }, { "Affiliation", "AffiliationInfo/Affiliation|Affiliation" }, { 0 } };
static const yq_field_column pubmed_grants[] = { { "Grant", "GrantID" }, { "Organization", "Agency" }, { "Country", "Country" }, { 0 } };

static const yq_field pubmed[] = {
    { YQ_FIELD_TITLE, "", ARTICLE "ArticleTitle", NULL },
    { YQ_FIELD_DATE, "", "#" ARTICLE "ArticleDate/Year+" ARTICLE "ArticleDate/Month+" ARTICLE "ArticleDate/Day|" ARTICLE "Journal/JournalIssue/PubDate/Year+" ARTICLE
      "Journal/JournalIssue/PubDate/Month+" ARTICLE "Journal/JournalIssue/PubDate/Day", NULL },
    { YQ_FIELD_LINE, "Journal", ARTICLE "Journal/Title", NULL },
    { YQ_FIELD_LINE, "Published", "#" ARTICLE "Journal/JournalIssue/PubDate/Year+" ARTICLE "Journal/JournalIssue/PubDate/Month+" ARTICLE "Journal/JournalIssue/PubDate/Day|" ARTICLE
      "Journal/JournalIssue/PubDate/MedlineDate", NULL },
    { YQ_FIELD_LINE, "PMID", "MedlineCitation/PMID", NULL },
    { YQ_FIELD_LINE, "DOI", ARTICLE "ELocationID[@EIdType=doi]|PubmedData/ArticleIdList/ArticleId[@IdType=doi]", NULL },
    { YQ_FIELD_TABLE, "Authors", ARTICLE "AuthorList/Author", pubmed_authors },
    { YQ_FIELD_TEXT, "Abstract", ARTICLE "Abstract/AbstractText", NULL },
    { YQ_FIELD_LINE, "Keywords", "MedlineCitation/KeywordList/Keyword|MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName", NULL },
    { YQ_FIELD_LINE, "Registered as", ARTICLE "DataBankList/DataBank/AccessionNumberList/AccessionNumber", NULL },
    { YQ_FIELD_TABLE, "Grants", ARTICLE "GrantList/Grant", pubmed_grants },
    { 0 },
};

/* ---------------------------------------------------------------- PubMed Central: articles in JATS (XML) */

#define META "front/article-meta/"

static const yq_field_column jats_authors[] = { { "Name", "name/given-names+name/surname|name-alternatives/name/given-names+name-alternatives/name/surname|collab" },
                                                { "Affiliation", "xref[@ref-type=aff]/@rid^|aff" }, { "Position", "role" }, { "Email", "email|address/email" }, { 0 } };
static const yq_field_column jats_grants[] = { { "Organization", "funding-source" }, { "Grant", "award-id" }, { 0 } };

static const yq_field jats[] = {
    { YQ_FIELD_TITLE, "", META "title-group/article-title", NULL },
    { YQ_FIELD_DATE, "", "#" META "pub-date[@pub-type=epub]/year+" META "pub-date[@pub-type=epub]/month+" META "pub-date[@pub-type=epub]/day|" META "pub-date/year+" META "pub-date/month+" META
      "pub-date/day", NULL },
    { YQ_FIELD_LINE, "Journal", "front/journal-meta/journal-title-group/journal-title|front/journal-meta/journal-title", NULL },
    { YQ_FIELD_LINE, "Publisher", "front/journal-meta/publisher/publisher-name", NULL },
    { YQ_FIELD_LINE, "Published", "#" META "pub-date[@pub-type=epub]/year+" META "pub-date[@pub-type=epub]/month+" META "pub-date[@pub-type=epub]/day", NULL },
    { YQ_FIELD_LINE, "DOI", META "article-id[@pub-id-type=doi]", NULL },
    { YQ_FIELD_LINE, "PMID", META "article-id[@pub-id-type=pmid]", NULL },
    { YQ_FIELD_TABLE, "Authors", META "contrib-group/contrib[@contrib-type=author]", jats_authors },
    { YQ_FIELD_TABLE, "Editors", META "contrib-group/contrib[@contrib-type=editor]", jats_authors },
    { YQ_FIELD_TEXT, "Affiliations", META "aff|" META "contrib-group/aff", NULL },
    { YQ_FIELD_PROSE, "Abstract", META "abstract", NULL },
    { YQ_FIELD_LINE, "Keywords", META "kwd-group/kwd", NULL },
    { YQ_FIELD_TABLE, "Grants", META "funding-group/award-group", jats_grants },
    { YQ_FIELD_TEXT, "Funding", META "funding-group/funding-statement", NULL },
    { YQ_FIELD_PROSE, "", "body", NULL },
    { YQ_FIELD_PROSE, "Acknowledgements", "back/ack", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- Crossref (JSON) */

static const yq_field_column crossref_people[] = { { "Name", "given+family|name" }, { "Affiliation", "affiliation/name" }, { "ORCID", "ORCID" }, { 0 } };
static const yq_field_column crossref_funders[] = { { "Organization", "name" }, { "Grant", "award" }, { 0 } };

static const yq_field crossref[] = {
    { YQ_FIELD_TITLE, "", "title", NULL },
    { YQ_FIELD_DATE, "", "#published/date-parts|issued/date-parts", NULL },
    { YQ_FIELD_LINE, "Journal", "container-title", NULL },
    { YQ_FIELD_LINE, "Publisher", "publisher", NULL },
    { YQ_FIELD_LINE, "Kind", "type", NULL },
    { YQ_FIELD_LINE, "Published", "#published/date-parts|issued/date-parts", NULL },
    { YQ_FIELD_LINE, "DOI", "DOI", NULL },
    { YQ_FIELD_TABLE, "Authors", "author", crossref_people },
    { YQ_FIELD_TABLE, "Editors", "editor", crossref_people },
    { YQ_FIELD_TABLE, "Funders", "funder", crossref_funders },
    { YQ_FIELD_TEXT, "Abstract", "abstract", NULL },
    { YQ_FIELD_LINE, "Subjects", "subject", NULL },
    { 0 },
};

static const yq_field crossref_funder[] = {
    { YQ_FIELD_TITLE, "", "name", NULL },
    { YQ_FIELD_LINE, "Also known as", "alt-names", NULL },
    { YQ_FIELD_LINE, "Country", "location", NULL },
    { YQ_FIELD_LINE, "Crossref number", "id", NULL },
    { 0 },
};

/* ---------------------------------------------------------------- all of them */

const yq_record_form yq_record_forms[] = {
    { "|studies|item|item/studies", { CT "identificationModule/nctId", CT "statusModule" }, ctgov },
    { "|item|clinical_study|search_results/clinical_study", { "id_info/nct_id", "brief_title|official_title" }, ctgov_classic },
    { "|item", { "a2_eudract_number", "a3_full_title_of_the_trial" }, euctr },
    { "|item", { "ctNumber", "authorizedApplication" }, ctis },
    { "|item|allTrials/fullTrial/trial|fullTrial/trial|trial", { "isrctn", "trialDescription" }, isrctn },
    { "PubmedArticleSet/PubmedArticle|PubmedArticle", { "MedlineCitation/PMID", "MedlineCitation/Article/ArticleTitle" }, pubmed },
    { "article|pmc-articleset/article|OAI-PMH/GetRecord/record/metadata/article", { META "title-group/article-title", "front/journal-meta" }, jats },
    { "message/items|message|item|", { "DOI", "publisher", "title" }, crossref },
    { "message/items|message", { "name", "alt-names", "work-count|uri" }, crossref_funder },
};
const size_t yq_record_forms_n = sizeof yq_record_forms / sizeof *yq_record_forms;
