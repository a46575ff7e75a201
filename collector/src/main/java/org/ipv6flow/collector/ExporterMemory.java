package org.ipv6flow.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.session.SequenceFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps templates, sampling intervals and sequence numbers over a restart.
 *
 * <p>A help and no more: a file that cannot be read or written is a line in the log, and the
 * exporters will send it all again.
 */
final class ExporterMemory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExporterMemory.class);

  /** The sequence numbers' file is named like the templates', with this behind it. */
  private static final String SEQUENCES_SUFFIX = ".sequences";

  /** Even when nothing changes, the times of refresh do. */
  private static final long MAX_AGE_NANOS = 60_000_000_000L;

  private final DecoderState state;
  private final @Nullable Path path;
  private @Nullable SequenceFile sequences;
  private long savedChanges;
  private long savedNanos = System.nanoTime();

  /**
   * @param path of the templates' file; null to keep nothing
   */
  ExporterMemory(DecoderState state, @Nullable Path path) {
    this.state = state;
    this.path = path;
  }

  void load() {
    if (path == null) {
      return;
    }
    if (Files.exists(path)) {
      try {
        int templates = state.load(path, System.currentTimeMillis());
        LOG.info("Knows {} templates from {}", templates, path);
      } catch (IOException e) {
        LOG.warn("Begins without the templates of an earlier run: {}", e.getMessage());
      }
    }
    savedChanges = state.changes();
    loadSequences(path.resolveSibling(path.getFileName() + SEQUENCES_SUFFIX));
  }

  private void loadSequences(Path file) {
    try {
      SequenceFile opened = SequenceFile.open(file);
      sequences = opened;
      if (!opened.isTrusted()) {
        LOG.info("Begins to follow sequence numbers anew: {} is new, or of before a crash", file);
      }
      int restored = state.keepSequences(opened, System.currentTimeMillis());
      LOG.info("Goes on with {} sequences from {}", restored, file);
    } catch (IOException e) {
      LOG.warn("What is lost while the collector is down will not be known: {}", e.getMessage());
    }
  }

  /**
   * Writes the templates' file if that is due: soon after a change, for the process may be killed,
   * and once in a while. Not by two threads at a time; to be called about once a second.
   */
  void saveIfDue() {
    if (state.changes() != savedChanges || System.nanoTime() - savedNanos > MAX_AGE_NANOS) {
      save();
    }
  }

  private void save() {
    if (path == null) {
      return;
    }
    long changes = state.changes();
    try {
      state.save(path);
      savedChanges = changes;
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot keep templates in {}: {}", path, e.toString());
    }
    savedNanos = System.nanoTime();
  }

  /** Writes everything for the last time. */
  @Override
  public void close() {
    save();
    if (sequences != null) {
      try {
        sequences.close();
      } catch (IOException e) {
        LOG.warn("Cannot keep sequence numbers: {}", e.toString());
      }
    }
  }
}
