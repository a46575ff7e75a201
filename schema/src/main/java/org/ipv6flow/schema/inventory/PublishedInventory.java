package org.ipv6flow.schema.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An inventory as it travels through Kafka and stands in checkpoints: JSON in gzip, with when it
 * was published. Of two that take effect at the same time, the later published holds.
 *
 * @param format {@value #FORMAT}; fields are added without a new number, and skipped by readers
 *     that do not know them
 * @param publishedMillis epoch milliseconds; 0 for one that any published one replaces
 */
public record PublishedInventory(int format, long publishedMillis, Inventory inventory) {

  public static final int FORMAT = 1;

  /** Beyond it, something else came in gzip. */
  private static final int MAX_JSON_BYTES = 256 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(times())
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public PublishedInventory(long publishedMillis, Inventory inventory) {
    this(FORMAT, publishedMillis, inventory);
  }

  /** The key of its record. */
  public String key() {
    return inventory.effectiveFrom().toString();
  }

  public byte[] encode() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
      MAPPER.writeValue(out, this);
    } catch (IOException e) {
      throw new IllegalStateException("inventory " + inventory.version(), e);
    }
    return octets.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is anything else
   */
  public static PublishedInventory decode(byte[] octets) throws IOException {
    byte[] json;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      json = in.readNBytes(MAX_JSON_BYTES + 1);
    }
    if (json.length > MAX_JSON_BYTES) {
      throw new IOException("an inventory of more than %d octets".formatted(MAX_JSON_BYTES));
    }
    PublishedInventory published;
    try {
      published = MAPPER.readValue(json, PublishedInventory.class);
    } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
      throw new IOException("not an inventory: " + e.getMessage(), e);
    }
    if (published == null || published.format != FORMAT || published.inventory == null) {
      throw new IOException("not an inventory of format " + FORMAT);
    }
    return published;
  }

  private static SimpleModule times() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Instant.class, new ToText<>());
    module.addSerializer(LocalDate.class, new ToText<>());
    module.addDeserializer(Instant.class, new OfText<>(Instant::parse));
    module.addDeserializer(LocalDate.class, new OfText<>(LocalDate::parse));
    return module;
  }

  private static final class ToText<T> extends JsonSerializer<T> {

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class OfText<T> extends JsonDeserializer<T> {

    private final Function<String, T> parser;

    OfText(Function<String, T> parser) {
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return parser.apply(json.getText());
    }
  }
}
