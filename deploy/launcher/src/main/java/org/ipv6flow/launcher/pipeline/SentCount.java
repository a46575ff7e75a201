package org.ipv6flow.launcher.pipeline;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how much the simulator has sent off what it says every second. */
final class SentCount {

  private static final Pattern LINE = Pattern.compile("(\\d+)/\\d+ s, ([\\d,]+) records.*");
  private static final int TAIL_BYTES = 4_096;

  private final Path errors;

  SentCount(Path errors) {
    this.errors = errors;
  }

  /** Flow records sent as last said; 0 before that. */
  long records() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(errors.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      long records = 0;
      for (String line : new String(tail, StandardCharsets.UTF_8).split("\n", -1)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          records = Long.parseLong(matcher.group(2).replace(",", ""));
        }
      }
      return records;
    }
  }
}
