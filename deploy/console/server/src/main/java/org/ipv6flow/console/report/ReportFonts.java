package org.ipv6flow.console.report;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds a font for the PDF that has Chinese and Latin letters. It must be a TrueType font with
 * outlines of quadratic curves (table {@code glyf}): others, as Noto Sans CJK, cannot be embedded.
 */
public final class ReportFonts {

  /** Fonts with both scripts, the best first; a part of the file's name, in small letters. */
  private static final List<String> KNOWN =
      List.of(
          "wqy-microhei",
          "wqy-zenhei",
          "msyh.",
          "simhei",
          "lxgwwenkai",
          "alibabapuhuiti",
          "harmonyos_sans_sc",
          "sarasa");

  private static final List<Path> DIRECTORIES =
      List.of(
          Path.of("/usr/share/fonts"),
          Path.of("/usr/local/share/fonts"),
          Path.of(System.getProperty("user.home", "/"), ".fonts"),
          Path.of(System.getProperty("user.home", "/"), ".local/share/fonts"),
          Path.of("C:/Windows/Fonts"));

  private static final int COLLECTION = 0x74746366;
  private static final int MAX_TABLES = 64;

  private ReportFonts() {}

  /**
   * Finds a font.
   *
   * @param configured a font file that was asked for; null to look for one
   * @throws IOException if the one that was asked for cannot be used
   */
  public static Optional<Path> find(@Nullable Path configured) throws IOException {
    if (configured != null) {
      if (!Files.isReadable(configured)) {
        throw new IOException(configured + ": cannot be read (expected: a TrueType font)");
      }
      if (!hasGlyphs(configured)) {
        throw new IOException(
            configured
                + ": has no table glyf (expected: a TrueType font, not an OpenType font with CFF"
                + " outlines such as Noto Sans CJK)");
      }
      return Optional.of(configured);
    }
    List<Path> found = new ArrayList<>();
    for (Path directory : DIRECTORIES) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          files
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tt[fc]"))
              .sorted()
              .forEach(found::add);
        }
      }
    }
    for (String name : KNOWN) {
      for (Path file : found) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).contains(name)
            && hasGlyphs(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** What to do where {@link #find} finds none. */
  public static String advice() {
    return "no TrueType font with Chinese letters was found"
        + " (install fonts-wqy-microhei, or name one with --font)";
  }

  private static boolean hasGlyphs(Path file) throws IOException {
    try (RandomAccessFile font = new RandomAccessFile(file.toFile(), "r")) {
      if (font.length() < 16) {
        return false;
      }
      long start = 0;
      if (font.readInt() == COLLECTION) {
        font.seek(12);
        start = Integer.toUnsignedLong(font.readInt());
      }
      font.seek(start + 4);
      int tables = Math.min(font.readUnsignedShort(), MAX_TABLES);
      font.seek(start + 12);
      byte[] tag = new byte[4];
      for (int i = 0; i < tables; i++) {
        font.readFully(tag);
        if (new String(tag, StandardCharsets.US_ASCII).equals("glyf")) {
          return true;
        }
        font.skipBytes(12);
      }
      return false;
    }
  }
}
