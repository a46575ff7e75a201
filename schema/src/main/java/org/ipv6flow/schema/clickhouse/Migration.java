package org.ipv6flow.schema.clickhouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema, as it stands in its file. Never edited once released: a later step
 * changes what it made.
 *
 * @param checksum SHA-256 of the text before variables are replaced
 */
record Migration(int version, String description, String fileName, String text, String checksum) {

  private static final Pattern FILE_NAME = Pattern.compile("V(\\d{3})__([a-z0-9_]+)\\.sql");

  static Migration of(String fileName, String text) throws MigrationException {
    Matcher matcher = FILE_NAME.matcher(fileName);
    if (!matcher.matches()) {
      throw new MigrationException(
          "migration %s: not a migration's name (expected: V001__what_it_does.sql)"
              .formatted(fileName));
    }
    int version = Integer.parseInt(matcher.group(1));
    String description = matcher.group(2).replace('_', ' ');
    return new Migration(version, description, fileName, text, sha256(text));
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
