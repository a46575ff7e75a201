package org.ipv6flow.launcher.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipv6flow.collector.decode.CaptureDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipv6flow decode}. */
@Command(
    name = "decode",
    description = "Decodes export packets in capture files, with the collector's decoder.",
    mixinStandardHelpOptions = true)
public final class DecodeCommand implements Callable<Integer> {

  private enum Format {
    json,
    summary
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE.pcap",
      description = "pcap or pcapng files, or IPFIX files")
  private List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "json: an object per flow record; summary: an object per file (default:"
              + " ${DEFAULT-VALUE})",
      defaultValue = "summary")
  private Format format = Format.summary;

  @Option(
      names = "--hold-unknown",
      description = "hold data whose template is unknown until it comes")
  private boolean holdUnknown;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ObjectMapper mapper = new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    CaptureDecoder decoder =
        holdUnknown ? CaptureDecoder.holdingUnknown() : CaptureDecoder.inOrder();
    int status = ExitCode.OK;
    for (Path file : files) {
      try {
        if (format == Format.summary) {
          out.println(mapper.writeValueAsString(decoder.summarize(file)));
        } else {
          decoder.list(file, flowRecord -> out.println(mapper.writeValueAsString(flowRecord)));
        }
      } catch (IOException e) {
        out.flush();
        err.printf("%s: %s%n", spec.qualifiedName(), message(file, e));
        err.flush();
        status = ExitCode.SOFTWARE;
      }
      out.flush();
    }
    return status;
  }

  private static String message(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return file + ": no such file";
    }
    if (Files.isDirectory(file)) {
      return file + ": is a directory";
    }
    String message = String.valueOf(failure.getMessage());
    return message.contains(file.toString()) ? message : file + ": " + message;
  }
}
