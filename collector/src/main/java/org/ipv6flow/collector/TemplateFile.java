package org.ipv6flow.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.collector.decode.DecoderState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps templates and sampling intervals over a restart.
 *
 * <p>A help and no more: a file that cannot be read or written is a line in the log, and the
 * exporters will send it all again.
 */
final class TemplateFile {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateFile.class);

  private final DecoderState state;
  private final @Nullable Path path;

  /**
   * @param path null to keep nothing
   */
  TemplateFile(DecoderState state, @Nullable Path path) {
    this.state = state;
    this.path = path;
  }

  void load() {
    if (path == null || !Files.exists(path)) {
      return;
    }
    try {
      int templates = state.load(path, System.currentTimeMillis());
      LOG.info("Knows {} templates from {}", templates, path);
    } catch (IOException e) {
      LOG.warn("Begins without the templates of an earlier run: {}", e.getMessage());
    }
  }

  /** Writes the file; not by two threads at a time. */
  void save() {
    if (path == null) {
      return;
    }
    try {
      state.save(path);
    } catch (IOException e) {
      LOG.warn("Cannot keep templates in {}: {}", path, e.toString());
    }
  }
}
