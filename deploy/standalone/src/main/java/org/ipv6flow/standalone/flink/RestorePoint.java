package org.ipv6flow.standalone.flink;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the checkpoint or savepoint to go on from: the newest that was completed.
 *
 * <p>Kafka's offsets and the rows not yet known to be inserted are in it, so going on from any
 * other would count records twice or not at all.
 */
final class RestorePoint {

  private static final Logger LOG = LoggerFactory.getLogger(RestorePoint.class);
  private static final String METADATA = "_metadata";

  /** ROOT/JOB/chk-N/_metadata, or ROOT/savepoint-X/_metadata. */
  private static final int MAX_DEPTH = 3;

  private RestorePoint() {}

  /** The directory of the newest complete checkpoint below {@code root}. */
  static Optional<Path> newest(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    List<Path> candidates;
    try (Stream<Path> files = Files.walk(root, MAX_DEPTH)) {
      candidates =
          files
              .filter(file -> file.endsWith(METADATA))
              .sorted(Comparator.comparing(RestorePoint::modified).reversed())
              .toList();
    }
    return candidates.stream().filter(RestorePoint::isComplete).map(Path::getParent).findFirst();
  }

  /** A process killed while it wrote the metadata leaves half of it: nothing was committed then. */
  private static boolean isComplete(Path metadata) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
      Checkpoints.loadCheckpointMetadata(
          in, RestorePoint.class.getClassLoader(), metadata.toString());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is not complete ({}); looking for an older one", metadata, e.getMessage());
      return false;
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
