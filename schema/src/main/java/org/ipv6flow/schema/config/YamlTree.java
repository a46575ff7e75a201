package org.ipv6flow.schema.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Turns YAML nodes into a JSON tree and remembers at which line each value stands. */
final class YamlTree {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int MAX_DEPTH = 32;

  private static final class NestedTooDeeplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    NestedTooDeeplyException(int line) {
      this.line = line;
    }
  }

  private final EnvironmentVariables environment;
  private final Resolver resolver = new Resolver();
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int depth;

  YamlTree(EnvironmentVariables environment) {
    this.environment = environment;
  }

  /** Something wrong at a line, 1-based. */
  record Problem(int line, String message) {}

  /** Lines, 1-based, by JSON pointer. */
  Map<String, Integer> lines() {
    return lines;
  }

  List<Problem> problems() {
    return problems;
  }

  JsonNode convert(Node node) {
    try {
      return convert(node, "");
    } catch (NestedTooDeeplyException e) {
      problems.add(
          new Problem(
              e.line, "nested too deeply (expected: at most %d levels)".formatted(MAX_DEPTH)));
      return JSON.nullNode();
    }
  }

  /** A key as a part of a JSON pointer (RFC 6901 section 3). */
  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode convert(Node node, String pointer) {
    lines.putIfAbsent(pointer, line(node));
    if (depth > MAX_DEPTH) {
      // Such as an alias that stands inside its own anchor.
      throw new NestedTooDeeplyException(line(node));
    }
    depth++;
    try {
      return convertNested(node, pointer);
    } finally {
      depth--;
    }
  }

  private JsonNode convertNested(Node node, String pointer) {
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, pointer);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (Node element : sequence.getValue()) {
        array.add(convert(element, pointer + "/" + array.size()));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode mapping(MappingNode mapping, String pointer) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(line(tuple.getKeyNode()), "a key is not a plain word"));
        continue;
      }
      String name = key.getValue();
      if (object.has(name)) {
        problems.add(new Problem(line(key), "key '%s' stands twice".formatted(name)));
        continue;
      }
      String child = pointer + "/" + escape(name);
      lines.put(child, line(key));
      object.set(name, convert(tuple.getValueNode(), child));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar) {
    String value;
    try {
      value = environment.expand(scalar.getValue());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(line(scalar), String.valueOf(e.getMessage())));
      return JSON.nullNode();
    }
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return JSON.textNode(value);
    }
    Tag tag = resolver.resolve(NodeId.scalar, value, true);
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      // YAML 1.1 also takes yes and on for booleans; here they are words.
      if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
        return JSON.booleanNode(Boolean.parseBoolean(value));
      }
      return JSON.textNode(value);
    }
    if (tag.equals(Tag.INT) && value.matches("[-+]?[0-9][0-9_]*")) {
      return JSON.numberNode(new BigInteger(value.replace("_", "").replace("+", "")));
    }
    if (tag.equals(Tag.FLOAT) && value.matches("[-+]?[0-9_]*\\.?[0-9]+([eE][-+]?[0-9]{1,3})?")) {
      return JSON.numberNode(new BigDecimal(value.replace("_", "")));
    }
    return JSON.textNode(value);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
