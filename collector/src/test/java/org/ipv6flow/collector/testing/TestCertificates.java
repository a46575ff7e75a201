package org.ipv6flow.collector.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, and PEM files of certificates that it signs. */
public final class TestCertificates {

  /** A certificate and its key, as files. */
  public record Issued(Path certificate, Path key) {}

  private final X500Name name;
  private final KeyPair keys;
  private final Path certificate;
  private final Path directory;
  private int serial = 1;

  public TestCertificates(Path directory, String name)
      throws GeneralSecurityException, IOException {
    this.directory = directory;
    this.name = new X500Name("CN=" + name);
    keys = newKeys();
    certificate =
        pem(directory.resolve(name + ".pem"), "CERTIFICATE", sign(this.name, keys, true, VALID));
  }

  /** The authority's own certificate. */
  public Path authority() {
    return certificate;
  }

  /** A certificate that is valid now. */
  public Issued issue(String subject) throws GeneralSecurityException, IOException {
    return issue(subject, VALID);
  }

  /** A certificate that was valid until yesterday. */
  public Issued issueExpired(String subject) throws GeneralSecurityException, IOException {
    return issue(subject, Duration.ofDays(-1));
  }

  private static final Duration VALID = Duration.ofDays(1);

  private Issued issue(String subject, Duration validity)
      throws GeneralSecurityException, IOException {
    KeyPair own = newKeys();
    byte[] signed = sign(new X500Name("CN=" + subject), own, false, validity);
    PrivateKey key = own.getPrivate();
    return new Issued(
        pem(directory.resolve(subject + ".pem"), "CERTIFICATE", signed),
        pem(directory.resolve(subject + ".key"), "PRIVATE KEY", key.getEncoded()));
  }

  private byte[] sign(X500Name subject, KeyPair own, boolean isAuthority, Duration validity)
      throws GeneralSecurityException, IOException {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serial++),
              Date.from(now.minus(Duration.ofDays(2))),
              Date.from(now.plus(validity)),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      X509Certificate signed =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
      return signed.getEncoded();
    } catch (OperatorCreationException | CertIOException | CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
    return Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
