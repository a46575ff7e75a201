package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.report.ReportFormat;
import org.ipv6flow.console.report.ReportService;
import org.ipv6flow.console.report.ReportWriter;

/** Monthly reports: what there is, making one, its files. */
final class ReportEndpoints implements EndpointGroup {

  private final ReportService reports;

  ReportEndpoints(ReportService reports) {
    this.reports = reports;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listReports", "/reports", this::list),
        new Endpoint("createReport", "POST", "/reports", this::create),
        Endpoint.get("getReport", "/reports/{month}", this::get),
        Endpoint.get("getReportFile", "/reports/{month}/{file}", this::file));
  }

  private Answer list(Call call) throws Problem {
    call.parameters().requireAllRead();
    try {
      return Answers.json(reports.list());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Answer create(Call call) throws Problem {
    JsonNode body = call.body();
    YearMonth month = month("month", body.path("month").asText());
    Set<ReportFormat> formats = EnumSet.noneOf(ReportFormat.class);
    for (JsonNode format : body.path("formats")) {
      formats.add(
          ReportFormat.of(format.asText())
              .orElseThrow(
                  () ->
                      Problem.of(
                          Problem.Kind.BAD_BODY,
                          "formats: '%s' is none (expected: html, pdf, xlsx, csv, json)"
                              .formatted(format.asText()))));
    }
    List<String> languages = new ArrayList<>();
    for (JsonNode language : body.path("languages")) {
      if (!ReportWriter.LANGUAGES.contains(language.asText())) {
        throw Problem.of(
            Problem.Kind.BAD_BODY,
            "languages: '%s' is none (expected: zh-CN, en)".formatted(language.asText()));
      }
      languages.add(language.asText());
    }
    try {
      return Answers.json(
              reports.create(
                  month,
                  formats.isEmpty() ? EnumSet.allOf(ReportFormat.class) : formats,
                  languages.isEmpty() ? ReportWriter.LANGUAGES : languages,
                  body.path("reason").asText("")))
          .withStatus(202);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Answer get(Call call) throws Problem {
    call.parameters().requireAllRead();
    YearMonth month = month("month", call.pathValue("month"));
    try {
      ObjectNode report = reports.report(month);
      if (report.path("issues").isEmpty()) {
        throw none(month);
      }
      return Answers.json(report);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Answer file(Call call) throws Problem {
    call.parameters().requireAllRead();
    YearMonth month = month("month", call.pathValue("month"));
    String name = call.pathValue("file");
    try {
      Path file = reports.file(month, name).orElseThrow(() -> none(month));
      return Answer.of(ReportService.mediaType(name), Files.readAllBytes(file))
          .withHeader("Content-Disposition", "inline; filename=\"" + name + "\"");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static YearMonth month(String parameter, String text) throws Problem {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Problem.parameter(parameter, "'%s' is no month (expected: as 2026-10)".formatted(text));
    }
  }

  private static Problem none(YearMonth month) {
    return Problem.of(
        Problem.Kind.NOT_FOUND,
        "there is no such report of %s (see: /api/v1/reports)".formatted(month));
  }

  private static Problem unreadable(IOException e) {
    return Problem.of(
        Problem.Kind.INTERNAL, "the reports' directory cannot be used: " + e.getMessage());
  }
}
