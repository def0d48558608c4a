/* Lucene on the records that bench-peers-yiqiao made: Lucene build|ask FOLDER, same lines of output. */
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

public final class Lucene {
    static final int TOP = 10;
    static final int WARMING = 3;
    static final int[] LENGTHS = {3, 10, 40};

    static void build(Path folder) throws IOException {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.freeze();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setMergeScheduler(new SerialMergeScheduler()); // one thread, as the others
        config.setRAMBufferSizeMB(256);
        config.setUseCompoundFile(false);
        long start = System.nanoTime();
        Path to = folder.resolve("lucene");
        try (MMapDirectory directory = new MMapDirectory(to); IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader records = Files.newBufferedReader(folder.resolve("records"), StandardCharsets.US_ASCII)) {
            for (String line = records.readLine(); line != null; line = records.readLine()) {
                Document document = new Document();
                document.add(new Field("text", line, type));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = 0;
        try (java.util.stream.Stream<Path> files = Files.list(to)) {
            for (Path file : (Iterable<Path>) files::iterator) bytes += Files.size(file);
        }
        System.out.printf("build %.2f %d%n", seconds, bytes);
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

    static void ask(Path folder) throws IOException {
        try (MMapDirectory directory = new MMapDirectory(folder.resolve("lucene")); DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity());
            searcher.setQueryCache(null);
            StringBuilder lists = new StringBuilder();
            for (int length : LENGTHS) {
                List<String> lines = Files.readAllLines(folder.resolve("queries-" + length), StandardCharsets.US_ASCII);
                for (int round = 0; round < WARMING; round++) for (String line : lines) search(searcher, read(line));
                long[] taken = new long[lines.size()];
                for (int i = 0; i < taken.length; i++) {
                    Query query = read(lines.get(i));
                    long start = System.nanoTime();
                    ScoreDoc[] hits = search(searcher, query);
                    taken[i] = (System.nanoTime() - start) / 1000;
                    lists.append(length);
                    for (ScoreDoc hit : hits) lists.append(' ').append(hit.doc);
                    lists.append('\n');
                }
                Arrays.sort(taken);
                System.out.printf("ask %d %d %d %d%n", length, taken.length, taken[taken.length / 2], taken[taken.length * 99 / 100]);
            }
            Files.write(folder.resolve("lucene.lists"), lists.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    public static void main(String[] words) throws IOException {
        Path folder = Paths.get(words[1]);
        if (words[0].equals("build")) build(folder);
        else ask(folder);
    }
}
