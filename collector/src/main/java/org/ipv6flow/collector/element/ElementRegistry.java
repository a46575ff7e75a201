package org.ipv6flow.collector.element;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Information Elements registered at IANA, from the table beside this class. For names and
 * types in listings; decoding itself knows its elements by number.
 */
public final class ElementRegistry {

  private static final String RESOURCE = "information-elements.csv";
  private static final int COLUMNS = 5;
  private static final int MAX_ELEMENT_ID = 0x7FFF;
  private static final @Nullable InformationElement[] ELEMENTS = load();

  private ElementRegistry() {}

  /** The element of an ID; null if it is not registered. */
  public static @Nullable InformationElement element(int id) {
    return id >= 0 && id <= MAX_ELEMENT_ID ? ELEMENTS[id] : null;
  }

  private static @Nullable InformationElement[] load() {
    @Nullable InformationElement[] elements = new @Nullable InformationElement[MAX_ELEMENT_ID + 1];
    try (InputStream in = ElementRegistry.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + RESOURCE);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.readLine(); // Column names.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", COLUMNS);
        int id = Integer.parseInt(cells[0]);
        elements[id] =
            new InformationElement(id, cells[1], DataType.of(cells[2]), cells[3], cells[4]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return elements;
  }
}
