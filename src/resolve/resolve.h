/* resolve/resolve.h - which written names are one person, one organisation?
 *
 * What counts as the same: organisations that carry one name (see yq_name_key), or that one document names in two scripts or forms, or whose names
 * translate each other; whoever carries one identifier (identifier.h); persons of one name, in whatever spelling, who share an employer; persons of a rare name, one of whom is named without
 * work in a document that names the other's. Two identifiers of one kind are two.
 * Everything else stays apart or is put to a person: two people of one name at two institutions are
 * two, an abbreviation alone, a name in pinyin alone and a bare 中心医院 are evidence, not proof. A wrong merge costs more than a missed one. Pure: known
 * entities and new mentions in, decisions out; each decision says why in words and can be taken back.
 */
#ifndef YQ_RESOLVE_H
#define YQ_RESOLVE_H

#include "text/text.h"

enum { YQ_RESOLVE_VERSION = 1 };

typedef enum { YQ_PERSON, YQ_ORGANIZATION } yq_identity_kind;

/* One name in one document, with what the document says beside it. */
typedef struct {
    yq_identity_kind kind;
    yq_str name;              /* canonical in the document */
    const yq_str *forms;      /* other written forms there, and identifiers (identifier.h) */
    size_t form_count;
    const int64_t *orgs;      /* persons: entity ids of the organisations in their roles, already resolved */
    size_t org_count;
    const int64_t *around;    /* persons: entity ids of all organisations that the document names */
    size_t around_count;
    const yq_str *people;     /* organisations: names of the persons whose roles name it */
    size_t people_count;
    yq_str position, cohort;
} yq_mention;

typedef enum { YQ_SAME, YQ_UNDECIDED, YQ_DIFFERENT } yq_verdict;

enum { YQ_RESOLVE_ALSO = 4 };

typedef struct {
    yq_verdict verdict;
    int64_t entity;           /* the known entity (SAME, UNDECIDED); 0: none, make a new one */
    double probability;
    char reason[160];         /* evidence in words, without names: "name equal; works at the same organisation" */
    int64_t also[YQ_RESOLVE_ALSO]; /* SAME: known entities that this document shows to be the same as `entity` */
    size_t also_count;
} yq_decision;

/* A name that a known entity carries. */
typedef struct {
    int64_t entity;
    yq_str name;              /* as it was written */
    bool main;                /* the canonical name of its document, not another form beside it */
} yq_known_name;

/* What is known, asked through callbacks so that a register of any size lies behind it. */
typedef struct {
    void *self;
    /* Names of the kind with this key (yq_name_key); returns how many, at most cap. */
    size_t (*by_name)(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap);
    /* The same by yq_latin_key: names that may be translations of each other. */
    size_t (*by_latin)(void *self, yq_identity_kind kind, yq_str key, yq_known_name *out, size_t cap);
    /* Persons with this key whose roles name the organisation: of hundreds of one name, those who matter. */
    size_t (*by_name_at)(void *self, int64_t org, yq_str key, yq_known_name *out, size_t cap);
    /* Organisations that a person's accepted roles name. */
    size_t (*orgs_of)(void *self, int64_t person, int64_t *out, size_t cap);
    /* The main name of an organisation. */
    yq_str (*org_name)(void *self, int64_t org);
    /* Names of an entity, the main ones first. */
    size_t (*names_of)(void *self, int64_t entity, yq_known_name *out, size_t cap);
    /* Main names of the people whose roles name the organisation, those in Chinese characters or the others. */
    size_t (*people_of)(void *self, int64_t org, bool han, yq_known_name *out, size_t cap);
    /* A person decided: these two are different (or the same: 1, different: -1, nothing: 0). */
    int (*ruled)(void *self, int64_t a, int64_t b);
} yq_known;

yq_code yq_resolve(yq_arena *a, const yq_known *known, const yq_mention *mention, yq_decision *out, yq_err *err);

/* The form under which equal names meet. Organisations: yq_org_key. Persons: folded; Latin names with their words in alphabetical order, so
 * that Shen Yanzhou and Yanzhou Shen meet. */
yq_str yq_name_key(yq_arena *a, yq_identity_kind kind, yq_str name);

/* The form under which a Chinese name and its English translation or pinyin meet (latin.c); empty when the name says too little. */
yq_str yq_latin_key(yq_arena *a, yq_identity_kind kind, yq_str name);

/* How a name in Latin letters spells a Chinese name of a person (roman.c): in pinyin; as Taiwan does, Wade-Giles and pinyin mixed; as Hong Kong does;
 * by the sound of a foreign name; surname and all initials of the given name; surname and one of them. The surname may stand first or last,
 * an English name beside it. The greater, the surer. */
typedef enum { YQ_SPELT_NOT, YQ_SPELT_INITIAL, YQ_SPELT_INITIALS, YQ_SPELT_SOUND, YQ_SPELT_CANTONESE, YQ_SPELT_WADE, YQ_SPELT_PINYIN } yq_spelling;
yq_spelling yq_spells(yq_arena *a, yq_str han, yq_str latin);

/* An organisation's name without what does not tell it from another: 有限公司 endings and their English like, what stands in brackets, a
 * leading "the"; folded. 吉林大学附属第一医院, 吉林大学第一附属医院, 吉林大学第一医院 and 吉大一院 have one key; 大学医院 and 大学附属医院 have two. */
yq_str yq_org_key(yq_arena *a, yq_str name);

/* What the brackets hold, folded: 澜州 of 屿衡医疗科技（澜州）有限公司; empty when nothing, or only an abbreviation or translation. */
yq_str yq_org_qualifier(yq_arena *a, yq_str name);

/* Is `shorter` how a document may write `full` once it has named it: 省科学技术厅 for 云岭省科学技术厅, 工研院 for 工业技术研究院? Their ordinals agree. It
 * proves something only where nothing else in the document fits. */
bool yq_org_shortens(yq_arena *a, yq_str full, yq_str shorter);

/* Are these two names of one document, each specific, one organisation's: the same key and nothing against it in brackets, or a translation? */
bool yq_org_names_agree(yq_arena *a, yq_str x, yq_str y);

/* Few people carry it: not a surname and characters that everybody's children have. */
bool yq_person_is_rare(yq_arena *a, yq_str name);

/* Does the name itself tell which organisation is meant? Not 人民医院, 省科学技术厅, 联盟, "First Affiliated Hospital". */
bool yq_org_is_specific(yq_arena *a, yq_str name);

/* Societies, alliances, media: a body people belong to beside their work. */
bool yq_org_is_membership(yq_arena *a, yq_str name);

#endif
