package org.ipv6flow.schema.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads the text of a file into YAML nodes; whatever the file holds, a failure is one line. */
final class YamlSource {

  private static final int MAX_ALIASES = 50;
  private static final int MAX_CODE_POINTS = 64 << 20;

  private YamlSource() {}

  static Node compose(Path file) throws InvalidConfigException {
    String text = text(file);
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(MAX_CODE_POINTS);
    Node node;
    try {
      node = new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw notYaml(file, line, e.getProblem());
    } catch (ReaderException e) {
      throw notYaml(
          file,
          lineOfFirst(e.getCodePoint(), text),
          "character U+%04X is not allowed".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      throw notYaml(file, 1, String.valueOf(e.getMessage()));
    }
    if (node == null) {
      throw new InvalidConfigException(file + ":1: the file is empty");
    }
    return node;
  }

  private static String text(Path file) throws InvalidConfigException {
    if (Files.isDirectory(file)) {
      throw new InvalidConfigException(file + ": a directory (expected: a file)");
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidConfigException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new InvalidConfigException(file + ": not UTF-8 text");
    } catch (IOException e) {
      throw new InvalidConfigException(file + ": cannot be read (" + e.getMessage() + ")");
    }
  }

  private static InvalidConfigException notYaml(Path file, int line, String problem) {
    String firstLine = problem.lines().findFirst().orElse("");
    return new InvalidConfigException("%s:%d: not valid YAML: %s".formatted(file, line, firstLine));
  }

  private static int lineOfFirst(int codePoint, String text) {
    int end = Math.max(0, text.indexOf(codePoint));
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
