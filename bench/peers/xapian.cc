// Xapian on the records that bench-peers-yiqiao made: xapian build|ask FOLDER.
//
// Terms with their frequencies and no places; compacted into one table; BM25 with the same k1 and b as the others (k2 and k3 have no part).
#include "asking.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
#include <xapian.h>

namespace {

struct engine {
    Xapian::Database db;
    Xapian::Query query;
};

void build(const std::string &folder)
{
    {
        Xapian::WritableDatabase db(folder + "/xapian.parts", Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS);
        std::ifstream records(folder + "/records");
        for (std::string line; std::getline(records, line);) {
            Xapian::Document document;
            std::istringstream words(line);
            for (std::string word; words >> word;) document.add_term(word);
            db.add_document(document);
        }
        db.commit();
        db.compact(folder + "/xapian", Xapian::Compactor::FULLER);
    }
    if (std::system(("rm -r '" + folder + "/xapian.parts'").c_str()) != 0) std::cerr << "cannot remove the parts\n";
}

void prepare(void *arg, char *const *terms, size_t n)
{
    static_cast<engine *>(arg)->query = Xapian::Query(Xapian::Query::OP_OR, terms, terms + n);
}

size_t ask(void *arg, peer_hit *hits)
{
    engine &e = *static_cast<engine *>(arg);
    Xapian::Enquire enquire(e.db);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 0, 0.75, 0));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    enquire.set_query(e.query);
    Xapian::MSet found = enquire.get_mset(0, TOP);
    size_t n = 0;
    for (Xapian::MSetIterator i = found.begin(); i != found.end(); ++i) hits[n++] = peer_hit{static_cast<long long>(*i) - 1, i.get_weight()};
    return n;
}

} // namespace

int main(int argc, char **argv)
try {
    static const peer p = {"xapian", prepare, ask};
    if (argc == 3 && !std::strcmp(argv[1], "build")) return build(argv[2]), 0;
    if (argc != 3 || std::strcmp(argv[1], "ask")) return std::cerr << "usage: build FOLDER | ask FOLDER\n", 2;
    engine e = {Xapian::Database(std::string(argv[2]) + "/xapian"), {}};
    return peer_serve(&p, &e, argv[2]);
} catch (const Xapian::Error &e) {
    return std::cerr << "xapian: " << e.get_description() << '\n', 1;
}
