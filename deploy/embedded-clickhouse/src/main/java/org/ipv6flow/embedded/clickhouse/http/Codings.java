package org.ipv6flow.embedded.clickhouse.http;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.ipv6flow.embedded.clickhouse.http.QueryRequest.Coding;

/** Puts the compression of a request's or answer's body around its octets. */
final class Codings {

  private Codings() {}

  static InputStream decoder(Coding coding, InputStream body) throws IOException {
    return switch (coding) {
      case IDENTITY -> body;
      case BLOCKS -> new CompressedBlockInputStream(body);
      case LZ4 -> new LZ4FrameInputStream(body);
      case ZSTD -> new ZstdInputStream(body);
      case GZIP -> new GZIPInputStream(body);
    };
  }

  static OutputStream encoder(Coding coding, OutputStream body) throws IOException {
    return switch (coding) {
      case IDENTITY -> body;
      case BLOCKS -> new CompressedBlockOutputStream(body);
      case LZ4 -> new LZ4FrameOutputStream(body, LZ4FrameOutputStream.BLOCKSIZE.SIZE_256KB);
      case ZSTD -> new ZstdOutputStream(body);
      case GZIP -> new GZIPOutputStream(body, 1 << 16);
    };
  }

  /** The value of the Content-Encoding header; empty if there is to be none. */
  static String contentEncoding(Coding coding) {
    return switch (coding) {
      case IDENTITY, BLOCKS -> "";
      case LZ4 -> "lz4";
      case ZSTD -> "zstd";
      case GZIP -> "gzip";
    };
  }
}
