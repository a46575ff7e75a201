package org.ipv6flow.console.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Entity tags (RFC 9110 section 8.8.3). */
public final class Tags {

  private static final int BYTES = 12;

  private Tags() {}

  /** Weak: compression makes other octets of the same answer. */
  public static String weak(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether If-None-Match names a tag. */
  public static boolean matches(String ifNoneMatch, String tag) {
    for (String named : ifNoneMatch.split(",", -1)) {
      String bare = named.strip();
      if (bare.equals("*") || bare.equals(tag) || ("W/" + bare).equals(tag)) {
        return true;
      }
      // Compression handlers mark the tag of what they compressed.
      if (bare.replace("--gzip\"", "\"").equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
