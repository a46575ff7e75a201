package org.ipv6flow.launcher.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the simulator sent, message by message: the truth. */
final class SentMessages {

  /** Contents of a message. */
  record Message(int protocolVersion, int records, long octetsScaled) {}

  private static final int COLUMNS = 6;

  private final Map<MessageKey, Message> messages = new HashMap<>();

  /** Reads {@code messages.csv}. */
  static SentMessages read(Path directory) throws IOException {
    SentMessages sent = new SentMessages();
    try (BufferedReader lines = Files.newBufferedReader(directory.resolve("messages.csv"))) {
      lines.readLine();
      String line;
      while ((line = lines.readLine()) != null) {
        String[] values = line.split(",", -1);
        if (values.length != COLUMNS) {
          throw new IOException("messages.csv: unexpected line: " + line);
        }
        MessageKey key =
            new MessageKey(values[0], Long.parseLong(values[2]), Long.parseLong(values[3]));
        Message message =
            new Message(
                Integer.parseInt(values[1]),
                Integer.parseInt(values[4]),
                Long.parseLong(values[5]));
        sent.add(key, message);
      }
    }
    return sent;
  }

  void add(MessageKey key, Message message) {
    if (messages.put(key, message) != null) {
      throw new IllegalArgumentException("%s was sent twice".formatted(key));
    }
  }

  Map<MessageKey, Message> messages() {
    return messages;
  }

  long records() {
    return messages.values().stream().mapToLong(Message::records).sum();
  }

  long octetsScaled() {
    return messages.values().stream().mapToLong(Message::octetsScaled).sum();
  }
}
