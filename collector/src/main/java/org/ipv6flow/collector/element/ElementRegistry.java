package org.ipv6flow.collector.element;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Information Elements registered at IANA, as of 22 July 2026, and those of enterprises that
 * are publicly known, from the tables beside this class. For names and types in listings; decoding
 * itself knows its elements by number.
 *
 * <p>{@code enterprise-elements.csv} names the public source of each line.
 */
public final class ElementRegistry {

  private static final String IANA_RESOURCE = "information-elements.csv";
  private static final String ENTERPRISE_RESOURCE = "enterprise-elements.csv";

  private static final Map<Key, InformationElement> ELEMENTS = load();

  private ElementRegistry() {}

  private record Key(long enterpriseNumber, int id) {}

  /** The element that IANA registered under an ID; null if there is none. */
  public static @Nullable InformationElement element(int id) {
    return element(0, id);
  }

  /** The element of an enterprise; null if it is not known. */
  public static @Nullable InformationElement element(long enterpriseNumber, int id) {
    return ELEMENTS.get(new Key(enterpriseNumber, id));
  }

  /** All elements known, in no order. */
  public static Collection<InformationElement> elements() {
    return Collections.unmodifiableCollection(ELEMENTS.values());
  }

  private static Map<Key, InformationElement> load() {
    Map<Key, InformationElement> elements = new HashMap<>();
    forEachLine(IANA_RESOURCE, line -> add(elements, 0, line));
    forEachLine(
        ENTERPRISE_RESOURCE,
        line -> {
          int comma = line.indexOf(',');
          add(elements, Long.parseLong(line.substring(0, comma)), line.substring(comma + 1));
        });
    return elements;
  }

  /** Takes a line of ID, name, type, semantics, units; what follows them is for readers. */
  private static void add(
      Map<Key, InformationElement> elements, long enterpriseNumber, String line) {
    String[] cells = line.split(",", -1);
    int id = Integer.parseInt(cells[0]);
    elements.put(
        new Key(enterpriseNumber, id),
        new InformationElement(
            enterpriseNumber, id, cells[1], DataType.of(cells[2]), cells[3], cells[4]));
  }

  private static void forEachLine(String resource, Consumer<String> consumer) {
    try (InputStream in = ElementRegistry.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + resource);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.readLine(); // Column names.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        consumer.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
