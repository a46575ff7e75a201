package org.ipv6flow.schema.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Checks a tree against a JSON Schema, and says what is wrong in the words of the file: the key,
 * the value that is there, what was expected.
 *
 * <p>A schema with a {@code pattern} or {@code oneOf} should have a {@code description}: it is what
 * the reader of a finding is told instead of a regular expression.
 */
final class SchemaFindings {

  /** Something wrong with the value, or with the key, at a JSON pointer. */
  record Finding(String pointer, String message) {}

  private static final int MAX_QUOTED_LENGTH = 80;

  private final JsonNode schema;
  private final JsonSchema validator;

  SchemaFindings(JsonNode schema) {
    this.schema = schema;
    validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                schema, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
  }

  List<Finding> check(JsonNode tree) {
    List<Finding> findings = new ArrayList<>();
    for (ValidationMessage message : validator.validate(tree)) {
      // Why each alternative fails says less than that none fits.
      if (!message.getEvaluationPath().toString().contains("Of/")) {
        findings.add(finding(message));
      }
    }
    return findings;
  }

  private Finding finding(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    String key = message.getProperty();
    return switch (message.getType()) {
      case "additionalProperties" ->
          new Finding(
              pointer + "/" + YamlTree.escape(key),
              "unknown key '%s' (expected: %s)".formatted(key, knownKeys(message)));
      case "required" ->
          new Finding(pointer, prefix(pointer) + "key '%s' is missing".formatted(key));
      default ->
          new Finding(
              pointer,
              "%s%s (expected: %s)"
                  .formatted(
                      prefix(pointer), actual(message.getInstanceNode()), expected(message)));
    };
  }

  private String expected(ValidationMessage message) {
    JsonNode rule = message.getSchemaNode();
    return switch (message.getType()) {
      case "type" -> types(rule);
      case "enum" -> "one of " + listed(rule, ", ", JsonNode::asText);
      case "pattern", "oneOf", "anyOf" ->
          enclosing(message).path("description").asText("text of the form " + rule.asText());
      case "minimum", "maximum" -> range(enclosing(message));
      case "exclusiveMinimum" -> "more than " + rule.asText();
      case "exclusiveMaximum" -> "less than " + rule.asText();
      case "minLength" -> count("at least", rule, "character");
      case "maxLength" -> count("at most", rule, "character");
      case "minItems" -> count("at least", rule, "entry");
      case "maxItems" -> count("at most", rule, "entry");
      default -> message.getType() + " " + rule;
    };
  }

  private static String range(JsonNode limits) {
    if (!limits.has("maximum")) {
      return "at least " + limits.get("minimum").asText();
    }
    if (!limits.has("minimum")) {
      return "at most " + limits.get("maximum").asText();
    }
    return limits.get("minimum").asText() + " to " + limits.get("maximum").asText();
  }

  private static String count(String bound, JsonNode limit, String what) {
    String plural = what.equals("entry") ? "entries" : what + "s";
    return "%s %d %s".formatted(bound, limit.asInt(), limit.asInt() == 1 ? what : plural);
  }

  private static String types(JsonNode rule) {
    return rule.isArray()
        ? listed(rule, " or ", type -> typeName(type.asText()))
        : typeName(rule.asText());
  }

  private static String typeName(String type) {
    return switch (type) {
      case "array" -> "a list";
      case "object" -> "keys with values";
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      default -> type;
    };
  }

  private static String listed(
      JsonNode values, String separator, Function<JsonNode, String> toText) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(toText.apply(value)));
    return String.join(separator, texts);
  }

  private static String actual(JsonNode value) {
    if (value.isNull()) {
      return "no value";
    }
    if (value.isArray()) {
      return value.isEmpty() ? "an empty list" : "a list";
    }
    if (value.isObject()) {
      return value.isEmpty() ? "{}" : "keys with values";
    }
    String text = value.asText();
    String cut =
        text.length() > MAX_QUOTED_LENGTH ? text.substring(0, MAX_QUOTED_LENGTH) + "…" : text;
    return value.isTextual() ? "'" + cut + "'" : cut;
  }

  private String knownKeys(ValidationMessage message) {
    return String.join(
        ", ", (Iterable<String>) () -> enclosing(message).path("properties").fieldNames());
  }

  /** The schema that the violated keyword stands in. */
  private JsonNode enclosing(ValidationMessage message) {
    String location = String.valueOf(message.getSchemaLocation().getFragment());
    return schema.at(location.substring(0, Math.max(0, location.lastIndexOf('/'))));
  }

  /** {@code /nodes/0/type} as {@code 'nodes[0].type': }. */
  private static String prefix(String pointer) {
    if (pointer.isEmpty()) {
      return "";
    }
    String path = pointer.replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.');
    return "'" + (path.startsWith(".") ? path.substring(1) : path) + "': ";
  }
}
