/* Lucene on the records that bench-peers-yiqiao made: Lucene build|ask|build-exact|ask-exact FOLDER; turns are those of asking.h.
 *
 * Lucene keeps the length of a document in one byte, rounded to four bits that count. "exact" keeps it whole, which is how the lists are compared
 * record by record; what is timed is Lucene as it comes. */
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.MMapDirectory;

public final class Lucene {
    static final int TOP = 10;
    static final float K1 = 1.2f;
    static final float B = 0.75f;

    /* BM25 as Lucene defines it, with the length as it is. */
    static final class Exact extends Similarity {
        @Override public long computeNorm(FieldInvertState state) {
            return state.getLength();
        }

        @Override public SimScorer scorer(float boost, CollectionStatistics all, TermStatistics... terms) {
            double n = terms[0].docFreq();
            double idf = Math.log(1 + (all.docCount() - n + 0.5) / (n + 0.5));
            double mean = (double) all.sumTotalTermFreq() / all.docCount();
            return new SimScorer() {
                @Override public float score(float freq, long norm) {
                    return (float) (boost * idf * freq / (freq + K1 * (1 - B + B * norm / mean)));
                }
            };
        }
    }

    static void build(Path records, Path to, Similarity similarity) throws IOException {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.freeze();
        LogByteSizeMergePolicy inOrder = new LogByteSizeMergePolicy(); // so that documents keep the order of the records
        inOrder.setNoCFSRatio(0);
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setSimilarity(similarity);
        config.setMergePolicy(inOrder);
        config.setMergeScheduler(new SerialMergeScheduler()); // one thread, as the others
        config.setRAMBufferSizeMB(256);
        config.setUseCompoundFile(false);
        try (MMapDirectory directory = new MMapDirectory(to); IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader lines = Files.newBufferedReader(records, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new Field("text", line, type));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    static Query read(String line) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String term : line.trim().split(" ")) query.add(new TermQuery(new Term("text", term)), BooleanClause.Occur.SHOULD);
        return query.build();
    }

    /* Hits are not counted beyond the list, so that it may leave out what cannot enter. */
    static ScoreDoc[] search(IndexSearcher searcher, Query query) throws IOException {
        TopScoreDocCollector collector = TopScoreDocCollector.create(TOP, null, TOP);
        searcher.search(query, collector);
        return collector.topDocs().scoreDocs;
    }

    static void turn(IndexSearcher searcher, Path folder, String name, String terms, double limit) throws IOException {
        StringBuilder times = new StringBuilder();
        StringBuilder lists = new StringBuilder();
        long end = System.nanoTime() + (long) (limit * 1e9);
        for (String line : Files.readAllLines(folder.resolve("queries-" + terms), StandardCharsets.US_ASCII)) {
            if (System.nanoTime() >= end) break;
            Query query = read(line);
            long start = System.nanoTime();
            ScoreDoc[] hits = search(searcher, query);
            times.append((System.nanoTime() - start) / 1e3).append(' ');
            for (ScoreDoc hit : hits) lists.append(hit.doc).append(':').append(hit.score).append(' ');
            lists.append('\n');
        }
        Files.write(folder.resolve(name + "-" + terms + ".lists"), lists.toString().getBytes(StandardCharsets.US_ASCII));
        System.out.println(times);
    }

    static void serve(Path folder, String name, Similarity similarity) throws IOException {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (MMapDirectory directory = new MMapDirectory(folder.resolve(name)); DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(similarity);
            searcher.setQueryCache(null);
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                String[] words = line.split(" ");
                turn(searcher, folder, name, words[0], Double.parseDouble(words[1]));
            }
        }
    }

    public static void main(String[] words) throws IOException {
        Path folder = Paths.get(words[1]);
        boolean exact = words[0].endsWith("-exact");
        String name = exact ? "lucene-exact" : "lucene";
        Similarity similarity = exact ? new Exact() : new BM25Similarity(K1, B);
        if (words[0].startsWith("build")) build(folder.resolve("records"), folder.resolve(name), similarity);
        else serve(folder, name, similarity);
    }
}
