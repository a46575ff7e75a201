package org.ipv6flow.schema.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A YAML file that passed its JSON Schema, with the line of every value.
 *
 * <p>References {@code ${NAME}} and {@code ${NAME:default}} in values are replaced by environment
 * variables. Keys that the schema does not name are errors: a misspelt key must not be a silent
 * default.
 */
public final class YamlFile {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path file;
  private final JsonNode root;
  private final Map<String, Integer> lines;

  private YamlFile(Path file, JsonNode root, Map<String, Integer> lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  /**
   * Reads and checks a file.
   *
   * @param schemaResource absolute resource name of a JSON Schema, draft 2020-12
   * @throws InvalidConfigException with everything that is wrong with the file
   */
  public static YamlFile read(Path file, String schemaResource) throws InvalidConfigException {
    YamlTree tree = new YamlTree(new EnvironmentVariables(System::getenv));
    JsonNode root = tree.convert(YamlSource.compose(file));
    if (!tree.problems().isEmpty()) {
      throw new InvalidConfigException(
          tree.problems().stream()
              .sorted(Comparator.comparingInt(YamlTree.Problem::line))
              .map(problem -> "%s:%d: %s".formatted(file, problem.line(), problem.message()))
              .toList());
    }
    YamlFile yaml = new YamlFile(file, root, tree.lines());
    yaml.validate(schemaResource);
    return yaml;
  }

  public Path file() {
    return file;
  }

  public JsonNode root() {
    return root;
  }

  /** Maps the file, whose keys are in kebab-case, to a record. */
  public <T> T as(Class<T> type) throws InvalidConfigException {
    return as("", type);
  }

  /** Maps the value at a JSON pointer, such as {@code /collector}, to a record. */
  public <T> T as(String jsonPointer, Class<T> type) throws InvalidConfigException {
    try {
      return MAPPER.treeToValue(root.at(jsonPointer), type);
    } catch (JsonProcessingException e) {
      // A record's constructor refused a value that the schema let pass.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = cause.getMessage() == null ? e.getOriginalMessage() : cause.getMessage();
      throw error(jsonPointer, message.lines().findFirst().orElse("not readable"));
    }
  }

  /** Where a value stands, as {@code file:line}; the nearest parent's line if it is absent. */
  public String position(String jsonPointer) {
    return file + ":" + line(jsonPointer);
  }

  /** Line of a value, 1-based. */
  public int line(String jsonPointer) {
    String pointer = jsonPointer;
    while (!lines.containsKey(pointer) && pointer.contains("/")) {
      pointer = pointer.substring(0, pointer.lastIndexOf('/'));
    }
    return lines.getOrDefault(pointer, 1);
  }

  /** A finding at a value, to be thrown. */
  public InvalidConfigException error(String jsonPointer, String message) {
    return new InvalidConfigException(position(jsonPointer) + ": " + message);
  }

  private void validate(String schemaResource) throws InvalidConfigException {
    record Located(int line, String message) {}
    List<String> findings =
        new SchemaFindings(schema(schemaResource))
            .check(root).stream()
                .map(finding -> new Located(line(finding.pointer()), finding.message()))
                .sorted(Comparator.comparingInt(Located::line).thenComparing(Located::message))
                .map(finding -> "%s:%d: %s".formatted(file, finding.line(), finding.message()))
                .toList();
    if (!findings.isEmpty()) {
      throw new InvalidConfigException(findings);
    }
  }

  private static JsonNode schema(String resource) {
    try (InputStream in = YamlFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("unreadable resource " + resource, e);
    }
  }
}
