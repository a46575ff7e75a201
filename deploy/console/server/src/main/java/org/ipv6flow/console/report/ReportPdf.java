package org.ipv6flow.console.report;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a PDF of the report's XHTML; text in it can be searched and copied. */
final class ReportPdf {

  private ReportPdf() {}

  /**
   * @param font a TrueType font with all letters of the report; a subset of it is embedded
   */
  static byte[] write(String xhtml, Path font) throws IOException {
    System.setProperty("java.awt.headless", "true");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useSVGDrawer(new BatikSVGDrawer());
    builder.useFont(font.toFile(), "report");
    builder.withProducer("ipv6flow");
    builder.withHtmlContent(xhtml.replaceFirst("<!DOCTYPE html>\n", ""), null);
    builder.toStream(out);
    builder.run();
    return out.toByteArray();
  }
}
