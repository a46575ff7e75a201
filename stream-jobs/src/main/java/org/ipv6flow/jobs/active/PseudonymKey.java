package org.ipv6flow.jobs.active;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The secret under which prefixes become pseudonyms. While it stays the same, distinct prefixes of
 * hours add up to those of days and months.
 *
 * @param high the first half of the secret's SHA-256, cut to 128 bits
 * @param low the second
 */
public record PseudonymKey(long high, long low) implements Serializable {

  /** Fewer characters can be guessed. */
  public static final int MIN_LENGTH = 16;

  /**
   * Makes a key of a secret text.
   *
   * @throws IllegalArgumentException if it is too short
   */
  public static PseudonymKey of(String secret) {
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "a key of %d characters (expected: at least %d)".formatted(secret.length(), MIN_LENGTH));
    }
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
      return new PseudonymKey(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "PseudonymKey";
  }
}
