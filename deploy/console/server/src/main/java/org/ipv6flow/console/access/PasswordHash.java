package org.ipv6flow.console.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: {@code pbkdf2-sha256$ROUNDS$SALT$HASH}, the last two in Base64 (PBKDF2,
 * RFC 8018 section 5.2).
 */
public final class PasswordHash {

  /** OWASP's number for PBKDF2 with HMAC-SHA-256. */
  private static final int ROUNDS = 600_000;

  private static final int MIN_ROUNDS = 100_000;
  private static final int MAX_ROUNDS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final Pattern FORM =
      Pattern.compile(
          "pbkdf2-sha256\\$([0-9]{1,8})\\$([A-Za-z0-9+/]{16,88}={0,2})\\$([A-Za-z0-9+/]{43}=)");

  private final int rounds;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int rounds, byte[] salt, byte[] hash) {
    this.rounds = rounds;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a new password. */
  public static PasswordHash of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(ROUNDS, salt, derive(password, salt, ROUNDS));
  }

  /** Reads one; throws {@link IllegalArgumentException} if it has another form. */
  public static PasswordHash parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "no password hash (expected: what 'ipv6flow console hash-password' prints)");
    }
    int rounds = Integer.parseInt(matcher.group(1));
    if (rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "a password hash of %d rounds (expected: %d to %d)"
              .formatted(rounds, MIN_ROUNDS, MAX_ROUNDS));
    }
    return new PasswordHash(
        rounds,
        Base64.getDecoder().decode(matcher.group(2)),
        Base64.getDecoder().decode(matcher.group(3)));
  }

  /** Whether it is this password; takes as long when it is not. */
  public boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, rounds));
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "pbkdf2-sha256$%d$%s$%s"
        .formatted(rounds, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  private static byte[] derive(char[] password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException(e);
    } finally {
      spec.clearPassword();
      Arrays.fill(password, '\0');
    }
  }
}
